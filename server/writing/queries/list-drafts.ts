import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, ownedBy, type Viewer } from "#server/teams/queries.ts";
import { wordsIn } from "../domain/mail-shape.ts";
import {
  type DraftView,
  draftPurposes,
  draftSource,
  draftStatus,
  finding,
  type listDraftsInput,
  removedSentence,
  sentence,
} from "../schema.ts";

type Filter = { campaignId?: string | undefined; senderId?: string | undefined; passing?: boolean | undefined };
type ListInput = z.output<typeof listDraftsInput>;

const place = z.object({ due: z.string(), id: z.uuid() });

/** Drafts that wait for a person: what must be approved first comes first. */
export async function listDrafts(tx: Tx, viewer: Viewer, input: ListInput): Promise<{ items: DraftView[]; nextCursor?: string }> {
  const { cursor, limit, ...filter } = input;
  const name = listName("drafts", filter);
  const after = cursor ? openCursor(name, cursor, place) : null;
  const where = await waitingFor(tx, viewer, filter);
  const rows = await tx.$queryRaw<{ id: string; due: string }[]>`
    select d.id, coalesce(d.approve_by, 'infinity'::timestamptz)::text as due from drafts d
    join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
    left join enrolments e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
    where ${where} ${after ? Prisma.sql`and (coalesce(d.approve_by, 'infinity'::timestamptz), d.id) > (${after.due}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
    order by coalesce(d.approve_by, 'infinity'::timestamptz), d.id limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const items = await readDrafts(
    tx,
    page.map((row) => row.id),
  );
  return { items, ...(last && { nextCursor: sealCursor(name, { due: last.due, id: last.id }) }) };
}

export async function countDrafts(
  tx: Tx,
  viewer: Viewer,
  filter: Filter = {},
): Promise<{ waiting: number; passing: number; needLook: number }> {
  const where = await waitingFor(tx, viewer, filter);
  const [row] = await tx.$queryRaw<{ waiting: number; passing: number }[]>`
    select count(*)::int as waiting, (count(*) filter (where d.status = 'ready'))::int as passing from drafts d
    join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
    left join enrolments e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
    where ${where}`;
  const { waiting = 0, passing = 0 } = row ?? {};
  return { waiting, passing, needLook: waiting - passing };
}

/** Five that pass, at random but the same ones when asked again: to be read before all are approved. */
export async function samplePassing(
  tx: Tx,
  viewer: Viewer,
  filter: Pick<Filter, "campaignId" | "senderId">,
): Promise<{ count: number; drafts: DraftView[] }> {
  const where = await waitingFor(tx, viewer, { ...filter, passing: true });
  const rows = await tx.$queryRaw<{ id: string; total: number }[]>`
    select d.id, (count(*) over ())::int as total from drafts d
    join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
    left join enrolments e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
    where ${where} order by md5(d.id::text) limit 5`;
  return {
    count: rows[0]?.total ?? 0,
    drafts: await readDrafts(
      tx,
      rows.map((row) => row.id),
    ),
  };
}

/** Mails of campaigns only: answers wait in the Inbox. A person who is out of the campaign has nothing that waits. */
export async function waitingFor(tx: Tx, viewer: Viewer, filter: Filter): Promise<Prisma.Sql> {
  const owners = await listVisibleOwners(tx, viewer);
  const status =
    filter.passing === undefined
      ? Prisma.sql`d.status in ('ready', 'needs_look')`
      : filter.passing
        ? Prisma.sql`d.status = 'ready'`
        : Prisma.sql`d.status = 'needs_look'`;
  return Prisma.sql`d.workspace_id = ${tx.workspaceId}::uuid and ${status} and d.purpose = 'campaign' and (e.id is null or e.status in ('active', 'paused'))
    ${filter.campaignId ? Prisma.sql`and d.campaign_id = ${filter.campaignId}::uuid` : Prisma.empty}
    ${filter.senderId ? Prisma.sql`and coalesce(e.sender_id, l.owner_id) = ${filter.senderId}::uuid` : Prisma.empty}
    ${ownedBy(Prisma.sql`coalesce(e.sender_id, l.owner_id)`, owners)}`;
}

export async function getDraft(tx: Tx, viewer: Viewer, id: string): Promise<DraftView> {
  const owners = await listVisibleOwners(tx, viewer);
  const [draft] = await readDrafts(tx, [id]);
  if (!draft || (owners !== null && draft.senderId !== null && !owners.includes(draft.senderId)))
    throw new AppError("NOT_FOUND", "This draft no longer exists.");
  return draft;
}

async function readDrafts(tx: Tx, ids: readonly string[]): Promise<DraftView[]> {
  const rows = await tx.draft.findMany({
    where: { id: { in: [...ids] } },
    include: { lead: { include: { account: true } }, enrolment: true },
  });
  const campaigns = await tx.campaign.findMany({
    where: { id: { in: rows.flatMap((row) => row.campaignId ?? []) } },
    select: { id: true, name: true },
  });
  const steps = await tx.campaignStep.findMany({
    where: { id: { in: rows.flatMap((row) => row.stepId ?? []) } },
    select: { id: true, position: true },
  });
  const earlier = await tx.message.groupBy({
    by: ["enrolmentId"],
    where: { enrolmentId: { in: rows.flatMap((row) => row.enrolmentId ?? []) }, status: { in: ["sent", "uncertain"] } },
    _count: true,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id): DraftView[] => {
    const row = byId.get(id);
    if (!row) return [];
    const { lead, enrolment } = row;
    const sentences = z.array(sentence).parse(row.sentences);
    const isNext = enrolment !== null && enrolment.stepId === row.stepId;
    return [
      {
        id: row.id,
        purpose: z.enum(draftPurposes).parse(row.purpose),
        status: draftStatus.parse(row.status),
        subject: row.subject,
        sentences,
        removed: z.array(removedSentence).parse(row.removed),
        findings: z.array(finding).parse(row.findings),
        sources: z.array(draftSource).parse(row.sources),
        writer: z.enum(["embedded", "model", "person"]).parse(row.writer),
        words: sentences.reduce((sum, one) => sum + wordsIn(one.text), 0),
        lead: {
          id: lead.id,
          fullName: lead.fullName,
          title: lead.title,
          company: lead.account?.nameForMail ?? null,
          timeZone: lead.timeZone ?? lead.account?.timeZone ?? null,
        },
        campaign: campaigns.find((campaign) => campaign.id === row.campaignId) ?? null,
        senderId: enrolment?.senderId ?? lead.ownerId,
        stepPosition: steps.find((step) => step.id === row.stepId)?.position ?? null,
        earlierMails: earlier.find((one) => one.enrolmentId === row.enrolmentId)?._count ?? 0,
        approveBy: row.approveBy,
        plannedAt: isNext ? enrolment.plannedAt : null,
        planKind: isNext ? enrolment.planKind : null,
        createdAt: row.createdAt,
      },
    ];
  });
}
