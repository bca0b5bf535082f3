import { describe, expect, it } from "vitest";
import { AppError } from "#server/core/errors.ts";
import { isLostConnection } from "./lost-connection.ts";

describe("a lost connection", () => {
  it.each([
    new Error("Connection terminated unexpectedly"),
    Object.assign(new Error("This socket has been ended by the other party"), { code: "EPIPE" }),
    new Error("Error occurred whilst returning jobs from local queue to database queue: "),
    new Error("This batcher has been released, and so no more calls can be made."),
    new AggregateError([Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" })]),
    Object.assign(new Error("sorry, too many clients already"), { code: "53300" }),
    new Error("releasing failed", { cause: Object.assign(new Error(""), { code: "ECONNRESET" }) }),
    new AppError("DATABASE_UNAVAILABLE", "The database does not answer."),
  ])("is found in %o", (error) => {
    expect(isLostConnection(error)).toBe(true);
  });

  it("is no mistake of ours", () => {
    expect(isLostConnection(Object.assign(new Error("duplicate key"), { code: "23505" }))).toBe(false);
    expect(isLostConnection(new TypeError("x is not a function"))).toBe(false);
  });
});
