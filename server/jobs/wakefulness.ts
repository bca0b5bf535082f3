import type pg from "pg";
import { sealAudits } from "#server/audit/commands/seal-audits.ts";
import { logger } from "#server/core/logger.ts";
import { askForDue } from "./ask-due.ts";
import { relayOnce } from "./relay.ts";

const LOOK_FOR_DUE_MS = 1_000;
const SEAL_AUDIT_MS = 1_000;
const LOOK_AT_OUTBOX_MS = 5_000;
const RECONNECT_MS = 500;

/**
 * What keeps the worker awake: it listens for events that commit, looks into the outbox now and then in case an
 * announcement was lost, and each second for what has become due and for changes to seal. Outlives lost connections.
 */
export function startWakefulness(pool: pg.Pool): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const relay = oneAtATime(relayOnce, "the outbox could not be handed over");
  const due = oneAtATime(askForDue, "what is due could not be looked up");
  const seal = oneAtATime(sealAudits, "the audit could not be sealed");
  const timers = [setInterval(relay, LOOK_AT_OUTBOX_MS), setInterval(due, LOOK_FOR_DUE_MS), setInterval(seal, SEAL_AUDIT_MS)];
  const listening = listen(pool, signal, relay);
  return {
    stop: async () => {
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
      await Promise.all([listening, relay.settled(), due.settled(), seal.settled()]);
    },
  };
}

async function listen(pool: pg.Pool, signal: AbortSignal, heard: () => void): Promise<void> {
  while (!signal.aborted) {
    const lost = Promise.withResolvers<void>();
    let session: pg.PoolClient | undefined;
    try {
      session = await pool.connect();
      session.on("notification", heard);
      session.once("error", () => lost.resolve());
      session.once("end", () => lost.resolve());
      signal.addEventListener("abort", () => lost.resolve(), { once: true });
      await session.query("listen outbox");
      heard();
      await lost.promise;
    } catch (error) {
      logger.warn({ err: error }, "the worker cannot listen to the database");
    } finally {
      session?.release(true);
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}

/** Runs the work at most once at a time; what is asked meanwhile runs once more afterwards. */
function oneAtATime(work: () => Promise<unknown>, complaint: string): (() => void) & { settled: () => Promise<void> } {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await work().catch((error: unknown) => logger.warn({ err: error }, complaint));
    } while (again);
    running = undefined;
  };
  const ask = (): void => {
    if (running) again = true;
    else running = run();
  };
  return Object.assign(ask, { settled: async () => running });
}
