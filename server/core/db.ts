import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "#server/generated/prisma/client.ts";
import { translateDatabaseError as translate } from "./database-errors.ts";
import { type Entrance, enterWithBegin } from "./enter-with-begin.ts";
import { env } from "./env.ts";
import { AppError } from "./errors.ts";
import { openPool } from "./open-pool.ts";
import { pressure } from "./pressure.ts";
import { createStatementNames } from "./statement-names.ts";
import type { WorkspaceId } from "./tenancy.ts";
import { note, noteTransaction } from "./wide-event.ts";

/** A transaction inside one workspace. `now` is the workspace's instant when it began. */
export type Tx = Prisma.TransactionClient & { readonly workspaceId: WorkspaceId; readonly now: Date };
/** A transaction of server/auth, before a workspace is entered. */
export type IdentityTx = Prisma.TransactionClient;
/** A transaction that may only look for what is due and hand over the outbox. */
export type SweeperTx = Prisma.TransactionClient;

type Scope = { workspaceId: string | null; entrance?: Entrance };
const openScope = new AsyncLocalStorage<Scope>();

/** Who asks, for the history, and how far they see. */
type View = { userId: string; kind: "all" | "read" | "write"; isKey?: boolean };
const openView = new AsyncLocalStorage<View>();

/**
 * Every transaction of `work` is this person's. Of somebody who may not see everything (own, team or all: see docs/access.md), reads take
 * viewer_role; a write keeps app_role, because it must reach everything that it concerns, and what it names is checked before by
 * `refuseHidden`.
 */
export function asViewer<T>(view: View, work: () => Promise<T>): Promise<T> {
  note({ userId: view.userId });
  return openView.run(view, work);
}

/** True while an API key of this person asks, and not they themselves. */
export function isAskedByKey(): boolean {
  return openView.getStore()?.isKey ?? false;
}

const POOL_SIZE = { web: 8, worker: 12, other: 6 };
/** Raw connections beside them: the worker commits twice for every mail, several at once. */
const RAW_POOL_SIZE = { web: 4, worker: 14, other: 8 };
const NESTED = "A transaction was opened inside a transaction: pass tx on instead.";
const TRANSACTION = { maxWait: 8_000, timeout: 30_000 };

let client: PrismaClient | undefined;
let pool: pg.Pool | undefined;

function url(): string {
  if (!env.DATABASE_URL) throw new AppError("DATABASE_UNAVAILABLE", "No database is configured: start Leadwright with npm start.");
  return env.DATABASE_URL;
}

function poolSize(): number {
  return POOL_SIZE[processKind];
}
let processKind: keyof typeof POOL_SIZE = env.PROCESS_KIND;
/** Called once at the start of a process, before the first query. */
export function setProcessKind(kind: keyof typeof POOL_SIZE): void {
  processKind = kind;
}

/** A function host may sit behind a pooler that knows no named statements. */
function knowsNames(): boolean {
  return processKind !== "other";
}

function prisma(): PrismaClient {
  if (client) return client;
  // Reads of a page are asked at the same moment inside one transaction: `pipeline` sends them without waiting for each other's answers.
  const scopedPool = openPool("prisma", { connectionString: url(), max: poolSize(), pipeline: true });
  enterWithBegin(scopedPool, () => openScope.getStore()?.entrance);
  const names = knowsNames() ? { statementNameGenerator: createStatementNames() } : {};
  client = new PrismaClient({ adapter: new PrismaPg(scopedPool, { ...names, disposeExternalPool: true }) });
  return client;
}

/** Raw connections, for COPY, LISTEN and the job queue. They hold no rights until a role is taken with SET LOCAL ROLE. */
export function rawPool(): pg.Pool {
  pool ??= openPool("raw", { connectionString: url(), max: RAW_POOL_SIZE[processKind] });
  return pool;
}

/** A pool of its own for the job engine: every connection acts as engine_role, which reaches the queue and nothing else. */
export function createEnginePool(max: number): pg.Pool {
  return openPool("engine", { connectionString: url(), max, options: "-c role=engine_role", application_name: "engine" });
}

