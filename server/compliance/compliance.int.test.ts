import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { suppressionHash } from "#server/core/seal.ts";
import { runDue } from "#server/jobs/run-due.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { statusOf, type TestCampaign, testMailbox, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { addPasted } from "./commands/add-pasted.ts";
import { answerUnsubscribe, viewUnsubscribe } from "./commands/answer-unsubscribe.ts";
import { liftSuppression, suppress, suppressOwnAddress } from "./commands.ts";
import { checkAddress, findSuppression, listSuppressions, unsubscribeTokenFor } from "./queries.ts";

await testDatabase();
let workspace: TestWorkspace;
let campaign: TestCampaign;
let mailboxId: string;
let count = 0;

beforeAll(async () => {
  workspace = await testWorkspace();
  campaign = await testRunningCampaign(workspace);
  ({ id: mailboxId } = await testMailbox(workspace));
});
const reserved = (domain = "norvale.example") => testReservedMail(workspace, campaign, mailboxId, `p${count++}@${domain}`);
const enrolment = (id: string) => workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id } }));
const check = async (email: string) => (await workspace.run((tx) => checkAddress(tx, { email }))).sentence;

describe("suppress", () => {
  it("cancels what is reserved, ends campaigns and shows on the person, in the same transaction", async () => {
    const mail = await reserved();
    const done = await workspace.run((tx) => suppress(tx, { kind: "address", value: mail.email, reason: "opted_out" }));
    expect(done).toMatchObject({ isNew: true, leadIds: [mail.leadId] });
    expect(await statusOf(workspace, mail.messageId)).toBe("cancelled");
    expect((await enrolment(mail.enrolmentId)).status).toBe("stopped");
    expect((await workspace.run((tx) => tx.leadState.findFirstOrThrow({ where: { id: mail.leadId } }))).contactState).toBe(
      "do_not_contact",
    );
    expect(await workspace.run((tx) => suppress(tx, { kind: "address", value: mail.email, reason: "opted_out" }))).toMatchObject({
      isNew: false,
      id: done.id,
    });
  });

  it("means a domain with its sub-domains, and no lookalike", async () => {
    const mails = [await reserved("group.example"), await reserved("it.group.example"), await reserved("notgroup.example")];
    await workspace.run((tx) => suppress(tx, { kind: "domain", value: "group.example", reason: "competitor" }));
    expect(await Promise.all(mails.map((mail) => statusOf(workspace, mail.messageId)))).toEqual(["cancelled", "cancelled", "reserved"]);
    expect(await check("new@deep.it.group.example")).toMatch(
      /^No\. Everybody at group\.example and its sub-domains: it is a competitor, since /,
    );
    expect(await check("new@notgroup.example")).toMatch(/^Yes\./);
  });

  it("holds until and including its last day, by the workspace's clock", async () => {
    const west = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z", timeZone: "America/Los_Angeles" });
    // The clocks of Los Angeles go forward on 8 March.
    await addPasted(west.id, { values: "far@norvale.example", reason: "asked_to_wait", untilOn: "2026-03-08", byId: west.userId });
    const [rule] = (await west.run((tx) => listSuppressions(tx, { limit: 5, search: "far@norvale" }))).items;
    expect(rule).toMatchObject({ until: new Date("2026-03-09T06:59:59.999Z"), untilOn: "2026-03-08" });
    expect((await west.run((tx) => checkAddress(tx, { email: "far@norvale.example" }))).sentence).toContain("until 8 Mar 2026");
    await west.setClock("2026-03-09T06:30:00Z");
    expect((await west.run((tx) => checkAddress(tx, { email: "far@norvale.example" }))).canMail).toBe(false);
    await west.setClock("2026-03-09T07:00:00Z");
    expect((await west.run((tx) => checkAddress(tx, { email: "far@norvale.example" }))).canMail).toBe(true);
  });

  it("means a company by its people, whatever their addresses", async () => {
    const lead = await testLead(workspace, { fullName: "Maja Kos", email: `maja${count++}@ondra.example`, company: "Ondra" });
    await workspace.run((tx) => suppress(tx, { kind: "company", value: lead.accountId ?? "", reason: "open_deal" }));
    const person = await workspace.run((tx) => tx.lead.findFirstOrThrow({ where: { id: lead.id } }));
    expect(await check(person.email ?? "")).toContain("Everybody at Ondra: it has an open deal elsewhere");
  });

  it("recognises an erased address by its hash alone", async () => {
    await workspace.run((tx) => suppress(tx, { kind: "hash", value: suppressionHash("gone@norvale.example"), reason: "erased" }));
    expect(await check("Gone@Norvale.example")).toContain("was erased");
    const page = await workspace.run((tx) => listSuppressions(tx, { limit: 50, kind: "hash" }));
    expect(page.items[0]?.value).toBe("An erased person");
  });

  it("ends by itself, and whoever it meant can be written to again", async () => {
    const later = await testWorkspace({ clockAt: "2026-03-02T08:00:00Z" });
    const { id } = await testLead(later);
    const state = async () => (await later.run((tx) => tx.leadState.findFirstOrThrow({ where: { id } }))).contactState;
    const wait = (day: string) => ({
      kind: "domain" as const,
      value: "norvale.example",
      reason: "asked_to_wait" as const,
      until: new Date(day),
    });
    await later.run((tx) => suppress(tx, wait("2026-03-16T08:00:00Z")));
    await later.run((tx) => suppress(tx, wait("2026-03-20T08:00:00Z")));
    await later.setClock("2026-03-17T08:00:00Z");
    await runDue(services, later.id);
    expect(await state()).toBe("do_not_contact");
    await later.setClock("2026-03-20T08:00:00Z");
    await runDue(services, later.id);
    expect(await state()).toBe("free");
  });

  it("means nobody when its end has passed", async () => {
    const email = `later${count++}@norvale.example`;
    await workspace.run((tx) => suppress(tx, { kind: "address", value: email, reason: "asked_to_wait", until: new Date(Date.now() - 1) }));
    expect(await workspace.run((tx) => findSuppression(tx, { email }))).toBeNull();
  });

  it("takes our own domain, but only the address where the host is everybody's", async () => {
    await workspace.run((tx) => suppressOwnAddress(tx, { address: "ines@own-company.example" }));
    await workspace.run((tx) => suppressOwnAddress(tx, { address: "ines@gmail.com" }));
    expect(await check("leo@own-company.example")).toContain("is our own");
    expect(await check("stranger@gmail.com")).toMatch(/^Yes\./);
    expect(await check("ines@gmail.com")).toContain("is our own");
  });
});

