import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { inngest } from "#server/jobs/client.ts";
import { endsOf, readEnd } from "#server/jobs/ended.ts";
import { withRetryPolicy } from "#server/jobs/errors.ts";
import { importFinished, scoringProfileSaved } from "#server/jobs/events.ts";
import { endRescore, finishRescore, rescoreSlice, startRescore } from "./commands/rescore-everybody.ts";
import { scoreImported } from "./commands/score-imported.ts";

const MOST_STEPS = 900;

export const rescoreEverybodyJob = inngest.createFunction(
  {
    id: "rescore-everybody",
    name: "Score everybody",
    triggers: [scoringProfileSaved],
    concurrency: { limit: 1, key: "event.data.workspaceId" },
  },
  async ({ event, step }) => {
    const workspaceId = workspaceFromEvent(event);
    const { progressId } = await step.run("start", () => withRetryPolicy(() => startRescore(workspaceId, null)));
    let at = { after: null as string | null, done: 0, changed: 0 };
    for (let stretch = 0; stretch < MOST_STEPS; stretch++) {
      const from = at;
      at = await step.run(`slice-${stretch}`, () => withRetryPolicy(() => rescoreSlice(workspaceId, { ...from, progressId })));
      if (at.after === null) break;
    }
    await step.run("finish", () => withRetryPolicy(() => finishRescore(workspaceId, progressId, at)));
  },
);

const rescoreEndedJob = inngest.createFunction(
  { id: "rescore-ended", name: "Scoring everybody ended early", triggers: endsOf("rescore-everybody") },
  ({ event, step }) => {
    const { how, asked } = readEnd(event);
    return step.run("say", () => withRetryPolicy(() => endRescore(workspaceFromEvent({ data: asked }), how)));
  },
);

export const scoreImportedJob = inngest.createFunction(
  { id: "score-imported", name: "Score an import", triggers: [importFinished], concurrency: { limit: 1, key: "event.data.importId" } },
  async ({ event, step }) => {
    const workspaceId = workspaceFromEvent(event);
    let after: string | null = null;
    for (let stretch = 0; stretch < MOST_STEPS; stretch++) {
      const from: string | null = after;
      after = await step.run(`slice-${stretch}`, () => withRetryPolicy(() => scoreImported(workspaceId, event.data.importId, from)));
      if (after === null) return;
    }
  },
);

export const scoringJobs = [rescoreEverybodyJob, rescoreEndedJob, scoreImportedJob];
