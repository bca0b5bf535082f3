import type { Metadata } from "next";
import { isTimeZone, type MeetingState } from "#server/meetings/schema.ts";
import { refusalOf } from "#server/trpc/refusal.ts";
import { getQueryClient, trpc } from "#server/trpc/rsc.tsx";
import { BookingFrame, BookingNotice, problemWords, wordsOf } from "@/components/booking/booking-frame";
import { SlotDays } from "@/components/booking/slot-days";
import { nearestTo, weekOfSlots } from "@/components/booking/week-of-slots";
import { formatInstant, formatTimeThere, placeOf } from "@/components/ui/time/format";

export const metadata: Metadata = { title: "Your meeting", robots: { index: false }, referrer: "same-origin" };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADINGS: Record<MeetingState, string> = {
  held_for_approval: "Waiting for approval",
  confirmed: "Confirmed",
  moved: "Moved",
  cancelled: "Cancelled",
  needs_outcome: "This meeting is over",
  held: "This meeting took place",
  no_show: "This meeting is over",
};
const DONE: Record<string, string> = {
  booked: "Your meeting is booked. The invitation is on its way to you.",
  moved: "Your meeting has moved. An update is on its way to you.",
  cancelled: "Your meeting is cancelled. Nobody waits for you.",
};
const BUTTON = "flex h-11 items-center justify-center rounded-control border border-control px-4 text-base";

