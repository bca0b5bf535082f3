import type { GuideStep } from "../schema.ts";

/** What has been done in a pretend workspace; `looked` is how far the newcomer pressed Next on steps that only ask to look. */
export type Done = {
  leads: number;
  approved: number;
  started: number;
  replies: number;
  readReplies: number;
  meetings: number;
  days: number;
  looked: number;
};

type Step = { key: GuideStep; sentence: string; link: (nadiaId: string | null) => string; isDone: (done: Done) => boolean };

const STEPS: readonly Step[] = [
  {
    key: "load-list",
    sentence: "Load the sample list, or drop your own CSV",
    link: () => "/leads/import",
    isDone: (done) => done.leads > 0,
  },
  {
    key: "why-score",
    sentence: "Look at why Nadia Rossi is an A",
    link: (nadiaId) => (nadiaId ? `/leads/${nadiaId}` : "/leads"),
    isDone: (done) => done.looked >= 1 || done.started > 0,
  },
  {
    key: "start-campaign",
    sentence: "Add everybody to First touch and start it",
    link: () => "/campaigns",
    isDone: (done) => done.approved > 0 || done.started > 0,
  },
  {
    key: "read-drafts",
    sentence: "Read three drafts; hover a sentence to see its source, then approve those that pass and press +1 day",
    link: () => "/campaigns/drafts",
    isDone: (done) => done.started > 0,
  },
  {
    key: "open-inbox",
    sentence: "Open the inbox and see how each answer was understood",
    link: () => "/inbox?view=all",
    isDone: (done) => done.readReplies > 0 || done.meetings > 0,
  },
  {
    key: "send-answer",
    sentence: "Send the suggested answer to Nadia and press +1 hour",
    link: () => "/inbox",
    isDone: (done) => done.meetings > 0,
  },
  {
    key: "run-month",
    sentence: "Press Run 30 days and look at the week's numbers",
    link: () => "/reports",
    isDone: (done) => done.days >= 25,
  },
  {
    key: "make-real",
    sentence: "Make it real: copy offer, scoring and campaigns into a live workspace",
    link: () => "/start/real",
    isDone: () => false,
  },
];

export function currentStep(done: Done): Step {
  return STEPS.find((step) => !step.isDone(done)) ?? (STEPS.at(-1) as Step);
}
