import { pauseColleagues } from "#server/campaigns/commands/pause-colleagues.ts";
import { pauseUntil } from "#server/campaigns/commands/pause-until.ts";
import { stopEnrolments } from "#server/campaigns/commands/stop-enrolments.ts";
import { dayInWords, instantOf, isoDay, parseIsoDay } from "#server/campaigns/domain/zone-days.ts";
import { suppress } from "#server/compliance/commands.ts";
import type { SuppressionReason } from "#server/compliance/schema.ts";
import type { Tx } from "#server/core/db.ts";
import { setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { createTask } from "#server/tasks/commands.ts";
import type { CreateTaskInput, TaskProposal } from "#server/tasks/schema.ts";
import { ANSWER_DUE, AWAY_WITHOUT_DATE_DAYS, LATER_WITHOUT_DATE_DAYS } from "../constants.ts";
import { proposalName } from "../domain/proposal-name.ts";
import { dayAfter, firstWorkingDay, type IsWorkingDay } from "../domain/until-date.ts";
import type { LeadContext } from "../queries/read-context.ts";
import type { ActionKind, DoneAction, Referral, ReplyClass } from "../schema.ts";

export type ActionInput = {
  replyId: string;
  lead: LeadContext;
  class: ReplyClass;
  campaignId: string | null;
  /** Who wrote, when it was not the person we wrote to: their wish counts for them too. */
  author: { address: string; leadId: string | null };
  ownerId: string;
  untilOn: string | null;
  referral: Referral | null;
  stopReason: SuppressionReason;
  /** The address is given up after soft bounces: why. */
  bouncedBecause: string | null;
  today: string;
  isWorkingDay: IsWorkingDay;
};

type Act = (tx: Tx, input: ActionInput) => Promise<Omit<DoneAction, "undoneAt" | "kind"> | null>;

/** Does what the class asks for, in the transaction that records the reply. Each act says what it did, and what undoing needs. */
export async function takeActions(tx: Tx, input: ActionInput, kinds: readonly ActionKind[]): Promise<DoneAction[]> {
  const done: DoneAction[] = [];
  for (const kind of kinds) {
    const act = ACTS[kind];
    const result = act ? await act(tx, input) : null;
    if (result) done.push({ ...result, kind, undoneAt: null });
  }
  return done;
}

const ACTS: Partial<Record<ActionKind, Act>> = {
  stop_campaign: async (tx, input) => {
    const leadIds = [...new Set([input.lead.id, ...(input.author.leadId ? [input.author.leadId] : [])])];
    const before = await tx.$queryRaw<{ id: string; stepId: string | null; status: string; name: string; mails: number }[]>`
      select e.id, e.step_id as "stepId", e.status, c.name,
        (select count(*)::int from campaign_steps s join campaign_steps at on at.workspace_id = s.workspace_id and at.id = e.step_id
         where s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.kind = 'email' and s.archived_at is null and s.position >= at.position) as mails
      from enrolments e join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
      where e.workspace_id = ${tx.workspaceId}::uuid and e.lead_id = any(${leadIds}::uuid[]) and e.status in ('active', 'paused')`;
    const status = input.class === "left" || input.class === "wrong_person" ? "stopped" : "replied";
    for (const leadId of leadIds) await stopEnrolments(tx, { leadId, reason: stopWords(input), status });
    if (before.length === 0) return null;
    const mails = before.reduce((sum, row) => sum + row.mails, 0);
    const names = [...new Set(before.map((row) => row.name))].join(", ");
    return {
      ref: before[0]?.id ?? null,
      label: `Stopped ${names} (${mails === 1 ? "1 mail" : `${mails} mails`} will not be sent)`,
      undo: true,
      ids: {
        enrolmentIds: before.map((row) => row.id),
        stepIds: before.map((row) => row.stepId ?? ""),
        statuses: before.map((row) => row.status),
      },
    };
  },
  pause_colleagues: async (tx, input) => {
    if (!input.lead.accountId) return null;
    const { enrolmentIds, leadIds } = await pauseColleagues(tx, {
      accountId: input.lead.accountId,
      exceptLeadId: input.lead.id,
      reason: `${input.lead.firstName} answered`,
    });
    if (enrolmentIds.length === 0) return null;
    const first = await tx.lead.findFirst({ where: { id: leadIds[0] ?? "" }, select: { fullName: true } });
    const others = enrolmentIds.length - 1;
    const who = `${first?.fullName ?? "A colleague"}${others > 0 ? ` and ${others} more` : ""}`;
    return {
      ref: input.lead.accountId,
      label: `Paused ${who} at ${input.lead.company ?? "the same company"}`,
      undo: true,
      ids: { enrolmentIds },
    };
  },
  pause_until: async (tx, input) => {
    const lastDay = input.untilOn ?? dayAfter(input.today, AWAY_WITHOUT_DATE_DAYS);
    const back = firstWorkingDay(dayAfter(lastDay, 1), input.isWorkingDay);
    const { enrolmentIds } = await pauseUntil(tx, { leadId: input.lead.id, untilOn: lastDay, reason: `Away until ${words(lastDay)}` });
    if (enrolmentIds.length === 0) return null;
    const why = input.untilOn ? `away until ${words(lastDay)}` : "no date was given, so a week";
    return { ref: enrolmentIds[0] ?? null, label: `Follow-up moved to ${words(back)}: ${why}`, undo: true, ids: { enrolmentIds } };
  },
  do_not_contact: async (tx, input) => {
    const addresses = [
      ...new Set([input.author.address, input.lead.email].filter((address) => address !== null && address !== "")),
    ] as string[];
    const ids: string[] = [];
    for (const value of addresses)
      ids.push((await suppress(tx, { kind: "address", value, reason: input.stopReason, sourceRef: input.replyId })).id);
    return {
      ref: ids[0] ?? null,
      label: `Closed for good: nobody here writes to ${input.lead.firstName} again`,
      undo: true,
      ids: { suppressionIds: ids },
    };
  },
  address_bounced: async (tx, input) => {
    if (!input.lead.email) return null;
    await stopEnrolments(tx, { leadId: input.lead.id, reason: input.bouncedBecause ?? "The address bounced", status: "given_up" });
    const before = input.lead.emailStatus === "bounced" ? "assembled" : input.lead.emailStatus;
    await tx.lead.updateMany({ where: { id: input.lead.id }, data: { emailStatus: "bounced", emailCheckedAt: tx.now, updatedAt: tx.now } });
    const { id } = await suppress(tx, {
      kind: "address",
      value: input.lead.email,
      reason: "bounced",
      note: input.bouncedBecause,
      sourceRef: input.replyId,
    });
    return {
      ref: id,
      label: `${input.lead.firstName} needs an address: ${input.bouncedBecause ?? "this one does not exist"}`,
      undo: true,
      ids: { suppressionIds: [id], emailStatus: [before] },
    };
  },
  propose_person: async (tx, input) => {
    const name = input.referral ? proposalName(input.referral) : null;
    if (!input.referral || !name) return null;
    const proposal: TaskProposal = {
      type: "new_person",
      fullName: name,
      email: input.referral.email ?? null,
      title: null,
      company: input.lead.company,
      companyDomain: input.lead.companyDomain,
    };
    const task = { kind: "new_person", title: `Add ${name}? ${input.lead.firstName} named them`, proposal } as const;
    return {
      ref: await ask(tx, input, "person", task),
      label: `Proposed ${name} as a new person`,
      undo: true,
      ids: { causeKeys: [cause(input, "person")] },
    };
  },
  call_back: async (tx, input) => {
    const on = input.untilOn ?? firstWorkingDay(dayAfter(input.today, LATER_WITHOUT_DATE_DAYS), input.isWorkingDay);
    const task = {
      kind: "follow_up",
      title: `Write to ${input.lead.fullName} again`,
      note: "They asked to be written to later.",
      on,
    } as const;
    return {
      ref: await ask(tx, input, "later", task),
      label: `Comes back on ${words(on)} as a task${input.untilOn ? "" : ": no date was given"}`,
      undo: true,
      ids: { causeKeys: [cause(input, "later")] },
    };
  },
  find_successor: async (tx, input) => {
    const where = input.lead.company ? ` at ${input.lead.company}` : "";
    const task = { kind: "review", title: `${input.lead.fullName} has left: who took over${where}?` } as const;
    return {
      ref: await ask(tx, input, "successor", task),
      label: "Asks you who took over",
      undo: true,
      ids: { causeKeys: [cause(input, "successor")] },
    };
  },
  find_address: async (tx, input) => {
    const colleague = input.lead.accountId
      ? await tx.lead.findFirst({
          where: {
            accountId: input.lead.accountId,
            id: { not: input.lead.id },
            deletedAt: null,
            email: { not: null },
            emailStatus: { not: "bounced" },
            state: { contactState: "free" },
          },
          orderBy: [{ state: { score: "desc" } }, { id: "asc" }],
          select: { fullName: true, title: true },
        })
      : null;
    const free = colleague ? `Or write to ${colleague.fullName}${colleague.title ? `, ${colleague.title}` : ""}, who is free.` : null;
    const note = [input.bouncedBecause && `${input.bouncedBecause}.`, free].filter(Boolean).join(" ") || null;
    const task = { kind: "new_address", title: `${input.lead.fullName} needs an address`, note } as const;
    const label = colleague ? `Asks for another address; ${colleague.fullName} at the same company is free` : "Asks for another address";
    return { ref: await ask(tx, input, "address", task), label, undo: true, ids: { causeKeys: [cause(input, "address")] } };
  },
  suggest_answer: async (tx, input) => {
    await setDue(tx, { kind: ANSWER_DUE, subjectId: input.replyId, dueAt: tx.now });
    return null;
  },
};

/** Reading the state of everybody an action may have touched, once, at the end. */
export async function refreshAfterActions(tx: Tx, input: Pick<ActionInput, "lead" | "author">): Promise<void> {
  await refreshLeadState(tx, [...new Set([input.lead.id, ...(input.author.leadId ? [input.author.leadId] : [])])]);
}

type AskedTask = Pick<CreateTaskInput, "kind" | "title"> & { note?: string | null; proposal?: TaskProposal; on?: string };

async function ask(tx: Tx, input: ActionInput, what: string, task: AskedTask): Promise<string> {
  const { on, ...rest } = task;
  return createTask(tx, {
    ...rest,
    ownerId: input.ownerId,
    leadId: input.lead.id,
    accountId: input.lead.accountId,
    replyId: input.replyId,
    campaignId: input.campaignId,
    dueAt: on ? new Date(instantOf(input.lead.zone, parseIsoDay(on), 9 * 60)) : tx.now,
    causeKey: cause(input, what),
  });
}

function cause(input: ActionInput, what: string): string {
  return `reply:${input.replyId}:${what}`;
}

function words(on: string): string {
  return dayInWords(parseIsoDay(isoDay(parseIsoDay(on))));
}

function stopWords(input: ActionInput): string {
  if (input.class === "left") return `${input.lead.firstName} has left the company`;
  if (input.class === "wrong_person") return `${input.lead.firstName} is the wrong person`;
  if (input.class === "not_interested") return "Not interested";
  return `${input.lead.firstName} answered`;
}
