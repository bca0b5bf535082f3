import { getPublicSuffix } from "tldts";
import { recordAudit } from "#server/audit/commands.ts";
import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { normaliseAddress } from "#server/leads/domain/normalise-address.ts";
import { suppressMany } from "../commands.ts";
import { isHeading, type PastedValue, readPastedValue, splitPasted } from "../domain/do-not-contact.ts";
import type { AddSuppressionsInput } from "../schema.ts";
import { endOfDay } from "./end-of-day.ts";

const AT_ONCE = 200;
const MOST_SHOWN = 20;

export type Pasted = {
  added: number;
  already: number;
  addresses: number;
  domains: number;
  refused: { value: string; why: string }[];
  refusedCount: number;
};

const readers = {
  address: (text: string) => {
    const read = normaliseAddress(text);
    return read.ok ? read.email : null;
  },
  isPublicSuffix: (domain: string) => getPublicSuffix(domain) === domain,
};

/** A pasted list or file, in short transactions: what is on the list stays there when a later part fails, and pasting it again adds nothing twice. */
export async function addPasted(workspaceId: WorkspaceId, input: AddSuppressionsInput & { byId: string }): Promise<Pasted> {
  const cells = splitPasted(input.values).filter((cell, index) => !(index === 0 && isHeading(cell)));
  const read = [...new Set(cells)].map((cell) => readPastedValue(cell, readers));
  const refused = read.filter((one) => one.kind === "refused");
  const wanted = distinct(read.filter((one) => one.kind !== "refused"));
  const result: Pasted = {
    added: 0,
    already: 0,
    addresses: 0,
    domains: 0,
    refused: refused.slice(0, MOST_SHOWN),
    refusedCount: refused.length,
  };
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const part = wanted.slice(from, from + AT_ONCE);
    const done = await inWorkspace(workspaceId, async (tx) => {
      const until = await endOfDay(tx, input.untilOn);
      const added = await suppressMany(
        tx,
        part.map(({ kind, value }) => ({ kind, value, reason: input.reason, note: input.note ?? null, until, createdById: input.byId })),
      );
      await recordAudit(tx, {
        actorId: input.byId,
        actorKind: "person",
        action: "suppression.added",
        subjectType: "suppression",
        subjectId: null,
        fields: ["value"],
      });
      return added;
    });
    result.added += done.filter((one) => one.isNew).length;
    result.already += done.filter((one) => !one.isNew).length;
  }
  result.addresses = wanted.filter((one) => one.kind === "address").length;
  result.domains = wanted.filter((one) => one.kind === "domain").length;
  return result;
}

type Wanted = Exclude<PastedValue, { kind: "refused" }>;

/** In one order, so that two lists pasted at once never wait for each other in a circle. */
function distinct(values: readonly Wanted[]): Wanted[] {
  const byKey = new Map(values.map((one) => [`${one.kind}:${one.value}`, one]));
  return [...byKey.entries()].sort(([one], [two]) => (one < two ? -1 : 1)).map(([, one]) => one);
}
