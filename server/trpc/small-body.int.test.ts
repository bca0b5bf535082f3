import type { NextRequest } from "next/server";
import { describe, expect, it, vi } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { POST as signIn } from "../../app/api/auth/[...nextauth]/route.ts";
import { POST as begin } from "../../app/api/auth-intent/route.ts";

/** In the library's place: what it reads of a request. */
vi.mock("next-auth", () => ({
  default: () => async (request: NextRequest) =>
    Response.json([request.nextUrl.search, request.headers.get("cookie"), request.body && (await request.json())]),
}));
await testDatabase();

/** As a stranger sends it: without an end, and without saying how long it is. */
function endless(path: string) {
  const sent = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent.bytes += 10_000;
      controller.enqueue(Buffer.alloc(10_000, "x"));
      if (sent.bytes > 5_000_000) controller.close();
    },
  });
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const request = new Request(`http://localhost${path}`, { method: "POST", headers, body, duplex: "half" } as RequestInit);
  return { request, sent };
}

describe("before anybody is signed in, no more is read than signing in takes", () => {
  it.each([
    [
      "/api/auth/callback/credentials",
      (request: Request) => signIn(request, { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) }),
    ],
    ["/api/auth-intent", begin],
  ] as const)("%s", async (path, post) => {
    const { request, sent } = endless(path);
    expect((await post(request)).status).toBe(413);
    expect(sent.bytes).toBeLessThan(100_000);
  });
});

it("what is small arrives as it was sent", async () => {
  const post = async (body: string | null) => {
    const headers = { "content-type": "application/json", cookie: "a=b" };
    const request = new Request("http://localhost/api/auth/signout?x=1", { method: "POST", headers, body });
    return (await signIn(request, { params: Promise.resolve({ nextauth: ["signout"] }) })).json();
  };
  expect(await post('{"csrfToken":"c"}')).toEqual(["?x=1", "a=b", { csrfToken: "c" }]);
  expect(await post(null)).toEqual(["?x=1", "a=b", null]);
});
