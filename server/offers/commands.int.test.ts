import { describe, expect, it } from "vitest";
import { testFirstTouch } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { archiveOffer, createOffer, makeDefaultOffer, restoreOffer, saveOffer } from "./commands.ts";
import { sampleOffers } from "./domain/sample-offers.ts";
import { getDefaultOffer, getOffer, listOffers } from "./queries.ts";
import { offerInput } from "./schema.ts";

await testDatabase();
const [ledger, collect] = sampleOffers.map((offer) => offerInput.parse(offer));
if (!ledger || !collect) throw new Error("two sample offers are expected");

describe("offers", () => {
  it("keeps every version, and shows the last", async () => {
    const workspace = await testWorkspace();
    const actor = { userId: workspace.userId };
    const id = await workspace.run((tx) => createOffer(tx, actor, ledger));
    const before = await workspace.run((tx) => getOffer(tx, id));
    expect(before).toMatchObject({ version: 1, isDefault: true, missing: [], savedBy: "Ines Prado" });
    await workspace.run((tx) => saveOffer(tx, actor, { ...ledger, id, version: 1, claims: ledger.claims.slice(0, 1) }));
    expect(await workspace.run((tx) => getOffer(tx, id))).toMatchObject({ version: 2, claims: { length: 1 } });
    expect(await workspace.run((tx) => tx.claim.count({ where: { offerVersionId: before.versionId } }))).toBe(ledger.claims.length);
  });

  it("lets two people not overwrite each other", async () => {
    const workspace = await testWorkspace();
    const actor = { userId: workspace.userId };
    const id = await workspace.run((tx) => createOffer(tx, actor, ledger));
    await workspace.run((tx) => saveOffer(tx, actor, { ...ledger, id, version: 1, ask: "A call" }));
    await expect(workspace.run((tx) => saveOffer(tx, actor, { ...ledger, id, version: 1 }))).rejects.toThrow(/Somebody else saved/);
  });

  it("has one default, hands it on, and comes back from the archive", async () => {
    const workspace = await testWorkspace();
    const actor = { userId: workspace.userId };
    const [first, second] = await workspace.run(
      async (tx) => [await createOffer(tx, actor, ledger), await createOffer(tx, actor, collect)] as const,
    );
    await workspace.run((tx) => makeDefaultOffer(tx, actor, { id: second }));
    expect((await workspace.run((tx) => listOffers(tx))).map((offer) => [offer.id, offer.isDefault])).toEqual([
      [second, true],
      [first, false],
    ]);
    await workspace.run((tx) => archiveOffer(tx, actor, { id: second }));
    expect((await workspace.run((tx) => getDefaultOffer(tx)))?.id).toBe(first);
    await workspace.run((tx) => restoreOffer(tx, actor, { id: second }));
    expect((await workspace.run((tx) => listOffers(tx))).map((offer) => [offer.id, offer.isDefault])).toEqual([
      [second, true],
      [first, false],
    ]);
    // What somebody chose meanwhile stays.
    await workspace.run((tx) => archiveOffer(tx, actor, { id: second }));
    await workspace.run((tx) => makeDefaultOffer(tx, actor, { id: first }));
    await workspace.run((tx) => restoreOffer(tx, actor, { id: second }));
    expect((await workspace.run((tx) => getDefaultOffer(tx)))?.id).toBe(first);
    const other = await testWorkspace();
    await expect(other.run((tx) => getOffer(tx, first))).rejects.toThrow(/no longer exists/);
  });

  it("is not archived under a campaign that runs", async () => {
    const workspace = await testWorkspace();
    const { id } = await testFirstTouch(workspace);
    const campaign = await workspace.run((tx) => tx.campaign.update({ where: { id }, data: { status: "running" } }));
    await expect(workspace.run((tx) => archiveOffer(tx, { userId: workspace.userId }, { id: campaign.offerId }))).rejects.toThrow(
      /1 campaign writes/,
    );
  });
});

describe("checkOffer through a saved offer", () => {
  it("names what is missing", async () => {
    const workspace = await testWorkspace();
    const bare = offerInput.parse({ name: "Bare", what: "A tool", audience: "", ask: "", claims: [{ text: "It works", evidence: "" }] });
    const id = await workspace.run((tx) => createOffer(tx, { userId: workspace.userId }, bare));
    expect((await workspace.run((tx) => getOffer(tx, id))).missing.map((part) => part.field)).toEqual(["audience", "ask", "evidence"]);
  });
});
