import { describe, expect, it } from "vitest";
import { GET } from "../../app/api/docs/route.ts";
import { openApiDocument } from "./openapi.ts";

/** The calls that the project promises to scripts, as far as their rooms exist; a place in a path may have any name. */
const PROMISED = `
GET /leads · POST /leads · GET /leads/{id} · PATCH /leads/{id} · DELETE /leads/{id} · POST /leads/imports · GET /leads/imports/{id}
GET /leads/imports/{id}/errors · GET /leads/{id}/score · GET /leads/{id}/facts · GET /leads/{id}/timeline · GET /leads/export
GET /scoring/profile · PUT /scoring/profile · POST /scoring/preview · POST /scoring/rescore
GET /campaigns · POST /campaigns · GET /campaigns/{id} · PATCH /campaigns/{id} · POST /campaigns/{id}/enrol · POST /campaigns/{id}/start
POST /campaigns/{id}/pause · POST /campaigns/{id}/resume · GET /campaigns/{id}/enrolments · GET /enrolments/{id}/next · GET /campaigns/{id}/stats
GET /messages · POST /drafts · POST /drafts/{id}/approve · POST /drafts/{id}/reject · GET /mailboxes · POST /mailboxes · POST /sending/pause
POST /sending/resume · POST /messages/{id}/settle · GET /suppressions · POST /suppressions · DELETE /suppressions/{id} · GET /suppressions/check
GET /replies · PATCH /replies/{id} · POST /replies/{id}/answer
GET /tasks · POST /tasks/{id}/done · GET /lists · POST /lists
GET /meetings · POST /meetings · GET /booking-pages/{slug}/slots · POST /meetings/{id}/reschedule · POST /meetings/{id}/cancel · POST /meetings/{id}/outcome
GET /pipelines · GET /deals · POST /deals · PATCH /deals/{id}
GET /analytics/funnel · GET /analytics/week · POST /sandbox/run`
  .split(/[·\n]/)
  .map((call) => call.trim())
  .filter(Boolean);

describe("the OpenAPI document", () => {
  const document = openApiDocument("http://localhost:3000");

  it("is made from the procedures, 3.1, with keys as its only sign-in", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(30);
    expect(document.components?.securitySchemes).toMatchObject({ Authorization: { type: "http", scheme: "bearer" } });
  });

  it("is generated once, and names the host that was asked", () => {
    const other = openApiDocument("https://leads.acme.example");
    expect(other.paths).toBe(document.paths);
    expect([document.servers, other.servers]).toEqual([
      [{ url: "http://localhost:3000/api/v1" }],
      [{ url: "https://leads.acme.example/api/v1" }],
    ]);
  });

  it("has every call that is promised", () => {
    const anyPlace = (path: string) => path.replace(/\{\w+\}/g, "{}");
    const present = new Set(
      Object.entries(document.paths).flatMap(([path, calls]) =>
        Object.keys(calls).map((method) => anyPlace(`${method.toUpperCase()} ${path}`)),
      ),
    );
    expect(PROMISED.filter((call) => !present.has(anyPlace(call)))).toEqual([]);
  });

  it("says what each call is for", () => {
    const unsaid = Object.entries(document.paths).flatMap(([path, calls]) =>
      Object.entries(calls).flatMap(([method, call]) => (call.summary && call.tags?.length ? [] : [`${method} ${path}`])),
    );
    expect(unsaid).toEqual([]);
  });

  it("describes an answer for every call", () => {
    const silent = Object.entries(document.paths ?? {}).flatMap(([path, calls]) =>
      Object.entries(calls ?? {}).flatMap(([method, call]) =>
        (call as { responses?: Record<string, unknown> }).responses?.[path === "/leads/imports" ? "202" : "200"]
          ? []
          : [`${method} ${path}`],
      ),
    );
    expect(silent).toEqual([]);
  });

  it("is rendered for people at /api/docs, every call of it", async () => {
    const page = await GET().text();
    for (const [path, calls] of Object.entries(document.paths))
      for (const method of Object.keys(calls)) expect(page).toContain(`<code>${method.toUpperCase()} ${path}</code>`);
    expect(page).not.toContain("<script");
  });
});
