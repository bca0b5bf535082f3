import * as z from "zod";
import { type Op, op } from "../schema.ts";
import { wakeAt } from "./retry-times.ts";

/** What came back from one call of a function. */
export type SdkAnswer = { status: number; noRetry: boolean | null; retryAfter: string | null; body: unknown };

export type FinishedStep = { id: string; name: string; op: string; data: unknown; error: unknown };
export type Failure = { error: unknown; isFinal: boolean; retryAfter: string | null };

/** The answer, sorted into what the engine has to do. */
export type Reading =
  | { kind: "returned"; finished: FinishedStep[]; output: unknown }
  | { kind: "threw"; failure: Failure }
  | {
      kind: "went-on";
      finished: FinishedStep[];
      planned: { id: string; name: string }[];
      sleeping: { id: string; name: string; wakeAt: Date }[];
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

function readOps(ops: readonly Op[], answer: SdkAnswer, now: Date): Reading {
  const finished: FinishedStep[] = [];
  const planned: { id: string; name: string }[] = [];
  const sleeping: { id: string; name: string; wakeAt: Date }[] = [];
  let failing: Extract<Reading, { kind: "went-on" }>["failing"] = null;
  for (const entry of ops) {
    const step = { id: entry.id, name: stepName(entry) };
    if (entry.op === "RunComplete") return { kind: "returned", finished, output: entry.data ?? null };
    if (isRace(entry)) return unsupported("a parallel race");
    const wake = entry.op === "Sleep" ? wakeAt(entry.name ?? "", now) : null;
    if (entry.op === "StepRun" || entry.op === "Step" || entry.op === "StepFailed") finished.push(finishedStep(entry));
    else if (entry.op === "StepPlanned") planned.push(step);
    else if (wake) sleeping.push({ ...step, wakeAt: wake });
    else if (entry.op === "StepError") failing = { step, failure: { error: entry.error, isFinal: false, retryAfter: answer.retryAfter } };
    else return unsupported(entry.op);
  }
  return { kind: "went-on", finished, planned, sleeping, failing };
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
  const error = { name: "UnsupportedError", message: `The embedded engine does not support ${FEATURE[feature] ?? feature} yet.` };
  return { kind: "threw", failure: { error, isFinal: true, retryAfter: null } };
}

const FEATURE: Record<string, string> = {
  WaitForEvent: "step.waitForEvent",
  InvokeFunction: "step.invoke",
  WaitForSignal: "step.waitForSignal",
  AIGateway: "step.ai.infer",
  Gateway: "step.fetch",
};
