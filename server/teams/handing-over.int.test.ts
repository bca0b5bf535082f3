import { expect, it } from "vitest";
import { createDefaultPipeline } from "#server/deals/commands/create-default-pipeline.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testKey } from "#server/testing/rest.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";
import { handleRest } from "#server/trpc/rest.ts";

await testDatabase();

it("somebody who sees only their own gives a person and a deal to a colleague, and then sees them no more", async () => {
  const acme = await testWorkspace();
  await acme.run((tx) => tx.workspace.update({ where: { id: acme.id }, data: { visibility: "own" } }));
  await acme.run(createDefaultPipeline);
  const leo = await testMember(acme, { fullName: "Leo Faber" });
  const key = await testKey(acme.id, leo, ["*"]);
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await handleRest(new Request(`http://localhost/api/v1${path}`, init));
    return { status: answer.status, body: (await answer.json()) as { id: string; ownerId: string } };
  };
  const toInes = { ownerId: acme.userId };
  const given = { status: 200, body: expect.objectContaining(toInes) };

  const lead = await testLead(acme, { ownerId: leo });
  const deal = await call("POST", "/deals", { title: "Norvale" });
  expect(await call("PATCH", `/deals/${deal.body.id}`, toInes)).toEqual(given);
  expect(await call("PATCH", `/leads/${lead.id}`, toInes)).toEqual(given);
  expect(await call("POST", "/leads", { fullName: "Eva Blom", ...toInes })).toEqual(given);
  expect(await call("POST", "/deals", { title: "Oakum", ...toInes })).toEqual(given);
  for (const path of [`/deals/${deal.body.id}`, `/leads/${lead.id}`]) expect((await call("GET", path)).status).toBe(404);
  expect(await acme.run((tx) => tx.deal.count({ where: toInes }))).toBe(2);
});
