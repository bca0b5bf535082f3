import type { Metadata } from "next";
import { isTimeZone } from "#server/meetings/schema.ts";
import { refusalOf } from "#server/trpc/refusal.ts";
import { getQueryClient, trpc } from "#server/trpc/rsc.tsx";
import { BookingFrame, BookingNotice, problemWords } from "@/components/booking/booking-frame";
import { DetailsForm } from "@/components/booking/details-form";
import { SlotDays } from "@/components/booking/slot-days";
import { nearestTo, weekOfSlots } from "@/components/booking/week-of-slots";
import { ZoneForm } from "@/components/booking/zone-form";
import { formatInstant, formatTime, formatTimeThere, placeOf } from "@/components/ui/time/format";

export const metadata: Metadata = { title: "Book a meeting", robots: { index: false } };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Public: a week of free times in the visitor's zone, then a plain form. No account. */
export default async function BookPage({ params, searchParams }: Props) {
  const [{ slug }, search] = await Promise.all([params, searchParams]);
  const one = (key: string) => (typeof search[key] === "string" ? search[key] : undefined);
  const linkToken = one("l");
  const found = await getQueryClient()
    .fetchQuery(trpc.booking.page.queryOptions({ slug, ...(linkToken && { linkToken: linkToken.slice(0, 400) }) }))
    .catch((error: unknown) => refusalOf(error, "There is no booking page at this address. Ask the person who sent it for a new link."));
  if (typeof found === "string") {
    return (
      <BookingFrame aside={<h1 className="text-xl font-semibold">Book a meeting</h1>}>
        <p>{found}</p>
      </BookingFrame>
    );
  }
  const { page, prefill } = found;
  const stated = one("zone");
  const zone = [stated, prefill?.zone, page.hostZone].find((each) => each && isTimeZone(each)) ?? "UTC";
  const { items } = await getQueryClient().fetchQuery(trpc.booking.slots.queryOptions({ slug }));
  const link = (more: Record<string, string>) =>
    `/book/${slug}?${new URLSearchParams({ ...(stated && { zone }), ...(linkToken && { l: linkToken }), ...more })}`;
  const wanted = one("at") && !Number.isNaN(Date.parse(one("at") ?? "")) ? new Date(one("at") ?? "") : null;
  const isFree = wanted !== null && items.some((slot) => slot.startsAt.getTime() === wanted.getTime());
  const week = weekOfSlots(items, zone, Number(one("week") ?? 0));
  const problem = problemWords(one("problem"));

  const aside = (
    <>
      <p className="text-sm text-muted">{page.company}</p>
      <h1 className="text-xl font-semibold">
        <bdi>{page.name}</bdi>
      </h1>
      <p className="mt-1">
        <bdi>with {page.hostName}</bdi>
      </p>
      <ul className="mt-3 grid gap-1 text-sm text-muted">
        <li>{page.durationMinutes} minutes</li>
        <li className="[overflow-wrap:anywhere]">
          <bdi>{page.place}</bdi>
        </li>
        <li>
          Host's time: {formatTime(page.now, page.hostZone)} in {placeOf(page.hostZone)}
        </li>
      </ul>
      {!isFree && (
        <ZoneForm
          zone={zone}
          isStated={stated !== undefined}
          zones={Intl.supportedValuesOf("timeZone")}
          kept={{ ...(linkToken && { l: linkToken }) }}
        />
      )}
    </>
  );
  return (
    <BookingFrame aside={aside}>
      {problem && <BookingNotice tone="attention">{problem}</BookingNotice>}
      {wanted && isFree ? (
        <>
          <h2 className="mb-4 text-lg font-semibold">
            {formatInstant(wanted, zone, page.now)}, {placeOf(zone)}
            {formatInstant(wanted, zone) !== formatInstant(wanted, page.hostZone) && (
              <span className="block text-sm font-normal text-muted">
                {formatTimeThere(wanted, page.hostZone, zone)} in {placeOf(page.hostZone)}, where {page.hostName} is
              </span>
            )}
          </h2>
          <DetailsForm
            slug={slug}
            at={wanted}
            zone={zone}
            linkToken={linkToken}
            prefill={prefill}
            question={page.question}
            backHref={link({})}
          />
        </>
      ) : (
        <>
          {wanted && (
            <BookingNotice tone="attention">
              {formatInstant(wanted, zone, page.now)} was just taken.{" "}
              {items.length > 0 && (
                <>
                  Nearest free:{" "}
                  {nearestTo(items, wanted).map(({ startsAt }, index) => (
                    <span key={startsAt.toISOString()}>
                      {index > 0 && ", "}
                      <a className="underline" href={link({ zone, at: startsAt.toISOString() })}>
                        {formatInstant(startsAt, zone, page.now)}
                      </a>
                    </span>
                  ))}
                  .
                </>
              )}
            </BookingNotice>
          )}
          {week.pages === 0 ? (
            <p>
              No times in the next {page.horizonDays} days. Write to <bdi>{page.hostName}</bdi>.
            </p>
          ) : (
            <>
              <h2 className="mb-4 text-lg font-semibold">Pick a time</h2>
              <SlotDays slots={week.shown} zone={zone} now={page.now} hrefOf={(at) => link({ zone, at: at.toISOString() })} />
              <nav aria-label="Weeks" className="mt-6 flex justify-between text-sm">
                {week.page > 0 ? (
                  <a className="py-2 text-accent hover:underline" href={link({ week: String(week.page - 1) })}>
                    Earlier
                  </a>
                ) : (
                  <span />
                )}
                {week.page < week.pages - 1 && (
                  <a className="py-2 text-accent hover:underline" href={link({ week: String(week.page + 1) })}>
                    Later
                  </a>
                )}
              </nav>
            </>
          )}
        </>
      )}
    </BookingFrame>
  );
}
