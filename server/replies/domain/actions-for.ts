import type { ActionKind, ReplyClass, ReplyDetail } from "../schema.ts";
import type { MailSignals } from "./mail-signals.ts";

export type ActionContext = {
  hasLead: boolean;
  /** The person they point to is named well enough to be proposed. */
  hasReferral: boolean;
  hasUntil: boolean;
  /** Somebody else than the person we wrote to answered. */
  author: "same" | "colleague" | "stranger";
  /** An answer of ours may follow: a person wrote, and a person will read it. */
  mayAnswer: boolean;
  /** Bounces: nothing arrives at this address, at once or after too many soft ones. */
  isAddressBad: boolean;
};

export type ActionPlan = { kinds: ActionKind[]; status: ReplyDetail["status"] };

const HUMAN_STOP: readonly ActionKind[] = ["stop_campaign", "pause_colleagues"];

/** What each class leads to. One table, so that a change of class by a person can say what it changes. */
export function actionsFor(name: ReplyClass, context: ActionContext): ActionPlan {
  const plan = PLANS[name](context);
  return { ...plan, kinds: context.hasLead ? plan.kinds : plan.kinds.filter((kind) => kind === "do_not_contact") };
}

const PLANS: Record<ReplyClass, (context: ActionContext) => ActionPlan> = {
  interested: (context) => ({ kinds: [...HUMAN_STOP, ...answer(context), ...newcomer(context)], status: "needs_me" }),
  question: (context) => ({ kinds: [...HUMAN_STOP, ...answer(context), ...newcomer(context)], status: "needs_me" }),
  objection: (context) => ({ kinds: [...HUMAN_STOP, ...answer(context)], status: "needs_me" }),
  not_now: (context) => ({ kinds: [...HUMAN_STOP, "call_back"], status: context.hasUntil ? "none" : "needs_me" }),
  not_interested: () => ({ kinds: [...HUMAN_STOP], status: "none" }),
  referral: (context) => ({ kinds: [...HUMAN_STOP, ...propose(context)], status: context.hasReferral ? "none" : "needs_me" }),
  wrong_person: (context) => ({ kinds: ["stop_campaign", ...propose(context)], status: context.hasReferral ? "none" : "needs_me" }),
  left: (context) => ({
    kinds: ["stop_campaign", ...(context.hasReferral ? (["propose_person"] as const) : (["find_successor"] as const))],
    status: "none",
  }),
  away: () => ({ kinds: ["pause_until"], status: "none" }),
  remove_me: () => ({ kinds: ["do_not_contact"], status: "none" }),
  bounce: (context) => ({ kinds: context.isAddressBad ? ["address_bounced", "find_address"] : [], status: "none" }),
  automatic: () => ({ kinds: [], status: "none" }),
  other: () => ({ kinds: [...HUMAN_STOP], status: "needs_me" }),
  unsure: () => ({ kinds: [...HUMAN_STOP], status: "needs_me" }),
};

function answer(context: ActionContext): ActionKind[] {
  return context.mayAnswer ? ["suggest_answer"] : [];
}
function propose(context: ActionContext): ActionKind[] {
  return context.hasReferral ? ["propose_person"] : [];
}
/** A stranger who answers for the person we wrote to is worth knowing. */
function newcomer(context: ActionContext): ActionKind[] {
  return context.author === "stranger" && context.hasReferral ? ["propose_person"] : [];
}

/** Never an automatic answer to a machine, a list, bulk mail, a null sender, a no-reply address or ourselves. Why not, in words. */
export function whyNoAnswer(
  signals: Pick<MailSignals, "automatic" | "isList" | "isBulk" | "hasNullSender" | "isNoReply" | "isOwn">,
): string | null {
  if (signals.isOwn) return "It came from one of our own addresses.";
  if (signals.automatic !== null) return "A machine wrote it.";
  if (signals.hasNullSender) return "It has no sender to answer.";
  if (signals.isNoReply) return "Its sender takes no answers.";
  if (signals.isList) return "It came through a mailing list.";
  return signals.isBulk ? "It is bulk mail." : null;
}
