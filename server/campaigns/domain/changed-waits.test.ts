import { describe, expect, it } from "vitest";
import type { CampaignStep, StepInput } from "../schema.ts";
import { changedWaits } from "./changed-waits.ts";

const mail = (id: string, position: number): CampaignStep => ({
  id,
  lineageId: id,
  position,
  kind: "email",
  config: { thread: "same", intent: "remind", instruction: "", subject: null },
});
const wait = (workingDays: number, position: number): CampaignStep => ({
  id: `w${position}`,
  lineageId: `w${position}`,
  position,
  kind: "wait",
  config: { workingDays },
});
const steps = [mail("a", 1), wait(3, 2), mail("b", 3), wait(5, 4), mail("c", 5)];

describe("changedWaits", () => {
  it("finds nothing where only words, ids of waits or their number changed", () => {
    const split: StepInput[] = [steps[0], wait(1, 2), wait(2, 3), steps[2], steps[3], steps[4]].map((step) => step as StepInput);
    expect(changedWaits(steps, split)).toEqual([]);
  });

  it.each([
    ["longer", [mail("a", 1), wait(4, 2), mail("b", 3), wait(5, 4), mail("c", 5)], [{ stepId: "b", from: 3, to: 4 }]],
    ["removed", [mail("a", 1), mail("b", 3), wait(5, 4), mail("c", 5)], [{ stepId: "b", from: 3, to: 0 }]],
    ["the mail between removed", [mail("a", 1), wait(3, 2), wait(5, 4), mail("c", 5)], [{ stepId: "c", from: 5, to: 8 }]],
    ["now the first", [mail("b", 1), wait(3, 2), mail("c", 5)], [{ stepId: "c", from: 5, to: 3 }]],
  ])("sees a wait that is %s", (_what, after, found) => expect(changedWaits(steps, after)).toEqual(found));
});
