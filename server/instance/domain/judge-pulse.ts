export type Finding = { id: string; sentence: string; isBad: boolean };

/** The worker's last sign of life and the clocks, all read at one moment. */
export type Pulse = {
  workerStartedAt: Date;
  at: Date;
  latest: Date;
  gapFrom: Date | null;
  gapTo: Date | null;
  /** of the database */
  now: Date;
  databaseStartedAt: Date;
};

const SILENT_MS = 60_000;
const CLOCK_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** `here` is the clock of the process that asks. */
export function judgePulse(pulse: Pulse, here: Date): Finding[] {
  const { workerStartedAt, at, latest, gapFrom, gapTo, now, databaseStartedAt } = pulse;
  const findings: Finding[] = [];
  const setBackMs = latest.getTime() - now.getTime();
  const silentMs = now.getTime() - at.getTime();
  if (silentMs > SILENT_MS)
    findings.push({
      id: "worker",
      sentence: `The worker has given no sign for ${span(silentMs)}: nothing is sent, read or imported until it runs again. Nothing is lost; start it, or restart Leadwright.`,
      isBad: true,
    });
  else if (gapFrom && gapTo && now.getTime() - gapTo.getTime() < DAY_MS)
    findings.push({
      id: "worker-stood-still",
      sentence: `The worker stood still for ${span(gapTo.getTime() - gapFrom.getTime())}, until ${span(Math.max(0, now.getTime() - gapTo.getTime()))} ago. What became due meanwhile is done since; nothing was lost.`,
      isBad: false,
    });
  if (setBackMs > CLOCK_MS)
    findings.push({
      id: "clock-set-back",
      sentence: `The clock of the database was set back by ${span(setBackMs)}. What waits for a time waits that much longer, and nothing is sent twice. Correct the clock.`,
      isBad: true,
    });
  const apartMs = Math.abs(now.getTime() - here.getTime());
  if (apartMs > CLOCK_MS)
    findings.push({
      id: "clocks-apart",
      sentence: `The clocks of the database and of this machine differ by ${span(apartMs)}. Correct the one that is wrong.`,
      isBad: true,
    });
  const upMs = now.getTime() - databaseStartedAt.getTime();
  if (databaseStartedAt.getTime() - workerStartedAt.getTime() > SILENT_MS / 2 && upMs < HOUR_MS)
    findings.push({
      id: "database-restarted",
      sentence: `The database was away and came back ${span(Math.max(0, upMs))} ago. Nothing that was committed is lost.`,
      isBad: false,
    });
  return findings;
}

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
