import type { CampaignStep, StepInput } from "../schema.ts";

export type ChangedWait = { stepId: string; from: number; to: number };
type AnyStep = CampaignStep | StepInput;

/** The mails that stay, but come after more or fewer working days than before. The first mail waits for nobody. */
export function changedWaits(before: readonly CampaignStep[], after: readonly AnyStep[]): ChangedWait[] {
  const old = waitsBefore([...before].sort((a, b) => a.position - b.position));
  return [...waitsBefore(after)].flatMap(([stepId, to]) => {
    const from = old.get(stepId);
    return from === undefined || from === to ? [] : [{ stepId, from, to }];
  });
}

/** Mail → working days since the mail before it. */
function waitsBefore(steps: readonly AnyStep[]): Map<string, number> {
  const waits = new Map<string, number>();
  let [days, hasMail] = [0, false];
  for (const step of steps) {
    if (step.kind === "wait") days += step.config.workingDays;
    else {
      if (hasMail && step.id) waits.set(step.id, days);
      [days, hasMail] = [0, true];
    }
  }
  return waits;
}