export async function closeDatabase(): Promise<void> {
  const [openClient, openPool] = [client, pool];
  client = undefined;
  pool = undefined;
  await openClient?.$disconnect();
  await openPool?.end();
}

/**
 * Prisma reads an instant as if it were told in UTC, whatever zone the server keeps. And whoever gives a statement up must not leave it
 * running: it would hold its connection and a core for as long as it takes.
 */
const SETTINGS = `set_config('timezone', 'UTC', true), set_config('statement_timeout', '${TRANSACTION.timeout}', true)`;
const ENTER_WORKSPACE = {
  name: "enter-workspace",
  text: `select set_config('role', $1, true), set_config('app.workspace_id', $2, true), set_config('app.viewer_id', $3, true),
    set_config('app.actor_id', $4, true), set_config('transaction_read_only', $5, true), ${SETTINGS}, workspace_now($2::uuid) as now`,
};
const ENTER_ROLE = { name: "enter-role", text: `select set_config('role', $1, true), ${SETTINGS}` };

/**
 * The one way to tenant data: a transaction whose first statement takes app_role and the workspace.
 * Nesting throws, because a second connection taken inside a transaction deadlocks a full pool.
 */
export async function inWorkspace<T>(
  workspaceId: WorkspaceId,
  work: (tx: Tx) => Promise<T>,
  { isReadOnly = false }: { isReadOnly?: boolean } = {},
): Promise<T> {
  const view = openView.getStore();
  const role = view?.kind === "read" ? "viewer_role" : "app_role";
  const viewerId = view && view.kind !== "all" ? view.userId : "";
  const values = [role, workspaceId, viewerId, view?.userId ?? "", isReadOnly ? "on" : "off"];
  return run({ workspaceId, by: ENTER_WORKSPACE, values }, (tx, rows) =>
    work(scoped(tx, { workspaceId, now: (rows[0]?.now as Date | undefined) ?? new Date() })),
  );
}

/** The workspace of the open transaction, for what is signed for it alone; null outside of one. */
export function openWorkspace(): string | null {
  return openScope.getStore()?.workspaceId ?? null;
}

/** Reads may share a transaction when this is the same: the workspace, and how far whoever asks sees. */
export function joinKeyOf(workspaceId: WorkspaceId): string {
  const view = openView.getStore();
  return `${workspaceId} ${view?.kind ?? ""} ${view?.userId ?? ""}`;
}

/** For server/core/shared-reads.ts alone: work inside a transaction that is open already. */
export function joinWorkspace<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  if (openScope.getStore()) throw new Error(NESTED);
  return openScope.run({ workspaceId: tx.workspaceId }, work);
}

/** For server/auth: users, memberships, invitations, keys. Sees no product table. */
export async function inIdentity<T>(work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return run({ workspaceId: null, by: ENTER_ROLE, values: ["identity_role"] }, work);
}

/** For the operator of the instance: the engine and how big workspaces are, no tenant row. */
export async function inOperator<T>(work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return run({ workspaceId: null, by: ENTER_ROLE, values: ["operator_role"] }, work);
}

/** For the relay and the sweeps: the due table and the outbox, across workspaces, nothing else. */
export async function inSweep<T>(work: (tx: SweeperTx) => Promise<T>): Promise<T> {
  return run({ workspaceId: null, by: ENTER_ROLE, values: ["sweeper_role"] }, work);
}

/** One raw connection inside one workspace: `read` may be asked any number of times, `finish` once, with the commit in the same round trip. */
export type RawScope = {
  read: (sql: string) => Promise<Record<string, unknown>[]>;
  finish: (sql: string) => Promise<Record<string, unknown>[]>;
};

/**
 * inWorkspace for the send ledger, whose two commits a message decide how many mails leave a second: same role, same scope, one or two
 * round trips. Without `finish` everything is rolled back. Values go through `sqlLiteral`.
 */
