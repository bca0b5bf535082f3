import { describe, expect, it } from "vitest";
import { isUniqueViolation, translateDatabaseError } from "./database-errors.ts";

const failed = (meta: object) => Object.assign(new Error("failed"), { code: "P2010", meta });

describe("what the database's failures mean", () => {
  it.each([
    { code: "23505" },
    { driverAdapterError: { cause: { originalCode: "23505", kind: "UniqueConstraintViolation" } } },
    { message: "Raw query failed. Code: `23505`. Message: duplicate key" },
  ])("finds the state where Prisma put it: %o", (meta) => {
    expect(isUniqueViolation(failed(meta))).toBe(true);
  });

  it("does not take a piece of an id for it", () => {
    const error = failed({ target: "a1235052-57014-4e7a-9b1c-f23505570140", reason: "no record 0190-57014-23505" });
    expect(isUniqueViolation(error)).toBe(false);
    expect(translateDatabaseError(error)).toBe(error);
  });
});
