import { beforeAll, describe, expect, it } from "vitest";
import type * as z from "zod";
import { type Role, roles } from "#server/auth/constants.ts";
import { newId } from "#server/core/ids.ts";
import { createDefaultPipeline } from "#server/deals/commands/create-default-pipeline.ts";
import { streamExport } from "#server/leads/commands/stream-export.ts";
import { leadFilter } from "#server/leads/schema.ts";
import { services as product } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { answerFrom, takeMail, testConversation, testReplyServices } from "#server/testing/replies.ts";
import { sampleInput } from "#server/testing/sample-input.ts";
import { testMailbox, testRunningCampaign } from "#server/testing/sending.ts";
import { sees, settings } from "#server/testing/visibility-rule.ts";
import { type TestWorkspace, testMember, testWorkspace } from "#server/testing/workspace.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";

/** Everybody owns one of everything, and every text of it carries their mark. For every setting and every person, every read of the router
 * is asked for everybody's ids: no answer may hold the mark of somebody whose work they do not see. The lists must hold exactly the rest,
 * and the counts agree. A new procedure takes part by itself.
 */
const { owner } = await testDatabase();
const services = { ...product, ...testReplyServices(), mailTransport: product.sandboxTransport };

type Person = { key: string; userId: string; role: Role; ids: Record<string, string> };
let acme: TestWorkspace;
const people: Person[] = [];
const mark = (person: Person) => `zq${person.key}zq`;

beforeAll(async () => {
  acme = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
  await acme.run((tx) => createDefaultPipeline(tx));
  for (const [key, role] of [
    ["mara", "manager"],
    ["rita", "rep"],
    ["rob", "rep"],
    ["tess", "rep"],
    ["vic", "viewer"],
  ] as const)
    people.push({ key, role, userId: await testMember(acme, { fullName: `Colleague ${key}`, role }), ids: {} });
  // North: Mara manages, Rita and Rob. South: Tess. Vic is in no team.
  const [north, south] = [newId(), newId()];
  await acme.run(async (tx) => {
    await tx.team.create({ data: { id: north, workspaceId: tx.workspaceId, name: "North", managerId: id("mara"), createdAt: tx.now } });
    await tx.team.create({ data: { id: south, workspaceId: tx.workspaceId, name: "South", createdAt: tx.now } });
    await tx.member.updateMany({ where: { userId: { in: [id("rita"), id("rob")] } }, data: { teamId: north } });
    await tx.member.updateMany({ where: { userId: id("tess") }, data: { teamId: south } });
  });
  for (const person of people) person.ids = await ownOneOfEverything(person);
}, 120_000);

const id = (key: string) => people.find((person) => person.key === key)?.userId ?? "";

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { inputs: z.ZodType[]; type: string } }>,
).map(([path, { _def }]) => ({ path, ..._def }));

