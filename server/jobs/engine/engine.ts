import { runOnce } from "graphile-worker";
import type { Inngest, InngestFunction } from "inngest";
import type pg from "pg";
import { logger } from "#server/core/logger.ts";
import { type EngineContext, TASK, transact } from "./context.ts";
import { type Instance, installQueue, quietLogger, recoverDead, startInstance } from "./instance.ts";
import { takeEvents } from "./intake.ts";
import { runJob } from "./run-job.ts";
import type { EngineEvent, EngineFunction } from "./schema.ts";
import { createSdkCaller } from "./sdk-call.ts";
import { createSdkFetch } from "./sdk-fetch.ts";
import { fireTimers, nextTimerAt } from "./timers.ts";
import { listenersOf } from "./triggers.ts";
import { forgetOld, healStuck, storeFunctions } from "./upkeep.ts";

const LONGEST_WAIT_MS = 15_000;
const LOOK_FOR_DEAD_MS = 2_000;
/** until the transaction of whoever hands events in has surely committed; when not, the longest wait finds its timers */
const COMMIT_MS = 100;
const GIVE_UP_MS = 1_000;
const HEAL_EVERY_MS = 60_000;
const FORGET_EVERY_MS = 60 * 60 * 1_000;

export type EngineOptions = {
  pool: pg.Pool;
  client: Inngest.Any;
  functions: InngestFunction.Any[];
  now?: () => Date;
  dice?: () => number;
};

/**
 * The embedded job engine: runs functions written against the `inngest` package, with its state in Postgres and
 * graphile-worker as its queue. docs/engine.md says how.
 */
export type Engine = {
  /** answers the SDK's own calls; give it to the client */
  fetch: typeof fetch;
  /** reads the functions' configurations and refuses what is not supported */
  register: () => Promise<EngineFunction[]>;
  /** takes events in within the caller's transaction (a connection of the engine's pool) */
  take: (tx: pg.ClientBase, events: readonly EngineEvent[]) => Promise<number>;
  send: (events: readonly EngineEvent[]) => Promise<number>;
  /** runs until stopped, through lost connections */
  start: () => Promise<void>;
  stop: () => Promise<void>;
  isRunning: () => boolean;
  /** gives jobs back to runs that lost theirs */
  heal: () => Promise<number>;
  /** for tests: fires what is due by the engine's clock and works until the queue is empty */
  drain: () => Promise<void>;
};

export function createEngine(options: EngineOptions): Engine {
  const caller = createSdkCaller(options.client, options.functions);
  const functions = new Map<string, EngineFunction>();
  const listeners = new Map<string, EngineFunction[]>();
  let wakeTimers: (at: Date) => void = () => undefined;
  const context: EngineContext = {
    pool: options.pool,
    now: options.now ?? (() => new Date()),
    dice: options.dice ?? Math.random,
    functions,
    listeners,
    call: caller.call,
    timerSet: (at) => wakeTimers(at),
    isStopping: () => stopping?.signal.aborted ?? false,
  };

  let instance: Instance | undefined;
  let stopping: AbortController | undefined;
  let loops: Promise<unknown> = Promise.resolve();

  async function register(): Promise<EngineFunction[]> {
    const read = await caller.readFunctions();
    functions.clear();
    listeners.clear();
    for (const fn of read) functions.set(fn.id, fn);
    for (const [event, listening] of listenersOf(read)) listeners.set(event, listening);
    return read;
  }

  async function start(): Promise<void> {
    await register();
    stopping = new AbortController();
    const { signal } = stopping;
    const first = Promise.withResolvers<void>();
    loops = Promise.all([
      keepInstance(signal, first.resolve),
      first.promise.then(() => timerLoop(signal)),
      first.promise.then(() => every(LOOK_FOR_DEAD_MS, signal, () => recoverDead(context))),
      first.promise.then(() => every(HEAL_EVERY_MS, signal, () => healStuck(context))),
      first.promise.then(() => every(FORGET_EVERY_MS, signal, () => forgetOld(context))),
    ]);
    await first.promise;
  }

  /** Keeps one instance alive; when its session or its runner is lost, the next one takes its jobs up. */
  async function keepInstance(signal: AbortSignal, started: () => void): Promise<void> {
    signal.addEventListener("abort", () => started());
    while (!signal.aborted) {
      try {
        await installQueue(context);
        await storeFunctions(context);
        instance = await startInstance(context);
        started();
        await Promise.race([instance.lost, aborted(signal)]);
        const ended = instance;
        instance = undefined;
        // Asked to stop: let running work finish. Lost: its jobs are taken up by the next one, whatever it still does.
        await Promise.race([ended.stop(), signal.aborted ? new Promise(() => undefined) : pause(GIVE_UP_MS, signal)]);
      } catch (error) {
        logger.warn({ err: error }, "the job engine could not start; trying again");
      }
      if (!signal.aborted) await pause(500, signal);
    }
  }

  async function timerLoop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let wakeAt = Date.now() + LONGEST_WAIT_MS;
      let early = Promise.withResolvers<void>();
      wakeTimers = (at) => {
        wakeAt = Math.min(wakeAt, at.getTime());
        early.resolve();
      };
      try {
        await fireTimers(context);
        const next = await nextTimerAt(context);
        if (next) wakeAt = Math.min(wakeAt, next.getTime());
      } catch (error) {
        wakeAt = Date.now() + 1_000;
        logger.warn({ err: error }, "timers could not be read");
      }
      while (!signal.aborted && Date.now() < wakeAt) {
        early = Promise.withResolvers();
        await pause(wakeAt - Date.now(), signal, early.promise);
      }
    }
  }

  return {
    fetch: createSdkFetch(() => context),
    register,
    take: (tx, events) =>
      takeEvents(tx, { ...context, timerSet: (at) => wakeTimers(new Date(Math.max(at.getTime(), Date.now() + COMMIT_MS))) }, events),
    send: (events) => transact(context, (tx, inside) => takeEvents(tx, inside, events)),
    start,
    stop: async () => {
      stopping?.abort();
      await loops;
    },
    isRunning: () => instance !== undefined,
    heal: () => healStuck(context),
    drain: async () => {
      await storeFunctions(context);
      do {
        await runOnce(
          { pgPool: options.pool, concurrency: 10, noHandleSignals: true, logger: quietLogger },
          { [TASK]: (payload) => runJob(context, payload) },
        );
      } while ((await fireTimers(context)) > 0);
    },
  };
}

async function every(ms: number, signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => logger.debug({ err: error }, "a periodic task of the engine failed"));
    await pause(ms, signal);
  }
}

function pause(ms: number, signal: AbortSignal, early?: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
    void early?.then(done);
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
