import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import type { OpenApiMeta } from "trpc-to-openapi";
import * as z from "zod";
import { can, lowestRoleFor, type Permission, type Role, roleNames, seesEverything } from "#server/auth/constants.ts";
import { translateDatabaseError } from "#server/core/database-errors.ts";
import { asViewer, inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError, type AppErrorCode } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { noteProcedure } from "#server/core/wide-event.ts";
import { refuseHidden } from "#server/teams/queries/refuse-hidden.ts";
import type { Actor, TrpcContext } from "./context.ts";

const TRPC_CODE = {
  INVALID_INPUT: "BAD_REQUEST",
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  INVALID_STATE: "PRECONDITION_FAILED",
  QUOTA_EXCEEDED: "TOO_MANY_REQUESTS",
  TOO_LARGE: "PAYLOAD_TOO_LARGE",
  DATABASE_UNAVAILABLE: "SERVICE_UNAVAILABLE",
  PROVIDER_UNAVAILABLE: "BAD_GATEWAY",
  PROVIDER_REJECTED: "BAD_GATEWAY",
} as const satisfies Record<AppErrorCode, TRPCError["code"]>;

const UNEXPECTED = "Something failed on our side. Nothing was half-written; try again.";

const t = initTRPC
  .context<TrpcContext>()
  .meta<OpenApiMeta & { isOneTransaction?: boolean }>()
  .create({
    transformer: superjson,
    errorFormatter({ shape, error }) {
      const appError = error.cause instanceof AppError ? error.cause : null;
      const issues =
        error.cause instanceof z.ZodError
          ? error.cause.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }))
          : null;
      const message = issues
        ? (issues[0]?.message ?? "The input is not valid.")
        : error.code === "INTERNAL_SERVER_ERROR" && !appError
          ? UNEXPECTED
          : shape.message;
      return {
        ...shape,
        message,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          appCode: appError?.code ?? null,
          issues,
          retryAfterMs: appError?.retryAfterMs ?? null,
        },
      };
    },
  });

export const createRouter = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Domain code throws AppError and never learns about tRPC. What nobody expected is logged and said without detail. */
const translateErrors = t.middleware(async ({ next, path }) => {
  noteProcedure(path);
  const result = await next();
  if (result.ok) return result;
  const cause = result.error.code === "INTERNAL_SERVER_ERROR" ? translateDatabaseError(result.error.cause) : result.error.cause;
  if (cause instanceof AppError) throw new TRPCError({ code: TRPC_CODE[cause.code], message: cause.message, cause });
  if (result.error.code === "INTERNAL_SERVER_ERROR") logger.error({ err: cause ?? result.error, procedure: path }, "procedure failed");
  return result;
});

/** For what fails before a procedure is reached. */
export function rethrowTranslated(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  throw new TRPCError({ code: TRPC_CODE[error.code], message: error.message, cause: error });
}

/** Nobody needs to be signed in. */
export const publicProcedure = t.procedure.use(translateErrors);

/** A signed-in person, whatever workspace. */
export const personProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.actor?.kind !== "person") throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  return next({ ctx: { signedIn: ctx.actor.signedIn, userId: ctx.actor.signedIn.userId, membership: ctx.actor.membership } });
});

/** A signed-in person with their session: for what they change about signing in themselves. */
export const sessionProcedure = personProcedure.use(async ({ ctx, next }) => {
  const session = await ctx.session?.();
  if (!session || session.userId !== ctx.userId) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  return next({ ctx: { sessionId: session.sessionId } });
});

/** Somebody who proved the first step of signing in and owes the second. */
export const pendingProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const session = await ctx.session?.();
  if (!session?.pending) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  return next({ ctx: { sessionId: session.sessionId, userId: session.userId } });
});

/** The person who claimed the instance. */
export const operatorProcedure = personProcedure.use(({ ctx, next }) => {
  if (!ctx.signedIn.isOperator) throw new AppError("FORBIDDEN", "Only the person who claimed this Leadwright can do this.");
  return next();
});

export type WorkspaceContext = {
  workspaceId: WorkspaceId;
  userId: string;
  role: Role;
  actorKind: "person" | "api_key";
};

/** The one gate: procedures pass it, and so do the routes beside them that stream. */
export function authorise(actor: Actor | null, permission: Permission): WorkspaceContext {
  if (!actor) throw new AppError("UNAUTHENTICATED", "Sign in, or send an API key.");
  if (actor.kind === "api_key") {
    const { holder } = actor;
    const hasScope = holder.scopes.includes("*") || holder.scopes.includes(permission);
    if (!hasScope) throw new AppError("FORBIDDEN", `This API key lacks the scope ${permission}.`);
    if (!can(holder.role, permission)) throw new AppError("FORBIDDEN", "The person who made this API key may no longer do this.");
    return { workspaceId: holder.workspaceId, userId: holder.userId, role: holder.role, actorKind: "api_key" };
  }
  const { membership, signedIn } = actor;
  if (!membership) throw new AppError("FORBIDDEN", "You are not a member of this workspace.");
  if (membership.needsSecondStep)
    throw new AppError("FORBIDDEN", "This workspace asks for a second step when signing in. Set it up first.");
  if (!can(membership.role, permission)) throw new AppError("FORBIDDEN", `Only ${roleNames[lowestRoleFor(permission)]} can do this.`);
  return { workspaceId: membership.workspaceId, userId: signedIn.userId, role: membership.role, actorKind: "person" };
}

/** Carries a failed result out of the transaction, so that the database rolls back. */
class RolledBack extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super("rolled back");
    this.result = result;
  }
}

/** A procedure without a transaction: for use cases, which open short ones around port calls. */
export function useCase(permission: Permission) {
  return publicProcedure.use(async ({ ctx, next, type, getRawInput }) => {
    const caller = authorise(ctx.actor, permission);
    const kind = seesEverything(caller.role) ? "all" : type === "mutation" ? "write" : "read";
    return asViewer({ userId: caller.userId, kind, isKey: caller.actorKind === "api_key" }, async () => {
      if (kind === "write") await refuseHidden(caller.workspaceId, await getRawInput());
      return next({ ctx: caller });
    });
  });
}

function inTransaction(permission: Permission) {
  return useCase(permission)
    .meta({ isOneTransaction: true })
    .use(async ({ ctx, next, type }) => {
      // An expected failure of a read leaves nothing to roll back, and the other reads of its transaction alone.
      const isDone = (result: { ok: boolean; error?: TRPCError }) =>
        result.ok || (type === "query" && result.error?.cause instanceof AppError);
      const work = async (tx: Tx) => {
        const result = await next({ ctx: { tx } });
        if (!isDone(result)) throw new RolledBack(result);
        if (type === "mutation" && result.ok) await ctx.settle?.(tx, result.data);
        return result;
      };
      try {
        if (type !== "query") return await inWorkspace(ctx.workspaceId, work);
        return await (ctx.reads ? ctx.reads.read(ctx.workspaceId, work) : inWorkspace(ctx.workspaceId, work, { isReadOnly: true }));
      } catch (error) {
        if (error instanceof RolledBack) return error.result as Awaited<ReturnType<typeof next<{ tx: never }>>> as never;
        throw error;
      }
    });
}

/** A read inside the workspace: `ctx.tx` is open. */
export const workspaceQuery = inTransaction;
/** A write inside the workspace: `ctx.tx` is open, and rolled back when the procedure fails. */
export const workspaceMutation = inTransaction;
