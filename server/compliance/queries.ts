import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { isSignedLasting, signLasting, suppressionHash } from "#server/core/seal.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { normaliseAddress } from "#server/leads/domain/normalise-address.ts";
import { explainSuppression, type Match, strongest } from "./domain/do-not-contact.ts";
import { makeUnsubscribeToken, readUnsubscribeToken, type UnsubscribeClaim } from "./domain/unsubscribe-token.ts";
import { ruleMeans } from "./queries/stop-rules.ts";
import { type ListSuppressionsInput, protectedReasons, type SuppressionRow } from "./schema.ts";

/** The rule that forbids writing to this address, or null: the strongest of all that mean it. */
export async function findSuppression(tx: Tx, input: { email: string; accountId?: string | null }): Promise<Match | null> {
  const account = Prisma.sql`${input.accountId ?? null}::uuid`;
  const matches = await tx.$queryRaw<Match[]>`
    select s.id, s.kind, s.value, s.reason, s.until, s.created_at as "createdAt" from suppressions s
    where ${ruleMeans(tx, {
      email: Prisma.sql`${input.email}::text`,
      accountId: account,
      accountDomain: Prisma.sql`(select a.domain from accounts a where a.workspace_id = ${tx.workspaceId}::uuid and a.id = ${account})`,
      hash: Prisma.sql`${suppressionHash(input.email)}::text`,
    })}`;
  return strongest(matches);
}

/** "Can we mail x?", answered with the rule. Knows the person's company when the address is a lead's. */
export async function checkAddress(
  tx: Tx,
  input: { email: string },
): Promise<{ canMail: boolean; sentence: string; suppressionId: string | null }> {
  const read = normaliseAddress(input.email);
  if (!read.ok) return { canMail: false, sentence: `No. ${read.reason}`, suppressionId: null };
  const lead = await tx.lead.findFirst({ where: { email: read.email }, select: { accountId: true, emailStatus: true, deletedAt: true } });
  const match = await findSuppression(tx, { email: read.email, accountId: lead?.accountId ?? null });
  if (match) {
    const account = match.kind === "company" ? await tx.account.findFirst({ where: { id: match.value }, select: { name: true } }) : null;
    const { timeZone } = await tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { timeZone: true } });
    return { canMail: false, sentence: explainSuppression(match, account?.name ?? null, shortDay(timeZone)), suppressionId: match.id };
  }
  if (lead?.deletedAt) return { canMail: false, sentence: "No. This person was deleted.", suppressionId: null };
  if (lead?.emailStatus === "bounced") return { canMail: false, sentence: "No. A mail to this address bounced.", suppressionId: null };
  return {
    canMail: true,
    sentence: lead ? "Yes. No rule stops it." : "Yes. No rule stops it; nobody here has this address yet.",
    suppressionId: null,
  };
}

/** Rules were kept until the end of their day in UTC once. */
const wasUtc = Prisma.sql`to_char(s.until at time zone 'UTC', 'HH24:MI:SS.MS') = '23:59:59.999'`;
const MOST_HITS = 10_000;
const place = z.object({ at: z.iso.datetime().transform((text) => new Date(text)), id: z.uuid() });

export async function listSuppressions(
  tx: Tx,
  input: ListSuppressionsInput,
): Promise<{ items: SuppressionRow[]; nextCursor?: string; total: number }> {
  const list = listName("suppressions", { search: input.search, kind: input.kind, reason: input.reason });
  const after = input.cursor ? openCursor(list, input.cursor, place) : null;
  const searched = input.search
    ? Prisma.sql`and s.id = any(array(select search_suppressions(${input.search}, ${MOST_HITS}::int)))`
    : Prisma.empty;
  const filter = Prisma.sql`s.workspace_id = ${tx.workspaceId}::uuid and s.lifted_at is null and (s.until is null or s.until > ${tx.now})
    and (${input.kind ?? null}::text is null or s.kind = ${input.kind ?? null}) and (${input.reason ?? null}::text is null or s.reason = ${input.reason ?? null}) ${searched}`;
  const from = Prisma.sql`suppressions s join workspaces w on w.id = s.workspace_id left join accounts a on s.kind = 'company' and a.workspace_id = s.workspace_id and a.id::text = s.value
    left join members m on m.workspace_id = s.workspace_id and m.user_id = s.created_by_id`;
  const rows = await tx.$queryRaw<Omit<SuppressionRow, "isProtected">[]>`
    select s.id, s.kind, case s.kind when 'company' then coalesce(a.name, 'A deleted company') when 'hash' then 'An erased person' else s.value end as value,
      s.reason, s.note, s.until, to_char(s.until at time zone case when ${wasUtc} then 'UTC' else w.time_zone end, 'YYYY-MM-DD') as "untilOn", s.created_at as "createdAt", m.full_name as "createdByName"
    from ${from}
    where ${filter} ${after ? Prisma.sql`and (s.created_at, s.id) < (${after.at}, ${after.id}::uuid)` : Prisma.empty}
    order by s.created_at desc, s.id desc limit ${input.limit + 1}`;
  const [counted] = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total from suppressions s where ${filter}`;
  const items = rows.slice(0, input.limit).map((row) => ({ ...row, isProtected: protectedReasons.includes(row.reason) }));
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return {
    items,
    total: counted?.total ?? 0,
    ...(last && { nextCursor: sealCursor(list, { at: last.createdAt.toISOString(), id: last.id }) }),
  };
}

const UNSUBSCRIBE = "unsubscribe";
const tokenKey = {
  sign: (payload: Uint8Array) => signLasting(UNSUBSCRIBE, payload),
  isSigned: (payload: Uint8Array, signature: Uint8Array) => isSignedLasting(UNSUBSCRIBE, payload, signature),
};

/** Signed, not stored: it works for as long as the mail lies in somebody's inbox. */
export const unsubscribeTokenFor = (claim: UnsubscribeClaim): string => makeUnsubscribeToken(claim, tokenKey);
export const readUnsubscribe = (token: string): UnsubscribeClaim | null => readUnsubscribeToken(token, tokenKey);

function shortDay(timeZone: string): (instant: Date) => string {
  const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone });
  return (instant) => format.format(instant);
}
