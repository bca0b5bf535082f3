import { expect, it, vi } from "vitest";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { acceptInvitation, claimInstance } from "./commands.ts";
import { hashPassword } from "./password.ts";
import { resetPassword } from "./reset-password.ts";

vi.mock("./password.ts", async (original) => {
  const real = await original<typeof import("./password.ts")>();
  return { ...real, hashPassword: vi.fn(real.hashPassword) };
});

await testDatabase();

/** Hashing takes 19 MB and tens of milliseconds, and anybody may call these, many times in one request. */
it("no password is hashed for who brings no link", async () => {
  const person = { token: "x".repeat(32), fullName: "Leo Faber", email: `leo-${newId()}@acme.example`, password: "correct horse battery" };
  for (const attempt of [resetPassword, claimInstance, acceptInvitation])
    await expect(attempt(person)).rejects.toMatchObject({ code: "INVALID_STATE" });
  expect(hashPassword).not.toHaveBeenCalled();
});
