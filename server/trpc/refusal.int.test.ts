import { expect, it } from "vitest";
import { closeDatabase } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { refusalOf } from "./refusal.ts";
import { createCaller } from "./root.ts";

await testDatabase();
const page = (slug: string) =>
  createCaller({ services, actor: null })
    .booking.page({ slug })
    .catch((error: unknown) => refusalOf(error, "gone"));

it("says of a booking page that it is not there, is none, or cannot be read now", async () => {
  expect(await page("nobody")).toContain("booking page");
  expect(await page("x".repeat(101))).toBe("gone");
  expect(refusalOf(new Error("relation bookings does not exist"), "gone")).toBe("This page cannot be shown now. Try again in a moment.");
  const url = env.DATABASE_URL;
  await closeDatabase();
  env.DATABASE_URL = "postgresql://nobody:x@127.0.0.1:9/none";
  expect(await page("ines")).toContain("database does not answer");
  await closeDatabase();
  env.DATABASE_URL = url;
});
