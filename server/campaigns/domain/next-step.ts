import type { CampaignStep } from "../schema.ts";

export type NextMail = { step: Extract<CampaignStep, { kind: "email" }>; waitWorkingDays: number };

/**
 * The mail that comes after a place in the campaign, and the working days between. Waits add up; a wait at the end leads nowhere.
 * `after` is null for somebody who just entered.
 */
export function nextMail(steps: readonly CampaignStep[], after: { position: number } | null): NextMail | null {
  let waitWorkingDays = 0;
  for (const step of [...steps].sort((a, b) => a.position - b.position)) {
    if (after !== null && step.position <= after.position) continue;
    if (step.kind === "email") return { step, waitWorkingDays };
    waitWorkingDays += step.config.workingDays;
  }
  return null;
}

/** What is wrong with a list of steps, in words; empty when a campaign can run with it. */
export function faultsOfSteps(steps: readonly Pick<CampaignStep, "kind" | "config">[]): string[] {
  const faults: string[] = [];
  const mails = steps.filter((step) => step.kind === "email");
  if (mails.length === 0) faults.push("Add at least one mail.");
  if (steps[0]?.kind === "wait") faults.push("Begin with a mail: people already wait for their hours.");
  if (steps.length > 0 && steps.at(-1)?.kind === "wait") faults.push("Remove the wait at the end, or add a mail after it.");
  steps.forEach((step, index) => {
    const next = steps[index + 1];
    if (step.kind === "email" && next?.kind === "email") faults.push(`Add a wait between mail ${index + 1} and the next.`);
  });
  const first = mails[0];
  if (first && "thread" in first.config && first.config.thread === "same")
    faults.push("The first mail begins a thread; it cannot answer in one.");
  return faults;
}