describe.each(settings)("visibility %s", (setting) => {
  beforeAll(() => owner.query("update workspaces set visibility = $1 where id = $2", [setting, acme.id]));

  it.each(procedures.filter(({ type }) => type === "query"))("$path shows nothing hidden", async ({ path, inputs }) => {
    // A question that names nobody is the same for all of them, and is asked once.
    const questions = people.flatMap((other) => [false, true].map((optional) => merged(inputs, path, other, optional)));
    const distinct = [...new Map(questions.map((question) => [JSON.stringify(question), question])).values()];
    for (const viewer of people) {
      const answers: unknown[] = [];
      for (const question of distinct) answers.push(await call(viewer, path, question));
      const said = JSON.stringify(answers, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
      for (const other of people.filter((each) => !sees(viewer.key, each.key, setting)))
        expect(said.includes(mark(other)) ? `${viewer.key} saw ${around(said, mark(other))}` : "").toBe("");
      expect(said).not.toContain("permission denied");
    }
  });

  it("lists exactly what is seen, and counts it", async () => {
    for (const viewer of people) {
      const seen = people.filter((other) => sees(viewer.key, other.key, setting));
      const marks = seen.map(mark).toSorted();
      const ask = caller(viewer);
      const marksOf = (rows: unknown) => [...new Set(JSON.stringify(rows, big).match(/zq[a-z]+zq/g) ?? [])].toSorted();

      const leads = await ask.leads.list({});
      expect(leads.items.map((row) => row.id).toSorted()).toEqual(seen.map((other) => other.ids.lead).toSorted());
      expect((await ask.leads.count({})).count).toBe(seen.length);
      expect((await ask.leads.list({ search: "zq" })).items).toHaveLength(seen.length);
      expect(marksOf(await ask.deals.list({}))).toEqual(marks);
      expect(marksOf(await ask.deals.board({}))).toEqual(marks);
      expect(marksOf(await ask.tasks.list({}))).toEqual(marks);
      expect(marksOf(await ask.meetings.list({}))).toEqual(marks);
      expect(marksOf(await ask.campaigns.list({}))).toEqual(marks);
      expect(Object.values((await ask.campaigns.list({})).counts).reduce((sum, count) => sum + count, 0)).toBe(seen.length);
      expect(marksOf(await ask.replies.list({ view: "all" }))).toEqual(marks);
      expect((await ask.replies.counts({})).all).toBe(seen.length);
      expect(marksOf(await ask.messages.list({}))).toEqual(marks);
      expect(marksOf(await ask.mailboxes.list({}))).toEqual(marks);
      expect(marksOf(await ask.imports.list({}))).toEqual(marks);
      const parts: Uint8Array[] = [];
      const by = { userId: viewer.userId, role: viewer.role, actorKind: "api_key" as const };
      for await (const part of streamExport(acme.id, leadFilter.parse({}), by)) parts.push(part);
      expect(marksOf(Buffer.concat(parts).toString())).toEqual(marks);
      const funnel = await ask.reports.funnel({});
      expect(funnel.stages.find((stage) => stage.key === "imported")?.count).toBe(seen.length);
    }
  });

  it("lets nobody change what they do not see", async () => {
    for (const viewer of people.filter((person) => person.role !== "viewer"))
      for (const other of people) {
        const dealId = other.ids.deal ?? "";
        const change = caller(viewer).deals.change({ id: dealId, nextStep: "call" });
        if (sees(viewer.key, other.key, setting)) await change;
        else await expect(change).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
  });
});

it("shows owners and admins everything", async () => {
  await owner.query("update workspaces set visibility = 'own' where id = $1", [acme.id]);
  for (const role of ["owner", "admin"] as const) {
    const { count } = await caller({ ...(people[4] as Person), role }).leads.count({});
    expect(count).toBe(people.length);
  }
  expect(roles).toHaveLength(5);
});

async function ownOneOfEverything(person: Person): Promise<Record<string, string>> {
  const tag = mark(person);
  const mine = { ...acme, userId: person.userId };
  const mailbox = await testMailbox(mine, { address: `${tag}@acme.example` });
  const campaign = await testRunningCampaign(mine, 2);
  const talk = await testConversation(mine, {
    email: `p@${tag}.example`,
    fullName: `Person ${tag}`,
    company: `Firm ${tag}`,
    setting: { mailbox, campaign },
  });
  const { replyId } = (await takeMail(services, mine, mailbox.id, await answerFrom(talk, `Can you tell me more? ${tag}`))) as {
    replyId: string;
  };
  const ids = {
    lead: talk.lead.id,
    account: talk.lead.accountId ?? "",
    campaign: campaign.id,
    mailbox: mailbox.id,
    enrolment: talk.enrolmentId,
    message: talk.messageId,
    reply: replyId,
    deal: newId(),
    task: newId(),
    meeting: newId(),
    draft: newId(),
    note: newId(),
    import: newId(),
  };
  await acme.run(async (tx) => {
    const { workspaceId, now } = tx;
    const at = { workspaceId, createdAt: now };
    const stage = await tx.pipelineStage.findFirstOrThrow({ where: { kind: "open" } });
    await tx.campaign.updateMany({ where: { id: ids.campaign }, data: { name: `Campaign ${tag}` } });
    await tx.reply.updateMany({ where: { id: ids.reply }, data: { ownerId: person.userId } });
    await tx.deal.create({
      data: {
        ...at,
        id: ids.deal,
        pipelineId: stage.pipelineId,
        stageId: stage.id,
        leadId: ids.lead,
        accountId: ids.account,
        title: `Deal ${tag}`,
        amountCents: 100n,
        currency: "EUR",
        ownerId: person.userId,
        stageSince: now,
      },
    });
    await tx.task.create({
      data: {
        ...at,
        id: ids.task,
        kind: "call",
        title: `Call ${tag}`,
        leadId: ids.lead,
        ownerId: person.userId,
        dueAt: now,
        status: "open",
        causeKey: ids.task,
      },
    });
    await tx.meeting.create({
      data: {
        ...at,
        id: ids.meeting,
        hostId: person.userId,
        leadId: ids.lead,
        title: `Meeting ${tag}`,
        startsAt: new Date(now.getTime() + 3_600_000),
        endsAt: new Date(now.getTime() + 5_400_000),
        attendeeName: `Person ${tag}`,
        attendeeEmail: `p@${tag}.example`,
        attendeeZone: "Europe/Rome",
        hostZone: "Europe/Lisbon",
        place: "call",
        guests: [],
        state: "confirmed",
        uid: ids.meeting,
        manageTokenHash: ids.meeting,
      },
    });
    await tx.draft.create({
      data: {
        ...at,
        id: ids.draft,
        purpose: "campaign",
        leadId: ids.lead,
        campaignId: ids.campaign,
        enrolmentId: ids.enrolment,
        stepId: campaign.stepIds[1] ?? null,
        status: "ready",
        subject: `Draft ${tag}`,
        sentences: [],
        removed: [],
        findings: [],
        sources: [],
        writer: "embedded",
        writerVersion: "1",
      },
    });
    const blobId = newId();
    await tx.blob.create({ data: { ...at, id: blobId, digest: blobId, bytes: 1n, mediaType: "text/csv" } });
    await tx.leadImport.create({
      data: {
        ...at,
        id: ids.import,
        fileName: `list ${tag}.csv`,
        blobId,
        shape: { encoding: "utf-8", delimiter: ",", headings: ["Name"], sample: [[tag]], hasHeadings: true, totalRows: 1 },
        mapping: {},
        options: {},
        status: "done",
        createdById: person.userId,
      },
    });
    await tx.importRowError.create({ data: { workspaceId, importId: ids.import, rowNumber: 1, message: "No name", raw: [tag] } });
    await tx.note.create({ data: { ...at, id: ids.note, leadId: ids.lead, authorId: person.userId, text: `Note ${tag}` } });
  });
  return ids;
}

function caller(viewer: Person) {
  const membership = { workspaceId: acme.id, name: "Acme", kind: "sandbox" as const, role: viewer.role };
  const signedIn = {
    userId: viewer.userId,
    fullName: "Somebody",
    email: "somebody@acme.example",
    isOperator: false,
    singleKeys: true,
    theme: "system",
    memberships: [membership],
  };
  return createCaller({ services, actor: { kind: "person", signedIn, membership } });
}

async function call(viewer: Person, path: string, input: unknown): Promise<unknown> {
  const procedure = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller(viewer)) as (
    input: unknown,
  ) => Promise<unknown>;
  return procedure(input).catch((error: Error) => ({ message: error.message, cause: String(error.cause ?? "") }));
}

const NOUN_OF: Record<string, string> = {
  leads: "lead",
  accounts: "account",
  companies: "account",
  deals: "deal",
  tasks: "task",
  meetings: "meeting",
  replies: "reply",
  campaigns: "campaign",
  enrolments: "enrolment",
  drafts: "draft",
  messages: "message",
  imports: "import",
  mailboxes: "mailbox",
};

function merged(inputs: z.ZodType[], path: string, other: Person, optional: boolean): unknown {
  if (inputs.length === 0) return undefined;
  const pick = (field: string) => {
    const word = field.replace(/Ids?$|^ids?$/i, "").toLowerCase();
    return word === "owner" || word === "host" || word === "user" || word === "who"
      ? other.userId
      : (other.ids[word] ?? other.ids[NOUN_OF[path.split(".")[0] ?? ""] ?? ""] ?? other.ids.lead ?? "");
  };
  return Object.assign({}, ...inputs.map((schema) => sampleInput(schema, pick, { optional })));
}

const big = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
const around = (text: string, word: string) => text.slice(Math.max(0, text.indexOf(word) - 300), text.indexOf(word) + 60);
