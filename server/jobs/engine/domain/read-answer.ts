import * as z from "zod";
import { invokeOpts, type Op, op, waitOpts } from "../schema.ts";
import { compile } from "./expressions.ts";
import { wakeAt } from "./retry-times.ts";

/** What came back from one call of a function. */
export type SdkAnswer = { status: number; noRetry: boolean | null; retryAfter: string | null; body: unknown };

/** A step that is out. In a race the first that ends lets the function go on. */
export type Step = { id: string; name: string; isRace: boolean };
export type FinishedStep = { id: string; name: string; op: string; data: unknown; error: unknown };
export type Failure = { error: unknown; isFinal: boolean; retryAfter: string | null };

/** The answer, sorted into what the engine has to do. */
export type Reading =
  | { kind: "returned"; finished: FinishedStep[]; output: unknown }
  | { kind: "threw"; failure: Failure }
  | {
      kind: "went-on";
      finished: FinishedStep[];
      planned: Step[];
      sleeping: (Step & { wakeAt: Date })[];
      waiting: (Step & { event: string; if: string | null; until: Date })[];
      invoking: (Step & { functionId: string; data: Record<string, unknown>; until: Date })[];
      /** a step that failed and is worth another attempt */
      failing: { step: { id: string; name: string }; failure: Failure } | null;
    };

const BREAKDOWN = { name: "Error", message: "The function could not be called." };

export function readAnswer(answer: SdkAnswer, now: Date): Reading {
  if (answer.status === 200) return { kind: "returned", finished: [], output: answer.body ?? null };
  if (answer.status !== 206) {
    return { kind: "threw", failure: { error: answer.body ?? BREAKDOWN, isFinal: answer.noRetry === true, retryAfter: answer.retryAfter } };
  }
  const ops = z.array(op).safeParse(answer.body);
  if (!ops.success || ops.data.length === 0) return { kind: "threw", failure: { error: BREAKDOWN, isFinal: false, retryAfter: null } };
  return readOps(ops.data, answer, now);
}

type WentOn = Extract<Reading, { kind: "went-on" }>;

function readOps(ops: readonly Op[], answer: SdkAnswer, now: Date): Reading {
  const reading: WentOn = { kind: "went-on", finished: [], planned: [], sleeping: [], waiting: [], invoking: [], failing: null };
  for (const entry of ops) {
    const step = { id: entry.id, name: stepName(entry), isRace: isRace(entry) };
    switch (entry.op) {
      case "RunComplete":
        return { kind: "returned", finished: reading.finished, output: entry.data ?? null };
      case "StepRun":
      case "Step":
      case "StepFailed":
        reading.finished.push(finishedStep(entry));
        break;
      case "StepPlanned":
        reading.planned.push(step);
        break;
      case "StepError":
        reading.failing = { step, failure: { error: entry.error, isFinal: false, retryAfter: answer.retryAfter } };
        break;
      default: {
        const problem = readPause(entry, step, reading, now);
        if (problem) return problem;
      }
    }
  }
  return reading;
}

/** Sleeps, waits and invocations. Returns the failure of a run that asks for what cannot be done. */
function readPause(entry: Op, step: Step, reading: WentOn, now: Date): Reading | null {
  const wake = entry.op === "Sleep" ? wakeAt(entry.name ?? "", now) : null;
  if (wake) {
    reading.sleeping.push({ ...step, wakeAt: wake });
    return null;
  }
  if (entry.op === "WaitForEvent") {
    const opts = waitOpts.parse(entry.opts ?? {});
    const event = entry.name ?? "";
    if (event === FINISHED) return unsupported(`step.waitForEvent("${FINISHED}")`);
    if (opts.if && !isReadable(opts.if)) return invalid(opts.if);
    reading.waiting.push({ ...step, event, if: opts.if || null, until: untilOf(opts.timeout, now) });
    return null;
  }
  if (entry.op === "InvokeFunction") {
    const opts = invokeOpts.parse(entry.opts);
    reading.invoking.push({ ...step, functionId: opts.function_id, data: opts.payload?.data ?? {}, until: untilOf(opts.timeout, now) });
    return null;
  }
  return unsupported(entry.op);
}

const FINISHED = "inngest/function.finished";
const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

function untilOf(timeout: string | null | undefined, now: Date): Date {
  return (timeout && wakeAt(timeout, now)) || new Date(now.getTime() + YEAR_MS);
}

function isReadable(expression: string): boolean {
  try {
    compile(expression);
    return true;
  } catch {
    return false;
  }
}

function invalid(expression: string): Reading {
  const error = { name: "InvalidExpression", message: `Wait for event If expression failed to compile: ${expression}` };
  return { kind: "threw", failure: { error, isFinal: true, retryAfter: null } };
}

export function finishedStep(entry: Op): FinishedStep {
  const failed = entry.op === "StepFailed";
  return {
    id: entry.id,
    name: stepName(entry),
    op: entry.op,
    data: failed ? null : (entry.data ?? null),
    error: failed ? (entry.error ?? BREAKDOWN) : null,
  };
}

function stepName(entry: Op): string {
  return entry.displayName ?? entry.name ?? entry.id;
}

function isRace(entry: Op): boolean {
  return typeof entry.opts === "object" && entry.opts !== null && Reflect.get(entry.opts, "parallelMode") === "race";
}

/** Only known when the function gets there: the run fails at once, and says by name why. */
function unsupported(feature: string): Reading {
  const error = { name: "UnsupportedError", message: `The embedded engine does not support ${FEATURE[feature] ?? feature}.` };
  return { kind: "threw", failure: { error, isFinal: true, retryAfter: null } };
}

const FEATURE: Record<string, string> = {
  WaitForSignal: "step.waitForSignal",
  AIGateway: "step.ai.infer",
  Gateway: "step.fetch",
};
