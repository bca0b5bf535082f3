import type { Tx } from "#server/core/db.ts";
import { suppressionHash } from "#server/core/seal.ts";
import { Prisma } from "#server/generated/prisma/client.ts";

/** Where a query keeps what a rule can name of a person. `hash` is null for everybody who is not erased. */
export type Addressee = { email: Prisma.Sql; accountId: Prisma.Sql; accountDomain: Prisma.Sql; hash: Prisma.Sql };

/**
 * The one reading of do-not-contact outside the ledger's claim: true for a rule in force, named `s`, that means this addressee. A rule
 * names the address, its host or any domain above it, the company or the company's domain, or the keyed hash of an erased address.
 */
export function ruleMeans(tx: Tx, { email, accountId, accountDomain, hash }: Addressee): Prisma.Sql {
  return Prisma.sql`s.workspace_id = ${tx.workspaceId}::uuid and s.lifted_at is null and (s.until is null or s.until > ${tx.now}::timestamptz)
    and s.value = any(array[${email}, (${accountId})::text, ${accountDomain}, ${hash}] || array(
      select array_to_string(h.parts[i:], '.') from (select string_to_array(split_part(coalesce(${email}, ''), '@', 2), '.') as parts) h, generate_subscripts(h.parts, 1) i))
    and ((s.kind = 'address' and s.value = ${email}) or (s.kind = 'company' and s.value = (${accountId})::text)
      or (s.kind = 'hash' and s.value = ${hash}) or (s.kind = 'domain' and s.value is distinct from ${email}))`;
}

/** A bounce says that the address is wrong, not that the person wants no mail. */
export const isBounce = Prisma.sql`(s.kind = 'address' and s.reason = 'bounced')`;

/** Who may not be mailed at all. */
export const isStopped = (tx: Tx, addressee: Addressee): Prisma.Sql =>
  Prisma.sql`exists (select 1 from suppressions s where ${ruleMeans(tx, addressee)} and not ${isBounce})`;

/** The erased addresses among some, each with the hash by which it is known. */
export type Erased = { emails: string[]; hashes: string[] };

/**
 * The database cannot make the keyed hash, so the addresses are read out and hashed here: once for a whole set, and only where the workspace
 * has erased somebody. `addresses` selects one column named email.
 */
export async function erasedAmong(tx: Tx, addresses: Prisma.Sql): Promise<Erased> {
  const rows = await tx.$queryRaw<{ email: string }[]>`
    select q.email from (${addresses}) q
    where q.email is not null and exists (select 1 from suppressions s where s.workspace_id = ${tx.workspaceId}::uuid and s.kind = 'hash' and s.lifted_at is null)`;
  if (rows.length === 0) return { emails: [], hashes: [] };
  const emailOf = new Map(rows.map(({ email }) => [suppressionHash(email), email]));
  const known = await tx.$queryRaw<{ value: string }[]>`
    select distinct s.value from suppressions s
    where s.workspace_id = ${tx.workspaceId}::uuid and s.kind = 'hash' and s.lifted_at is null and s.value = any(${[...emailOf.keys()]}::text[])`;
  return { emails: known.map(({ value }) => emailOf.get(value) ?? ""), hashes: known.map(({ value }) => value) };
}

/** The hash of an address as an expression: null unless the address is one of the erased ones. */
export function hashOf(erased: Erased, email: Prisma.Sql): Prisma.Sql {
  if (erased.emails.length === 0) return Prisma.sql`null::text`;
  return Prisma.sql`(select e.hash from unnest(${erased.emails}::text[], ${erased.hashes}::text[]) e(email, hash) where e.email = ${email})`;
}
