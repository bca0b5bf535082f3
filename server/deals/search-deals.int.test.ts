import { expect, it } from "vitest";
import { listPeople } from "#server/campaigns/queries/list-people.ts";
import { listPeopleInput } from "#server/enrolments/schema.ts";
import { testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { createDeal } from "./commands/create-deal.ts";
import { getDealBoard, listDeals } from "./queries.ts";

await testDatabase();

it("finds deals, and people of a campaign, by words in any order", async () => {
  const workspace = await testWorkspace();
  const viewer = { userId: workspace.userId, role: "owner" as const };
  const { id } = await testFirstTouch(workspace);
  const person = { fullName: "Jörg Weiß", email: "j.weiss@mueller.example", company: "Müller GmbH" };
  const { leadIds } = await testPeople(workspace, id, [person, { fullName: "Ana Reis", email: "ana@oakum.example", company: "Oakum" }]);
  for (const leadId of leadIds) await workspace.run((tx) => createDeal(tx, viewer, { title: "Renewal 2027", leadId }));
  const deals = async (search: string) => {
    const list = await workspace.run((tx) => listDeals(tx, viewer, { search, state: "open", limit: 5 }));
    const board = await workspace.run((tx) => getDealBoard(tx, viewer, { search }));
    expect(board.columns.reduce((sum, column) => sum + column.count, 0)).toBe(list.items.length);
    return list.items.map((deal) => deal.leadName);
  };
  const people = async (search: string) =>
    (await workspace.run((tx) => listPeople(tx, listPeopleInput.parse({ id, search })))).items.map((one) => one.fullName);
  for (const search of ["weiß jörg", "Müller Jörg", "j.weiss@mueller.example", "weiss muller", "%"])
    expect([search, await people(search)]).toEqual([search, search === "%" ? [] : ["Jörg Weiß"]]);
  for (const search of ["müller renewal", "2027 weiß", "Renewal Jörg", "muller gmbh renewal"])
    expect([search, await deals(search)]).toEqual([search, ["Jörg Weiß"]]);
});