describe("lifting", () => {
  it("needs an admin and a reason for what a person asked for", async () => {
    const email = `asked${count++}@norvale.example`;
    const { id } = await workspace.run((tx) => suppress(tx, { kind: "address", value: email, reason: "opted_out" }));
    const lift = (reason: string | undefined, canLiftProtected: boolean) =>
      workspace.run((tx) => liftSuppression(tx, { id, reason, liftedById: workspace.userId, canLiftProtected }));
    await expect(lift("they called", false)).rejects.toThrow("Only an admin");
    await expect(lift(" ", true)).rejects.toThrow("Give the reason");
    await lift("they called", true);
    await expect(lift("they called", true)).rejects.toThrow("no longer on the list");
    expect(await check(email)).toMatch(/^Yes\./);
    const kept = await workspace.run((tx) => tx.suppression.findFirstOrThrow({ where: { id } }));
    expect(kept).toMatchObject({ liftedById: workspace.userId, liftedReason: "they called" });
  });

  it("never lifts an erasure, and anything else without ado", async () => {
    const erased = await workspace.run((tx) =>
      suppress(tx, { kind: "hash", value: suppressionHash(`x${count++}@norvale.example`), reason: "erased" }),
    );
    await expect(
      workspace.run((tx) => liftSuppression(tx, { id: erased.id, reason: "r", liftedById: workspace.userId, canLiftProtected: true })),
    ).rejects.toThrow("for good");
    const other = await workspace.run((tx) => suppress(tx, { kind: "domain", value: `c${count++}.example`, reason: "customer" }));
    await workspace.run((tx) => liftSuppression(tx, { id: other.id, liftedById: workspace.userId, canLiftProtected: false }));
  });
});

