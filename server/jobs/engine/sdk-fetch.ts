import { createHash } from "node:crypto";
import * as z from "zod";
import { failPoint } from "#server/core/fail-point.ts";
import { newId } from "#server/core/ids.ts";
import { type EngineContext, transact } from "./context.ts";
import { finishedStep } from "./domain/read-answer.ts";
import { takeEvents } from "./intake.ts";
import { handBack, recordCheckpoint } from "./record-steps.ts";
import { checkpointBody, type EngineEvent, sentEvent } from "./schema.ts";

const CHECKPOINT = /^\/v1\/checkpoint\/([0-9a-f-]{36})\/async$/;

/** Answers what the SDK calls by itself: events it sends, and steps it reports while it goes on. */
export function createSdkFetch(engine: () => EngineContext): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname.startsWith("/e/")) return takeSent(engine(), request);
    const runId = request.method === "POST" ? CHECKPOINT.exec(pathname)?.[1] : undefined;
    if (runId) return takeCheckpoint(engine(), runId, request);
    return Response.json({ error: `The embedded engine does not answer ${request.method} ${pathname}.` }, { status: 404 });
  };
}

async function takeSent(engine: EngineContext, request: Request): Promise<Response> {
  const body: unknown = await request.json();
  const sent = z.array(sentEvent).parse(Array.isArray(body) ? body : [body]);
  const seed = request.headers.get("x-inngest-event-id-seed");
  const now = engine.now().getTime();
  const events = sent.map((event, index): EngineEvent => {
    // The seed is the same when the SDK repeats a call, so the repetition is the same event.
    const id = event.id ?? (seed ? createHash("sha256").update(`${seed}:${index}`).digest("hex") : newId());
    return { id, name: event.name, data: z.record(z.string(), z.unknown()).catch({}).parse(event.data), ts: sentAt(event.ts, now) };
  });
  await transact(engine, (tx, inside) => takeEvents(tx, inside, events, { isDated: true }));
  return Response.json({ ids: events.map((event) => event.id), status: 200 });
}

/** The SDK stamps events with the machine's time; one that is dated ahead of it is meant for later. */
function sentAt(ts: number | undefined, now: number): number {
  return ts === undefined ? now : Math.round(now + (ts - Date.now()));
}

async function takeCheckpoint(engine: EngineContext, runId: string, request: Request): Promise<Response> {
  const body = checkpointBody.parse(await request.json());
  const known = body.steps.every((step) => step.op === "StepRun" || step.op === "Step" || step.op === "StepFailed");
  // Anything else comes back in the answer of the call itself, where it is applied together with what follows.
  if (!known) return Response.json({ error: "only finished steps" }, { status: 400 });
  const steps = body.steps.map(finishedStep);
  const isCurrent = await recordCheckpoint(engine.pool, { runId, dispatch: Number(body.qi_id), steps, at: engine.now() });
  failPoint("engine.after-checkpoint");
  const goesOn = isCurrent && !(engine.isStopping() && (await handBack(engine, { runId, dispatch: Number(body.qi_id) })));
  return goesOn ? Response.json({ data: null }) : Response.json({ error: "stale dispatch" }, { status: 409 });
}