/** The meeting's own page: see, move, cancel. Everything works without script. */
export default async function ManagePage({ params, searchParams }: Props) {
  const [{ token }, search] = await Promise.all([params, searchParams]);
  const one = (key: string) => (typeof search[key] === "string" ? search[key] : undefined);
  const meeting = await getQueryClient()
    .fetchQuery(trpc.booking.managed.queryOptions({ token }))
    .catch((error: unknown) => refusalOf(error, "This link does not belong to a meeting. Look for the newest mail about it."));
  if (typeof meeting === "string") {
    return (
      <BookingFrame aside={<h1 className="text-xl font-semibold">Your meeting</h1>}>
        <p>{meeting}</p>
      </BookingFrame>
    );
  }
  const zone = isTimeZone(one("zone") ?? "") ? (one("zone") ?? meeting.attendeeZone) : meeting.attendeeZone;
  const canChange = meeting.state === "confirmed" || meeting.state === "moved";
  const here = `/book/manage/${token}`;
  const said = wordsOf(DONE, one("done"));
  const problem = problemWords(one("problem"));
  const isMoving = canChange && one("move") === "1";
  const wanted = isMoving && !Number.isNaN(Date.parse(one("at") ?? "")) ? new Date(one("at") ?? "") : null;
  const slots = isMoving ? await getQueryClient().fetchQuery(trpc.booking.moveSlots.queryOptions({ token })) : [];
  const isFree = wanted !== null && slots.some((slot) => slot.startsAt.getTime() === wanted.getTime());
  const week = weekOfSlots(slots, zone, Number(one("week") ?? 0));
  const say = (at: Date) => `${formatInstant(at, zone, meeting.now)}, ${placeOf(zone)}`;

  const aside = (
    <>
      <h1 className="text-xl font-semibold">
        <bdi>{meeting.title}</bdi>
      </h1>
      <p className="mt-1">
        <bdi>with {meeting.hostName}</bdi>
      </p>
      <p className="mt-3 text-sm [overflow-wrap:anywhere] text-muted">
        <bdi>{meeting.place}</bdi>
      </p>
    </>
  );
  return (
    <BookingFrame aside={aside}>
      {said && !problem && <BookingNotice tone="good">{said}</BookingNotice>}
      {problem && <BookingNotice tone="attention">{problem}</BookingNotice>}
      {isMoving ? (
        wanted && isFree ? (
          <form method="post" action="/api/book" className="grid gap-4">
            <input type="hidden" name="act" value="move" />
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="at" value={wanted.toISOString()} />
            <p className="text-lg">
              From {say(meeting.startsAt)} to <strong>{say(wanted)}</strong>
            </p>
            <div className="flex flex-wrap items-center gap-4">
              <button type="submit" className="h-11 rounded-control bg-accent px-4 text-base font-medium text-on-accent">
                Move meeting
              </button>
              <a href={`${here}?move=1`} className="text-accent hover:underline">
                Pick another time
              </a>
            </div>
          </form>
        ) : (
          <>
            {wanted && (
              <BookingNotice tone="attention">
                {say(wanted)} was just taken.
                {slots.length > 0 &&
                  ` Nearest free: ${nearestTo(slots, wanted)
                    .map((slot) => formatInstant(slot.startsAt, zone, meeting.now))
                    .join(", ")}.`}
              </BookingNotice>
            )}
            <h2 className="mb-4 text-lg font-semibold">Move to</h2>
            {week.pages === 0 ? (
              <p>
                There are no other times now. Write to <bdi>{meeting.hostName}</bdi>.
              </p>
            ) : (
              <SlotDays slots={week.shown} zone={zone} now={meeting.now} hrefOf={(at) => `${here}?move=1&at=${at.toISOString()}`} />
            )}
            <nav aria-label="Weeks" className="mt-6 flex flex-wrap gap-6 text-sm">
              <a className="py-2 text-accent hover:underline" href={here}>
                Keep {say(meeting.startsAt)}
              </a>
              {week.page > 0 && (
                <a className="py-2 text-accent hover:underline" href={`${here}?move=1&week=${week.page - 1}`}>
                  Earlier times
                </a>
              )}
              {week.page < week.pages - 1 && (
                <a className="py-2 text-accent hover:underline" href={`${here}?move=1&week=${week.page + 1}`}>
                  Later times
                </a>
              )}
            </nav>
          </>
        )
      ) : (
        <div className="grid gap-4">
          <p className="text-sm text-muted">{HEADINGS[meeting.state]}</p>
          <h2 className={`text-lg font-semibold ${meeting.state === "cancelled" ? "line-through" : ""}`}>
            {say(meeting.startsAt)}
            {formatInstant(meeting.startsAt, zone) !== formatInstant(meeting.startsAt, meeting.hostZone) && (
              <span className="block text-sm font-normal text-muted">
                {formatTimeThere(meeting.startsAt, meeting.hostZone, zone)} in {placeOf(meeting.hostZone)}
              </span>
            )}
          </h2>
          <p className="text-sm text-muted [overflow-wrap:anywhere]">
            <bdi>{meeting.attendeeName}</bdi> · {meeting.attendeeEmail}
          </p>
          {canChange && (
            <>
              <div className="flex flex-wrap gap-3">
                <a className={BUTTON} href={`/api/book/calendar?token=${token}`}>
                  Add to calendar
                </a>
                <a className={BUTTON} href={`${here}?move=1`}>
                  Move meeting
                </a>
                <a className={BUTTON} href={`${here}?cancel=1`}>
                  Cancel meeting
                </a>
              </div>
              {one("cancel") === "1" && (
                <form method="post" action="/api/book" className="grid gap-3 border-t border-line pt-4">
                  <input type="hidden" name="act" value="cancel" />
                  <input type="hidden" name="token" value={token} />
                  <p>
                    Cancel this meeting? <bdi>{meeting.hostName}</bdi> is told.
                  </p>
                  <div className="flex flex-wrap items-center gap-4">
                    <button type="submit" className="h-11 rounded-control border border-control px-4 text-base text-bad">
                      Cancel meeting
                    </button>
                    <a href={here} className="text-accent hover:underline">
                      Keep it
                    </a>
                  </div>
                </form>
              )}
            </>
          )}
          {!canChange && meeting.slug && (
            <a className="text-accent hover:underline" href={`/book/${meeting.slug}`}>
              Book another time
            </a>
          )}
        </div>
      )}
    </BookingFrame>
  );
}