describe("a pasted list", () => {
  it("is read line by line, and adds nothing twice", async () => {
    const values = `Email;Name\nNADIA${count}@Norvale.example;Nadia\n*.rival${count}.example\nhttps://www.rival${count}.example/x\nnonsense\nco.uk\n`;
    const add = () => addPasted(workspace.id, { values, reason: "competitor", byId: workspace.userId });
    expect(await add()).toMatchObject({ added: 2, already: 0, addresses: 1, domains: 1, refusedCount: 2 });
    expect(await add()).toMatchObject({ added: 0, already: 2 });
  });

  it("is listed, searched and paged, and a cursor fits its own filter only", async () => {
    const first = await workspace.run((tx) => listSuppressions(tx, { limit: 2 }));
    expect(first.items).toHaveLength(2);
    const second = await workspace.run((tx) => listSuppressions(tx, { limit: 2, cursor: first.nextCursor }));
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
    await expect(workspace.run((tx) => listSuppressions(tx, { limit: 2, cursor: first.nextCursor, kind: "domain" }))).rejects.toThrow(
      "does not belong",
    );
    const found = await workspace.run((tx) => listSuppressions(tx, { limit: 50, search: "RIVAL" }));
    expect(found.items.every((item) => item.value.includes("rival"))).toBe(true);
    expect(found.total).toBe(found.items.length);
  });
});

describe("unsubscribing by link", () => {
  const link = (mail: { leadId: string; messageId: string }) =>
    unsubscribeTokenFor({ workspaceId: workspace.id, leadId: mail.leadId, messageId: mail.messageId });

  it("changes nothing by being looked at, however often", async () => {
    const mail = await reserved();
    for (let turn = 0; turn < 3; turn++)
      expect(await viewUnsubscribe(link(mail))).toMatchObject({ address: mail.email, workspaceName: "Acme", isDone: false });
    expect(await statusOf(workspace, mail.messageId)).toBe("reserved");
  });

  it("stops this person and nobody else of the campaign", async () => {
    const [mail, other] = [await reserved("one.example"), await reserved("one.example")];
    expect(await answerUnsubscribe(link(mail), "person")).toBe(true);
    expect(await answerUnsubscribe(link(mail), "person")).toBe(true);
    expect(await viewUnsubscribe(link(mail))).toMatchObject({ isDone: true });
    expect(await statusOf(workspace, mail.messageId)).toBe("cancelled");
    expect(await statusOf(workspace, other.messageId)).toBe("reserved");
    expect(await workspace.run((tx) => tx.mailEvent.count({ where: { messageId: mail.messageId, kind: "unsubscribed" } }))).toBe(1);
  });

  it("can stop the whole company at once", async () => {
    const [mail, other] = [await reserved("two.example"), await reserved("two.example")];
    await answerUnsubscribe(link(mail), "company");
    expect(await statusOf(workspace, other.messageId)).toBe("cancelled");
    expect(await check("third@two.example")).toContain("asked to wait");
  });

  it("writes nothing about whoever was erased, and says that it is done", async () => {
    const mail = await reserved();
    await workspace.run((tx) => tx.message.update({ where: { id: mail.messageId }, data: { toAddress: "" } }));
    expect(await viewUnsubscribe(link(mail))).toMatchObject({ address: "Your address", companyDomain: null, isDone: true });
    expect(await answerUnsubscribe(link(mail), "company")).toBe(true);
    expect(await workspace.run((tx) => tx.suppression.count({ where: { value: "" } }))).toBe(0);
    expect(await workspace.run((tx) => tx.mailEvent.count({ where: { messageId: mail.messageId } }))).toBe(0);
  });

  it("refuses a link that is not ours", async () => {
    expect(await viewUnsubscribe("x".repeat(86))).toBeNull();
    expect(await answerUnsubscribe("x".repeat(86), "person")).toBe(false);
    const gone = link({ leadId: newId(), messageId: newId() });
    expect(await viewUnsubscribe(gone)).toBeNull();
    expect(await answerUnsubscribe(gone, "person")).toBe(false);
  });
});