export async function inWorkspaceRaw<T>(workspaceId: WorkspaceId, work: (scope: RawScope) => Promise<T>): Promise<T> {
  if (openScope.getStore()) throw new Error(NESTED);
  const connection = await rawPool()
    .connect()
    .catch((error: unknown) => {
      throw translate(error);
    });
  let [isOpen, failure]: [boolean, unknown] = [false, undefined];
  const enter = `begin; select set_config('role', 'app_role', true), set_config('app.workspace_id', ${sqlLiteral(workspaceId)}, true), ${SETTINGS}; `;
  const ask = async (sql: string, skip: number) => {
    const prefix = isOpen ? "" : enter;
    const results = (await connection.query(`${prefix}${sql}`)) as unknown as pg.QueryResult | pg.QueryResult[];
    const list = Array.isArray(results) ? results : [results];
    const wanted = list[list.length - 1 - skip];
    isOpen = true;
    return (wanted?.rows ?? []) as Record<string, unknown>[];
  };
  try {
    return await openScope.run({ workspaceId }, () =>
      work({
        read: (sql) => ask(sql, 0),
        finish: async (sql) => {
          const rows = await ask(`${sql}; commit`, 1);
          isOpen = false;
          return rows;
        },
      }),
    );
  } catch (error) {
    failure = error;
    isOpen = true;
    throw translate(error);
  } finally {
    const isSane =
      !isOpen ||
      (await connection.query("rollback").then(
        () => true,
        () => false,
      ));
    connection.release(isSane ? undefined : failure instanceof Error ? failure : true);
  }
}

export function sqlLiteral(value: string | number | Date | null): string {
  if (value === null) return "null";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : value);
}

/** An array of one type, for a statement that takes a group of rows. */
export function sqlArray(values: readonly (string | number | Date | null)[], type: "uuid" | "text" | "int" | "timestamptz"): string {
  return `array[${values.map(sqlLiteral).join(",")}]::${type}[]`;
}

/** No port is called while a transaction is open. Adapters call this first. */
export function assertNoTransaction(what: string): void {
  const scope = openScope.getStore();
  if (scope) throw new Error(`${what} was called while a transaction was open: read, then call, then record.`);
}

type Entering = { workspaceId: string | null; by: { name: string; text: string }; values: string[] };

async function run<T>(
  { workspaceId, by, values }: Entering,
  work: (tx: Prisma.TransactionClient, entered: readonly Record<string, unknown>[]) => Promise<T>,
): Promise<T> {
  if (openScope.getStore()) throw new Error(NESTED);
  const [gauge, began] = [pressure(), performance.now()];
  if (workspaceId) note({ workspaceId });
  const entrance: Entrance = { statement: { text: by.text, values, ...(knowsNames() && { name: by.name }) } };
  let hasBegun = false;
  gauge.waiting += 1;
  const begun = async (tx: Prisma.TransactionClient): Promise<T> => {
    hasBegun = true;
    gauge.waiting -= 1;
    gauge.failedAt = 0;
    const entered = await entrance.entered;
    return work(tx, entered?.rows ?? []);
  };
  try {
    return await openScope.run({ workspaceId, entrance }, () => prisma().$transaction(begun, TRANSACTION));
  } catch (error) {
    if (!hasBegun) {
      gauge.waiting -= 1;
      gauge.failedAt = Date.now();
    }
    throw translate(error);
  } finally {
    noteTransaction(performance.now() - began);
  }
}

/** The same transaction after the workspace's clock was moved in it. */
export function atInstant(tx: Tx, now: Date): Tx {
  return scoped(tx, { workspaceId: tx.workspaceId, now });
}

function scoped(tx: Prisma.TransactionClient, scope: { workspaceId: WorkspaceId; now: Date }): Tx {
  // Over an empty object: over another proxy, each look would be checked against that one's properties.
  return new Proxy({} as Tx, {
    get: (_, key) => (key === "workspaceId" ? scope.workspaceId : key === "now" ? scope.now : Reflect.get(tx, key)),
  });
}

export { isExclusionViolation, isUniqueViolation } from "./database-errors.ts";
