import { type StepInput, stepInput } from "../schema.ts";

/** The starter play: three mails, each with something new, in the recipient's working days. */
export function firstTouchSteps(): StepInput[] {
  return [
    { kind: "email", config: { thread: "new", intent: "introduce" } },
    { kind: "wait", config: { workingDays: 3 } },
    { kind: "email", config: { thread: "same", intent: "remind" } },
    { kind: "wait", config: { workingDays: 5 } },
    { kind: "email", config: { thread: "same", intent: "close" } },
  ].map((step) => stepInput.parse(step));
}
