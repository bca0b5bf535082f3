import { describe, expect, it } from "vitest";
import { openApiDocument } from "./openapi.ts";

describe("the OpenAPI document", () => {
  const document = openApiDocument("http://localhost:3000");

  it("is made from the procedures, 3.1, with keys as its only sign-in", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(30);
    expect(document.components?.securitySchemes).toMatchObject({ Authorization: { type: "http", scheme: "bearer" } });
  });

  it("describes an answer for every call", () => {
    const silent = Object.entries(document.paths ?? {}).flatMap(([path, calls]) =>
      Object.entries(calls ?? {}).flatMap(([method, call]) =>
        (call as { responses?: Record<string, unknown> }).responses?.["200"] ? [] : [`${method} ${path}`],
      ),
    );
    expect(silent).toEqual([]);
  });
});
