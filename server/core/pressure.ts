/** How hard the database is pressed by this process. Kept on the global object: proxy.ts is bundled apart from the rest. */
export type Pressure = {
  /** transactions that wait for a connection */
  waiting: number;
  /** when the last one could not begin at all, until one begins again */
  failedAt: number;
  /** requests that are being answered; counted by bin/lib/web-requests.mjs, 0 where another server hosts the pages */
  inFlight: number;
};

const KEY = Symbol.for("leadwright.pressure");
const MOST_WAITING = 160;
const MOST_IN_FLIGHT = 150;
const REFUSE_FOR_MS = 1_500;

export function pressure(): Pressure {
  const holder = globalThis as { [KEY]?: Pressure };
  holder[KEY] ??= { waiting: 0, failedAt: 0, inFlight: 0 };
  return holder[KEY];
}

/** The seconds after which a page may be asked for again, or null when there is room. One request finds out when it is over. */
export function secondsUntilRoom({ waiting, failedAt, inFlight }: Pressure, now: number): number | null {
  if (waiting >= MOST_WAITING || inFlight > MOST_IN_FLIGHT) return 3;
  return now - failedAt < REFUSE_FOR_MS ? 2 : null;
}
