import { publicHolidays } from "#server/campaigns/queries/public-holidays.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { countryOfZone } from "#server/leads/domain/country-of-zone.ts";
import { DEFAULT_PAGE, MOST_SLOTS } from "../constants.ts";
import { freeSlots } from "../domain/free-slots.ts";
import { weeklyHoursOf } from "../domain/member-hours.ts";
import type { Span } from "../domain/working-spans.ts";
import { type WeeklyHours, weeklyHours } from "../schema.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** How one person can be booked: their booking page, or their working hours where they have none. */
export type HostCalendar = {
  hostId: string;
  hostName: string;
  hostEmail: string;
  bookingPageId: string | null;
  slug: string | null;
  name: string;
  zone: string;
  hours: WeeklyHours;
  durationMs: number;
  bufferMs: number;
  noticeMs: number;
  horizonMs: number;
  place: string;
  question: string | null;
  /** Civil days since 1970 in their zone on which they take no meetings: public holidays of their country, and while they are away. */
  daysOff: ReadonlySet<number>;
};

export async function getHostCalendar(tx: Tx, hostId: string): Promise<HostCalendar> {
  const member = await tx.member.findFirst({ where: { userId: hostId, removedAt: null } });
  if (!member) throw new AppError("NOT_FOUND", "This person is not in the workspace any more.");
  const page = await tx.bookingPage.findFirst({ where: { ownerId: hostId }, orderBy: { createdAt: "asc" } });
  const rules = page ?? DEFAULT_PAGE;
  return {
    hostId,
    hostName: member.fullName,
    hostEmail: member.email,
    bookingPageId: page?.id ?? null,
    slug: page?.isActive ? page.slug : null,
    name: rules.name,
    zone: page?.timeZone ?? member.timeZone,
    hours: page ? readHours(page.hours) : weeklyHoursOf(member.hours),
    durationMs: rules.durationMinutes * MINUTE,
    bufferMs: rules.bufferMinutes * MINUTE,
    noticeMs: rules.noticeMinutes * MINUTE,
    horizonMs: rules.horizonDays * DAY,
    place: rules.place,
    question: page?.question ?? null,
    daysOff: await daysOffOf(tx, member, page?.timeZone ?? member.timeZone),
  };
}

/** The clock that hangs on their wall says where they work; where several countries share it, the workspace's own country decides. */
async function daysOffOf(tx: Tx, member: { awayFrom: Date | null; awayUntil: Date | null }, zone: string): Promise<Set<number>> {
  const workspace = await tx.workspace.findFirst({ where: { id: tx.workspaceId }, select: { country: true } });
  const days = new Set(publicHolidays(countryOfZone(zone, workspace?.country ?? null), tx.now.getTime()).keys());
  if (member.awayFrom && member.awayUntil) {
    const [first, last] = [member.awayFrom, member.awayUntil].map((day) => Math.floor(day.getTime() / DAY));
    for (let day = first ?? 0; day <= (last ?? -1); day++) days.add(day);
  }
  return days;
}

/** Free starts of a host in a range. `exceptMeetingId`: a meeting that is being moved does not stand in its own way. */
export async function listFreeSlots(
  tx: Tx,
  calendar: HostCalendar,
  range: { from: Date; to: Date },
  exceptMeetingId?: string,
): Promise<number[]> {
  const span: Span = { start: range.from.getTime(), end: range.to.getTime() };
  const busy = await listBusy(tx, calendar.hostId, { start: span.start - DAY, end: span.end + DAY }, exceptMeetingId);
  return freeSlots({ ...calendar, range: span, now: tx.now.getTime(), busy });
}

/** Everything that a colleague may pick for this host, up to the page's horizon. */
export async function listHostSlots(tx: Tx, input: { hostId: string; exceptMeetingId?: string | undefined }) {
  const calendar = await getHostCalendar(tx, input.hostId);
  const range = { from: tx.now, to: new Date(tx.now.getTime() + calendar.horizonMs) };
  const starts = await listFreeSlots(tx, calendar, range, input.exceptMeetingId);
  const items = starts.slice(0, MOST_SLOTS).map((start) => ({ startsAt: new Date(start), endsAt: new Date(start + calendar.durationMs) }));
  return { zone: calendar.zone, items };
}

export async function listBusy(tx: Tx, hostId: string, range: Span, exceptMeetingId?: string): Promise<Span[]> {
  const rows = await tx.$queryRaw<{ start: Date; end: Date }[]>`
    select lower(during) as "start", upper(during) as "end" from busy_blocks
    where workspace_id = ${tx.workspaceId}::uuid and host_id = ${hostId}::uuid and released_at is null
      and (meeting_id is null or meeting_id is distinct from ${exceptMeetingId ?? null}::uuid)
      and during && tstzrange(${new Date(range.start)}, ${new Date(range.end)})`;
  return rows.map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() }));
}

function readHours(stored: unknown): WeeklyHours {
  const parsed = weeklyHours.safeParse(stored);
  return parsed.success ? parsed.data : {};
}
