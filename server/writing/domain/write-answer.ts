import type { DraftSource, Finding, Sentence } from "#server/writing/schema.ts";
import { answerQuestions } from "./answer-question.ts";
import type { Brief } from "./brief.ts";
import { choose } from "./dice.ts";
import { english } from "./embedded-writer/english.ts";
import { sentenceOf } from "./embedded-writer/english-words.ts";
import { line } from "./embedded-writer/grammar.ts";

export type ProposedTime = { label: string; startsAt: Date };
export type Answer = { subject: string; sentences: Sentence[]; sources: DraftSource[]; questions: Finding[] };
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

  const sentences: (Sentence | undefined)[] = [pick("greeting", english.greetings(brief)), thanks(reply.class, asked.length, theirs)];
  const questions: Finding[] = [];
  const quoted = new Set<string>();
  for (const { question, topic, claim, rest } of asked) {
    if (claim && !quoted.has(claim.id)) {
      quoted.add(claim.id);
      sentences.push(line("claim", sentenceOf(claim.value), claim.id));
      if (/\d/.test(claim.value)) sentences.push(english.evidence(claim)[0]);
    }
    const unknown = claim ? rest : isAboutTime(question) ? null : topic || "your question";
    if (!unknown) continue;
    sentences.push(line("ask", `On ${unknown}: I do not know, and I will come back to you.`, theirs.id));
    questions.push({
      code: "question_for_you",
      message: `They ask "${short(question)}" and the offer does not say${claim ? ` anything on ${unknown}` : ""}. Add a line, or send it as it is.`,
      blocking: false,
    });
  }
  if (reply.class === "objection" && quoted.size === 0 && brief.claims[0])
    sentences.push(line("claim", sentenceOf(brief.claims[0].value), brief.claims[0].id));
  sentences.push(closingAsk(reply.class, brief, slots), pick("closing", english.closings(brief)));
  const subject = `Re: ${reply.subject.replace(/^(?:(?:re|aw|sv|fwd?)\s*:\s*)+/i, "").trim() || brief.offer.name}`;
  return { subject, sentences: sentences.filter((sentence) => sentence !== undefined), sources: [theirs, ...slots], questions };
}

function thanks(kind: string, questions: number, theirs: DraftSource): Sentence {
  if (questions > 1) return line("fact", "Thank you for your questions.", theirs.id);
  if (questions === 1 && kind !== "interested") return line("fact", "Thank you for your question.", theirs.id);
  return line("fact", "Thank you for your answer.", theirs.id);
}

function closingAsk(kind: string, brief: Brief, slots: readonly DraftSource[]): Sentence | undefined {
  if (slots.length > 0) {
    const times = slots.map((slot) => `- ${slot.value}`).join("\n");
    return line("ask", `Would one of these times work for you:\n${times}`, ...slots.map((slot) => slot.id));
  }
  if (kind === "interested") return line("ask", "Which times suit you?");
  if (kind === "not_now" || kind === "not_interested" || kind === "referral") return undefined;
  return choose(`${brief.seed}:answer:ask`, english.asks(brief));
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

function timeSource(time: ProposedTime, i: number): DraftSource {
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
