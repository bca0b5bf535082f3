import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { Prisma, SandboxReaction } from "#server/generated/prisma/client.ts";
import { setDue } from "#server/jobs/due.ts";
import { REACTION_DUE } from "../constants.ts";
import { findCastMember } from "../domain/cast.ts";
import { personaOf, type Reaction, type Received, react } from "../domain/react.ts";

type Sent = {
  id: string;
  purpose: string;
  to: string;
  leadId: string | null;
  fullName: string | null;
  zone: string | null;
  sentAt: Date;
  nth: number;
  wrote: number;
  seed: number | null;
};

/** The clock stands until every mail was looked at, so an older one is never new. */
const LOOKS_BACK_MS = 3_600_000;

/** Decides what people do about mails that were sent and not looked at yet. Safe to repeat: one decision per mail. */
export async function planReactions(tx: Tx): Promise<number> {
  // The few that are new first, and only then who they went to: it is asked at each instant, and mostly nothing is new.
  const sent = await tx.$queryRaw<Sent[]>`
    with fresh as materialized (
      select id, workspace_id, purpose, to_address, lead_id, sent_at from messages m
      where workspace_id = ${tx.workspaceId}::uuid and sent_at between ${new Date(tx.now.getTime() - LOOKS_BACK_MS)} and ${tx.now} and status = 'sent' and purpose in ('campaign', 'reply', 'meeting')
        and not exists (select 1 from sandbox_reactions s where s.workspace_id = m.workspace_id and s.message_id = m.id)
    )
    select m.id, m.purpose, m.to_address as "to", m.lead_id as "leadId", l.full_name as "fullName", l.time_zone as zone, m.sent_at as "sentAt",
      w.sandbox_seed as seed,
      (select count(*)::int from messages n where n.workspace_id = m.workspace_id and n.lead_id = m.lead_id and n.purpose = m.purpose and n.status = 'sent' and n.sent_at <= m.sent_at) as nth,
      (select count(*)::int from replies r where r.workspace_id = m.workspace_id and r.lead_id = m.lead_id and not r.is_automatic and r.received_at <= m.sent_at) as wrote
    from fresh m join workspaces w on w.id = m.workspace_id left join leads l on l.workspace_id = m.workspace_id and l.id = m.lead_id
    order by m.sent_at, m.to_address limit 500`;
  if (sent.length === 0) return 0;
  const rows = sent.flatMap((mail) => rowsFor(tx, mail, react(received(mail, mail.seed ?? 1))));
  const acts = rows.filter((row) => row.kind !== "silent").map((row) => ({ kind: REACTION_DUE, subjectId: row.id, dueAt: row.dueAt }));
  await Promise.all([tx.sandboxReaction.createMany({ data: rows, skipDuplicates: true }), setDue(tx, acts)]);
  return sent.length;
}

function received(mail: Sent, seed: number): Received {
  const member = findCastMember(mail.to);
  const person = member ?? {
    fullName: mail.fullName ?? mail.to,
    email: mail.to,
    domain: mail.to.slice(mail.to.lastIndexOf("@") + 1),
    persona: personaOf(mail.to, seed),
  };
  const purpose = mail.purpose === "reply" || mail.purpose === "meeting" ? mail.purpose : "campaign";
  return {
    purpose,
    nth: mail.nth,
    wrote: mail.wrote,
    sentAt: mail.sentAt.getTime(),
    zone: member?.timeZone ?? mail.zone ?? "Europe/Lisbon",
    person,
    seed,
  };
}

type Row = Omit<SandboxReaction, "payload"> & { payload: Prisma.InputJsonValue };

function rowsFor(tx: Tx, mail: Sent, reactions: Reaction[]): Row[] {
  const common = { workspaceId: tx.workspaceId, messageId: mail.id };
  if (reactions.length === 0) return [{ ...common, id: newId(), ordinal: 0, kind: "silent", payload: {}, dueAt: tx.now, doneAt: tx.now }];
  return reactions.map((reaction, ordinal) => {
    const { kind, at, ...payload } = reaction;
    return { ...common, id: newId(), ordinal, kind, payload: payload as Prisma.InputJsonValue, dueAt: new Date(at), doneAt: null };
  });
}
