import type { NextApiRequest } from "next";
import { encode, getToken } from "next-auth/jwt";
import { afterAll, describe, expect, it } from "vitest";
import { env } from "#server/core/env.ts";
import { envAsBefore } from "#server/testing/env-as-before.ts";
import { authOptions, sessionCookie, sessionSecret } from "./options.ts";

afterAll(envAsBefore());
env.APP_SECRET = "a secret of at least thirty-two characters";

describe("the session's cookie", () => {
  it.each([undefined, "http://crm.acme.example", "https://crm.acme.example"])(
    "has the name that the library gives it at %s",
    async (address) => {
      env.APP_URL = address;
      const [secret, secureCookie] = [sessionSecret(), authOptions().useSecureCookies === true];
      const token = await encode({ secret, token: { userId: "ines", sessionVersion: 1 } });
      const request = { cookies: { [sessionCookie()]: token }, headers: {} } as NextApiRequest;
      expect(await getToken({ req: request, secret, secureCookie })).toMatchObject({ userId: "ines", sessionVersion: 1 });
    },
  );
});
