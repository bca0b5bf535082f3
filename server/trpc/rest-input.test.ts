import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readAs } from "./rest-input.ts";

const schema = z.object({
  limit: z.number().int().default(50),
  deleted: z.boolean().optional(),
  states: z.array(z.string()).optional(),
  since: z.date().nullish(),
  owner: z.union([z.literal("me"), z.uuid()]).optional(),
  steps: z.array(z.object({ at: z.date() })).optional(),
});

describe("a query", () => {
  it("is read in the types of the schema", () => {
    expect(readAs(schema, { limit: "5", deleted: "false", states: "free", since: "2026-03-05T10:00:00Z", owner: "me" }, "query")).toEqual({
      limit: 5,
      deleted: false,
      states: ["free"],
      since: new Date("2026-03-05T10:00:00Z"),
      owner: "me",
    });
  });

  it.each([
    { limit: "5x" },
    { limit: "" },
    { limit: ["1", "2"] },
    { deleted: "yes" },
    { since: "5" },
    { since: "2026-13-45" },
    { since: "now" },
    { owner: "you" },
  ])("leaves what does not fit to be refused: %j", (query) => {
    expect(schema.safeParse(readAs(schema, query, "query")).success).toBe(false);
  });
});

describe("a field that every object has", () => {
  it.each(["constructor", "toString", "__proto__"])("is no field of the schema: %s", (name) => {
    const given = Object.fromEntries([[name, { x: 1 }]]);
    expect(schema.safeParse(readAs(schema, given, "json")).success).toBe(true);
    expect(schema.safeParse(readAs(schema, { [name]: "1" }, "query")).success).toBe(true);
  });
});

describe("a JSON body", () => {
  it("has its instants as text, at any depth, and nothing else", () => {
    expect(readAs(schema, { steps: [{ at: "2026-03-05T10:00:00+01:00" }], since: null }, "json")).toEqual({
      steps: [{ at: new Date("2026-03-05T09:00:00Z") }],
      since: null,
    });
    expect(schema.safeParse(readAs(schema, { limit: "5" }, "json")).success).toBe(false);
    expect(schema.safeParse(readAs(schema, { deleted: "true" }, "json")).success).toBe(false);
  });
});
