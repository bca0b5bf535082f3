import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { inIdentity } from "./db.ts";
import { AppError } from "./errors.ts";
import { sign } from "./secret.ts";

/** What a limit counts lives in the database, by real time: a restart forgives nothing, and all processes count together. */
export type Limit = {
  /** @throws QUOTA_EXCEEDED with the time to wait. */
  consume: (key: string) => Promise<void>;
  forgive: (key: string) => Promise<void>;
};

type Statement = { text: string; values?: unknown[] };

/** The store asks through identity_role. A count that is lost in a power cut may be: nobody waits for the disk. */
const store = {
  query: ({ text, values = [] }: Statement) =>
    inIdentity(async (tx) => {
      await tx.$queryRaw`select set_config('synchronous_commit', 'off', true)`;
      const isDelete = /^\s*delete/i.test(text);
      if (isDelete) return { rows: [], rowCount: await tx.$executeRawUnsafe(typed(text), ...values) };
      const rows = await tx.$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(typed(text), ...values);
      return { rows: rows.map((row) => ({ points: row.points, expire: row.expire === null ? null : Number(row.expire) })) };
    }),
};

/** Prisma sends numbers as they come; the statement says what they are. */
function typed(text: string): string {
  return text.replace(
    /\$([234])/g,
    (place, number: string) => `${place}::${number === "2" && !text.includes("expire > $2") ? "int" : "bigint"}`,
  );
}

export function createLimit(options: { name: string; points: number; durationS: number; say?: (minutes: number) => string }): Limit {
  const limiter = new RateLimiterPostgres({
    storeClient: store,
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: options.name,
    points: options.points,
    duration: options.durationS,
  });
  const say = options.say ?? ((minutes) => `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`);
  const keyed = (key: string) => sign("limit", key);
  return {
    async consume(key) {
      try {
        await limiter.consume(keyed(key));
      } catch (limit) {
        if (!(limit instanceof RateLimiterRes)) throw limit;
        const waitMs = Math.max(limit.msBeforeNext, 1_000);
        throw new AppError("QUOTA_EXCEEDED", say(Math.ceil(waitMs / 60_000)), { retryAfterMs: waitMs });
      }
    },
    async forgive(key) {
      await limiter.delete(keyed(key));
    },
  };
}

/** Counts that no longer count. */
export async function forgetLimits(): Promise<number> {
  return inIdentity((tx) => tx.$executeRaw`delete from rate_limits where expire < ${BigInt(Date.now())}`);
}
