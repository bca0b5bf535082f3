import { hashToken } from "#server/auth/queries.ts";
import { inIdentity, inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";
import { MOST_SLOTS } from "../constants.ts";
import { meetingStateAt } from "../domain/meeting-state.ts";
import { getHostCalendar, listFreeSlots } from "./host-calendar.ts";

const GONE = "There is no booking page at this address. Ask the person who sent it for a new link.";
const DAY = 86_400_000;

/** Whose page a public address is. Only the slug is known before a workspace is entered. */
export async function findPublicPage(slug: string): Promise<{ workspaceId: WorkspaceId; slug: string }> {
  const rows = await inIdentity(
    (tx) => tx.$queryRaw<{ workspaceId: string }[]>`
      select workspace_id as "workspaceId" from booking_pages where slug = ${slug} and is_active`,
  );
  const [row] = rows;
  if (!row) throw new AppError("NOT_FOUND", GONE);
  return { workspaceId: provenWorkspace(row.workspaceId), slug };
}

/** Whose meeting a manage link is. */
export async function findManagedMeeting(token: string): Promise<{ workspaceId: WorkspaceId; meetingId: string }> {
  const rows = await inIdentity(
    (tx) => tx.$queryRaw<{ workspaceId: string; id: string }[]>`
      select workspace_id as "workspaceId", id from meetings where manage_token_hash = ${hashToken(token)}`,
  );
  const [row] = rows;
  if (!row) throw new AppError("NOT_FOUND", "This link does not belong to a meeting. Look for the newest mail about it.");
  return { workspaceId: provenWorkspace(row.workspaceId), meetingId: row.id };
}

export async function getPublicPage(slug: string) {
  const { workspaceId } = await findPublicPage(slug);
  return inWorkspace(workspaceId, async (tx) => {
    const calendar = await hostOfSlug(tx, slug);
    const workspace = await tx.workspace.findFirst({ where: { id: workspaceId }, select: { name: true } });
    return {
      slug,
      name: calendar.name,
      hostName: calendar.hostName,
      company: workspace?.name ?? "",
      hostZone: calendar.zone,
      durationMinutes: calendar.durationMs / 60_000,
      horizonDays: calendar.horizonMs / DAY,
      place: calendar.place,
      question: calendar.question,
      now: tx.now,
    };
  });
}

export async function listPublicSlots(input: { slug: string; from?: Date | undefined; to?: Date | undefined; zone?: string | undefined }) {
  const { workspaceId } = await findPublicPage(input.slug);
  return inWorkspace(workspaceId, async (tx) => {
    const calendar = await hostOfSlug(tx, input.slug);
    const from = input.from && input.from > tx.now ? input.from : tx.now;
    const latest = new Date(tx.now.getTime() + calendar.horizonMs);
    const to = input.to && input.to < latest ? input.to : latest;
    const starts = from < to ? await listFreeSlots(tx, calendar, { from, to }) : [];
    return {
      zone: input.zone ?? calendar.zone,
      hostZone: calendar.zone,
      durationMinutes: calendar.durationMs / 60_000,
      items: starts.slice(0, MOST_SLOTS).map((start) => ({ startsAt: new Date(start), endsAt: new Date(start + calendar.durationMs) })),
    };
  });
}

/** What the holder of a manage link may see: their own meeting. */
export async function getManagedMeeting(token: string) {
  const { workspaceId, meetingId } = await findManagedMeeting(token);
  return inWorkspace(workspaceId, async (tx) => {
    const meeting = await tx.meeting.findFirst({ where: { id: meetingId } });
    if (!meeting) throw new AppError("NOT_FOUND", "This meeting no longer exists.");
    const calendar = await getHostCalendar(tx, meeting.hostId);
    return {
      title: meeting.title,
      state: meetingStateAt(meeting, tx.now),
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      movedFromAt: meeting.movedFromAt,
      attendeeName: meeting.attendeeName,
      attendeeEmail: meeting.attendeeEmail,
      attendeeZone: meeting.attendeeZone,
      hostName: calendar.hostName,
      hostZone: meeting.hostZone,
      place: meeting.place,
      slug: calendar.slug,
      now: tx.now,
    };
  });
}

/** Times to which a managed meeting can move; its own block does not stand in its way. */
export async function listMoveSlots(token: string) {
  const { workspaceId, meetingId } = await findManagedMeeting(token);
  return inWorkspace(workspaceId, async (tx) => {
    const meeting = await tx.meeting.findFirst({ where: { id: meetingId } });
    if (!meeting) return [];
    const calendar = await getHostCalendar(tx, meeting.hostId);
    const range = { from: tx.now, to: new Date(tx.now.getTime() + calendar.horizonMs) };
    const starts = await listFreeSlots(tx, calendar, range, meeting.id);
    return starts
      .filter((start) => start !== meeting.startsAt.getTime())
      .slice(0, MOST_SLOTS)
      .map((start) => ({ startsAt: new Date(start), endsAt: new Date(start + calendar.durationMs) }));
  });
}

export async function hostOfSlug(tx: Tx, slug: string) {
  const page = await tx.bookingPage.findFirst({ where: { slug, isActive: true }, select: { ownerId: true } });
  if (!page) throw new AppError("NOT_FOUND", GONE);
  return getHostCalendar(tx, page.ownerId);
}
