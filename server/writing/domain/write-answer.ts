import type { DraftSource, Finding, Sentence } from "#server/writing/schema.ts";
import { answerQuestions } from "./answer-question.ts";
import { bookingLine } from "./booking-link.ts";
import type { Brief } from "./brief.ts";
import { choose } from "./dice.ts";
import { english } from "./embedded-writer/english.ts";
import { sentenceOf } from "./embedded-writer/english-words.ts";
import { line } from "./embedded-writer/grammar.ts";

export type ProposedTime = { label: string; startsAt: Date };
/** `opening` and `ending` frame every answer; a model may only write another `body`. `unknown`: what the body says that we do not know. */
export type Answer = {
  subject: string;
  opening: Sentence[];
  body: Sentence[];
  ending: Sentence[];
  sources: DraftSource[];
  questions: Finding[];
  unknown: string[];
};
type AnswerInput = {
  brief: Brief;
  reply: { id: string; subject: string; text: string; class: string; at: Date };
  times: readonly ProposedTime[];
};

/** An answer from claims and times alone. What the offer does not say becomes a question to the rep, never a guess. */
export function writeAnswer({ brief, reply, times }: AnswerInput): Answer {
  const theirs = replySource(reply);
  const slots = times.map(timeSource);
  const asked = answerQuestions(reply.text, brief.claims);
  const pick = (what: string, options: readonly Sentence[]) => choose(`${brief.seed}:answer:${what}`, options);

  const opening = [pick("greeting", english.greetings(brief)), thanks(reply.class, asked.length, theirs)];
  const body: (Sentence | undefined)[] = [];
  const questions: Finding[] = [];
  const unknowns: string[] = [];
  const quoted = new Set<string>();
  for (const { question, topic, claim, rest } of asked) {
    if (claim && !quoted.has(claim.id)) {
      quoted.add(claim.id);
      body.push(line("claim", sentenceOf(claim.value), claim.id));
      if (/\d/.test(claim.value)) body.push(english.evidence(claim)[0]);
    }
    const unknown = claim ? rest : isAboutTime(question) ? null : topic || "your question";
    if (!unknown) continue;
    unknowns.push(unknown);
    body.push(line("ask", `On ${unknown}: I do not know, and I will come back to you.`, theirs.id));
    questions.push({
      code: "question_for_you",
      message: `They ask "${short(question)}" and the offer does not say${claim ? ` anything on ${unknown}` : ""}. Add a line, or send it as it is.`,
      blocking: false,
    });
  }
  if (reply.class === "objection" && quoted.size === 0 && brief.claims[0])
    body.push(line("claim", sentenceOf(brief.claims[0].value), brief.claims[0].id));
  const link = slots.length > 0 && brief.booking ? bookingLine(brief.booking) : undefined;
  const ending = [closingAsk(reply.class, brief, slots), link, pick("closing", english.closings(brief))];
  const subject = `Re: ${reply.subject.replace(/^(?:(?:re|aw|sv|fwd?)\s*:\s*)+/i, "").trim() || brief.offer.name}`;
  return {
    subject,
    opening: said(opening),
    body: said(body),
    ending: said(ending),
    sources: [theirs, ...slots],
    questions,
    unknown: unknowns,
  };
}

const said = (sentences: readonly (Sentence | undefined)[]) => sentences.filter((sentence) => sentence !== undefined);

function thanks(kind: string, questions: number, theirs: DraftSource): Sentence {
  if (questions > 1) return line("fact", "Thank you for your questions.", theirs.id);
  if (questions === 1 && kind !== "interested") return line("fact", "Thank you for your question.", theirs.id);
  return line("fact", "Thank you for your answer.", theirs.id);
}

function closingAsk(kind: string, brief: Brief, slots: readonly DraftSource[]): Sentence | undefined {
  if (slots.length > 0) return askForTimes(slots);
  if (kind === "interested") return line("ask", "Which times suit you?");
  if (kind === "not_now" || kind === "not_interested" || kind === "referral") return undefined;
  return choose(`${brief.seed}:answer:ask`, english.asks(brief));
}

export function askForTimes(slots: readonly DraftSource[]): Sentence {
  const times = slots.map((slot) => `- ${slot.value}`).join("\n");
  return line("ask", `Would one of these times work for you:\n${times}`, ...slots.map((slot) => slot.id));
}

/** "Can you do Tuesday at 3?" is answered by times, not by claims. */
function isAboutTime(question: string): boolean {
  return /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b\d{1,2}(?::\d{2})?\s?(?:am|pm|uhr|h)\b|\bat \d|\btomorrow\b|\bnext week\b|\b(?:call|meet|talk|speak|chat|slot|available|availability|calendar|time)\b/i.test(
    question,
  );
}

function replySource(reply: AnswerInput["reply"]): DraftSource {
  return {
    id: `reply:${reply.id}`,
    label: "Their mail",
    value: short(reply.text, 600),
    quote: null,
    source: "this thread",
    at: reply.at,
    field: "reply",
    about: "thread",
    isStale: false,
  };
}

export function timeSource(time: ProposedTime, i: number): DraftSource {
  return {
    id: `time:${i}`,
    label: "Free time",
    value: time.label,
    quote: null,
    source: "your calendar",
    at: time.startsAt,
    field: "time",
    about: "thread",
    isStale: false,
  };
}

function short(text: string, most = 120): string {
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
