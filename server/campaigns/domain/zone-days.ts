import { Temporal } from "temporal-polyfill";

// Zone mathematics on integers: an instant is epoch milliseconds, a civil day is the number of days since 1 January 1970. Temporal
// answers each question once; answers are remembered, because loops ask the same few thousand questions again and again.

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const MOST_REMEMBERED = 200_000;

const offsets = new Map<string, Map<number, number>>();
const instants = new Map<string, Map<number, number>>();

/** The zone's distance from UTC at this instant. Every change of a zone's clock falls on a quarter of an hour. */
function zoneOffset(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER_MS);
  return remembered(offsets, zone, quarter, () => {
    const instant = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS);
    return instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
  });
}

/** The civil day in the zone at this instant. */
export function dayAt(zone: string, at: number): number {
  return Math.floor((at + zoneOffset(zone, at)) / DAY_MS);
}

/** Minutes since local midnight at this instant. */
function minutesAt(zone: string, at: number): number {
  return Math.floor(mod(at + zoneOffset(zone, at), DAY_MS) / 60_000);
}

/** The instant of a wall-clock time. A time that a spring night skips moves forward; of one that an autumn night repeats, the first counts. */
export function instantOf(zone: string, day: number, minutes: number): number {
  return remembered(instants, zone, day * 1440 + minutes, () => {
    const wall = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS + minutes * 60_000)
      .toZonedDateTimeISO("UTC")
      .toPlainDateTime();
    return wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
  });
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: number): number {
  return mod(day + 3, 7) + 1;
}

export function isoDay(day: number): string {
  return Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
    .toString()
    .slice(0, 10);
}

export function parseIsoDay(iso: string): number {
  return Math.round(Temporal.Instant.from(`${iso}T00:00:00Z`).epochMilliseconds / DAY_MS);
}

/** "09:30" → 570 */
export function parseClock(clock: string): number {
  const [hours, minutes] = clock.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** Whether this machine knows the zone; files contain all sorts of words. */
export function isKnownZone(zone: string): boolean {
  return (
    remembered(known, zone, 0, () => {
      try {
        Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
        return 1;
      } catch {
        return 0;
      }
    }) === 1
  );
}
const known = new Map<string, Map<number, number>>();

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Tue 3 Mar" */
export function dayInWords(day: number): string {
  const [, month = "01", date = "01"] = isoDay(day).split("-");
  return `${WEEKDAYS[weekdayOf(day) - 1]} ${Number(date)} ${MONTHS[Number(month) - 1]}`;
}

/** "19:40" on the wall in that zone. */
export function clockInWords(zone: string, at: number): string {
  const minutes = minutesAt(zone, at);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** "Europe/Lisbon" → "Lisbon" */
export function cityOfZone(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

function remembered(memory: Map<string, Map<number, number>>, zone: string, key: number, ask: () => number): number {
  const ofZone = memory.get(zone) ?? new Map<number, number>();
  if (ofZone.size === 0) memory.set(zone, ofZone);
  const hit = ofZone.get(key);
  if (hit !== undefined) return hit;
  if (ofZone.size > MOST_REMEMBERED) ofZone.clear();
  const answer = ask();
  ofZone.set(key, answer);
  return answer;
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
