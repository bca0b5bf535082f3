import { whyNoAnswer } from "../domain/actions-for.ts";
import { type Classification, classifyReply } from "../domain/classify-reply.ts";
import type { ReceivedMail } from "../domain/mail.ts";
import type { MailReading } from "../domain/read-mail.ts";
import { type SoftCause, softCauseOf } from "../domain/soft-bounces.ts";
import type { VisibleText } from "../domain/visible-text.ts";
import type { ReadContext } from "../queries/read-context.ts";
import type { Referral } from "../schema.ts";

export type ReadReply = {
  context: ReadContext;
  classification: Classification;
  classifiedBy: "rules" | "model";
  model: string | null;
  /** no person wrote it, or it is no answer to us */
  isAutomatic: boolean;
  isHardBounce: boolean;
  /** Why a mail came back that may arrive another day. */
  softCause: SoftCause | null;
  noAnswerBecause: string | null;
  text: string;
  quoted: string;
};

type Input = { mail: ReceivedMail; reading: MailReading; shown: VisibleText; context: ReadContext; own: ReadonlySet<string> };

const MAX_TEXT = 20_000;
const NOTHING: Omit<Classification, "class"> = {
  confidence: 1,
  evidence: [],
  untilOn: null,
  backOn: null,
  referral: null,
  isCommandLike: false,
};

/** The form of the mail decides first: reports and machines have their class; only a person's words are classified. */
export function classifyMail(input: Input): ReadReply {
  const { mail, reading, context } = input;
  const text = input.shown.text.slice(0, MAX_TEXT);
  const base = {
    context,
    classifiedBy: "rules" as const,
    model: null,
    text,
    quoted: input.shown.quoted,
    isHardBounce: false,
    softCause: null,
    isAutomatic: true,
    noAnswerBecause:
      whyNoAnswer(reading.signals) ?? (reading.kind === "reply" || reading.kind === "calendar_answer" ? null : "A machine wrote it."),
  };
  if (reading.kind === "bounce") {
    const about = reading.bounce.recipients.find((one) => one.address === context.lead?.email) ?? reading.bounce.recipients[0];
    const failed = reading.bounce.outcome === "failed";
    return {
      ...base,
      isHardBounce: failed && about?.hardness === "hard",
      softCause: failed && about?.hardness !== "hard" ? softCauseOf(about?.status ?? "", about?.diagnostic ?? "") : null,
      classification: { ...NOTHING, class: failed ? "bounce" : "automatic" },
    };
  }
  if (reading.kind === "complaint") return { ...base, classification: { ...NOTHING, class: "remove_me" } };
  if (reading.kind === "calendar_answer") {
    const said = reading.answer.answer;
    return {
      ...base,
      // A calendar's yes or maybe to our own invitation asks for nothing; a no or another time is something that they decided.
      isAutomatic: said === "accepted" || said === "tentative",
      classification: {
        ...NOTHING,
        class: said === "accepted" || said === "tentative" ? "automatic" : said === "declined" ? "unsure" : "other",
        confidence: 0.8,
      },
    };
  }
  // A newsletter from a person's address answers nobody; a list that names our mail in its headers may carry an answer.
  const isNewsletter = (reading.signals.isList && context.match.by === "address") || reading.signals.isBulk;
  const isAutomatic = reading.kind === "automatic" || isNewsletter;
  const classification = classifyReply({
    text,
    subject: mail.subject,
    isAutomatic,
    today: context.today,
    isWorkingDay: context.isWorkingDay,
    knownAddresses: new Set([
      ...input.own,
      ...mail.to.map((to) => to.address),
      ...(mail.from ? [mail.from.address] : []),
      ...(context.lead?.email ? [context.lead.email] : []),
    ]),
  });
  const named = classification.referral ?? strangerAsReferral(mail, context);
  return { ...base, isAutomatic, classification: { ...classification, referral: isAutomatic ? classification.referral : named } };
}

/** Somebody we do not know answers in our conversation: their own header says who they are. */
function strangerAsReferral(mail: ReceivedMail, context: ReadContext): Referral | null {
  if (context.match.author !== "stranger" || context.match.by === "none" || !mail.from) return null;
  return { email: mail.from.address, ...(mail.from.name && { name: mail.from.name.slice(0, 120) }) };
}
