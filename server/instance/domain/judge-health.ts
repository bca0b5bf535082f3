import { type Finding, judgePulse, type Pulse } from "./judge-pulse.ts";

export type HealthFacts = {
  kind: "embedded" | "inngest";
  workers: number;
  lagMs: number;
  failedInADay: number;
  freeBytes: number | null;
  /** Null before a worker ever ran. */
  pulse: Pulse | null;
  /** of the process that asks */
  here: Date;
};

const LAG_NOTED_MS = 60_000;
const LAG_BAD_MS = 10 * 60_000;
const FREE_NOTED = 5e9;
const FREE_BAD = 5e8;
const FULL = 32e6;

/** What whoever runs the instance should know, the worst first. */
export function judgeHealth(facts: HealthFacts): Finding[] {
  const { kind, workers, lagMs, failedInADay, freeBytes } = facts;
  const findings: Finding[] = facts.pulse ? judgePulse(facts.pulse, facts.here) : [];
  const isSilent = findings.some((finding) => finding.id === "worker");
  if (kind === "embedded" && workers === 0 && !isSilent)
    findings.push({
      id: "worker",
      sentence: "No worker runs: nothing is sent, read or imported until one does. Nothing is lost.",
      isBad: true,
    });
  if (freeBytes !== null && freeBytes < FREE_NOTED)
    findings.push({
      id: "disk",
      sentence:
        freeBytes < FULL
          ? "The disk of the data folder is full: nothing new can be stored. Nothing was lost; free some space, and Leadwright goes on by itself."
          : `${Math.round(freeBytes / 1e6).toLocaleString("en-GB")} MB are free on the disk of the data folder.`,
      isBad: freeBytes < FREE_BAD,
    });
  if (lagMs > LAG_NOTED_MS)
    findings.push({
      id: "lag",
      sentence: `The oldest waiting job has waited ${Math.round(lagMs / 60_000)} minutes.`,
      isBad: lagMs > LAG_BAD_MS,
    });
  if (failedInADay > 0)
    findings.push({
      id: "failed",
      sentence: `${failedInADay === 1 ? "1 job has" : `${failedInADay} jobs have`} failed in the last 24 hours. Each workspace sees its own under Jobs.`,
      isBad: false,
    });
  return findings.toSorted((a, b) => Number(b.isBad) - Number(a.isBad));
}
