import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What is being done just now, a request or a call of a job function, gathered while it goes on and written as one line at its end.
 * `ids` stand on every line that is logged meanwhile.
 */
export type WideEvent = {
  ids: { requestId: string } | { runId: string };
  /** who and where: workspaceId, userId, keyId, procedure … */
  notes: Record<string, string | number | boolean | string[]>;
  transactions: number;
  /** from asking for a connection to the end of the transaction, all together */
  databaseMs: number;
};

/** Kept on the global object: the pages' bundle, the preload of web and the worker each have a copy of this file. */
const KEY = Symbol.for("leadwright.wide-event");
const holder = globalThis as { [KEY]?: AsyncLocalStorage<WideEvent> };
holder[KEY] ??= new AsyncLocalStorage<WideEvent>();
const open = holder[KEY];

export function currentEvent(): WideEvent | undefined {
  return open.getStore();
}

export function withEvent<T>(ids: WideEvent["ids"], work: (event: WideEvent) => T): T {
  const event: WideEvent = { ids, notes: {}, transactions: 0, databaseMs: 0 };
  return open.run(event, () => work(event));
}

/** Adds to the line of what is being done; nothing where nobody writes one. Ids and words of ours only. */
export function note(notes: WideEvent["notes"]): void {
  const event = open.getStore();
  if (event) Object.assign(event.notes, notes);
}

/** The calls of one request, each once, in their order. */
export function noteProcedure(path: string): void {
  const event = open.getStore();
  if (!event) return;
  const known = Array.isArray(event.notes.procedure) ? event.notes.procedure : [];
  if (!known.includes(path)) event.notes.procedure = [...known, path];
}

export function noteTransaction(ms: number): void {
  const event = open.getStore();
  if (!event) return;
  event.transactions += 1;
  event.databaseMs += ms;
}
