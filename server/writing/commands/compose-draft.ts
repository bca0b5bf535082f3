import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { bookingLine } from "../domain/booking-link.ts";
import type { Brief } from "../domain/brief.ts";
import { draftPrompt, modelDraft, PROMPT_VERSION, type Refused, toSentences } from "../domain/draft-prompt.ts";
import { topicOf } from "../domain/embedded-writer/english.ts";
import { WRITER_VERSION, type Written, writeDraft } from "../domain/embedded-writer/write-draft.ts";
import { otherLanguage } from "../domain/other-language.ts";
import { verifyContextOf } from "../domain/verify-context.ts";
import { VERIFIER_VERSION, type Verdict, verifyDraft } from "../domain/verify-draft.ts";
import type { Finding, RemovedSentence, Sentence } from "../schema.ts";

const MOST_ATTEMPTS = 3;

export type Composed = {
  subject: string;
  sentences: Sentence[];
  removed: RemovedSentence[];
  findings: Finding[];
  writer: "embedded" | "model";
  writerVersion: string;
  model: string | null;
  tokensIn: number | null;
  tokensOut: number | null;
  /** Why the model was asked again or given up, for the decision. */
  attempts: { outcome: string; removed: RemovedSentence[] }[];
};

/**
 * Lets the model write when there is one; its mail counts only when nothing had to be taken out. What fails is asked for again with the
 * reason, at most twice, and then the embedded writer writes. Both pass the same verifier.
 */
export async function composeDraft(model: LanguageModel | null, brief: Brief, links: readonly string[]): Promise<Composed> {
  const tried = model ? await tryModel(model, brief, links) : { accepted: null, attempts: [], tokensIn: 0, tokensOut: 0 };
  if (tried.accepted) return tried.accepted;
  return {
    ...composeEmbedded(brief, links),
    attempts: tried.attempts,
    tokensIn: tried.tokensIn || null,
    tokensOut: tried.tokensOut || null,
  };
}

/** No port, no waiting: what a sandbox and a workspace without a key use. */
export function composeEmbedded(brief: Brief, links: readonly string[]): Composed {
  const written = writeDraft(brief);
  const context = verifyContextOf(brief, links);
  const first = verifyDraft(written, context);
  const subject = threadSubject(brief) ?? subjectFor(brief, written, first);
  const verdict = subject === written.subject ? first : verifyDraft({ ...written, subject }, context);
  const { sentences, removed } = verdict;
  const findings = withLanguage(subjectFinding(subject, verdict), brief);
  return {
    subject,
    sentences,
    removed,
    findings,
    writer: "embedded",
    writerVersion: `${WRITER_VERSION}+${VERIFIER_VERSION}`,
    model: null,
    tokensIn: null,
    tokensOut: null,
    attempts: [],
  };
}

type Tried = { accepted: Composed | null; attempts: Composed["attempts"]; tokensIn: number; tokensOut: number };

async function tryModel(model: LanguageModel, brief: Brief, links: readonly string[]): Promise<Tried> {
  const context = verifyContextOf(brief, links);
  const tried: Tried = { accepted: null, attempts: [], tokensIn: 0, tokensOut: 0 };
  let refused: Refused | null = null;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    try {
      const answer = await model.generate({ prompt: draftPrompt(brief, refused), schema: modelDraft, purpose: "write a mail" });
      tried.tokensIn += answer.tokensIn ?? 0;
      tried.tokensOut += answer.tokensOut ?? 0;
      const written: Written = {
        subject: threadSubject(brief) ?? brief.step.subject ?? answer.value.subject.trim(),
        sentences: withBooking(toSentences(answer.value, brief), brief),
      };
      const verdict = verifyDraft(written, context);
      const reasons = [...verdict.subjectReasons.map((reason) => `Subject: ${reason}`), ...shapeReasons(verdict)];
      if (verdict.removed.length === 0 && reasons.length === 0) {
        const writerVersion = `${PROMPT_VERSION}+${VERIFIER_VERSION}`;
        const { tokensIn, tokensOut } = tried;
        return {
          ...tried,
          accepted: {
            ...written,
            sentences: verdict.sentences,
            removed: [],
            findings: withLanguage(verdict.findings, brief),
            writer: "model",
            writerVersion,
            model: answer.model,
            tokensIn,
            tokensOut,
            attempts: tried.attempts,
          },
        };
      }
      tried.attempts.push({ outcome: reasons[0] ?? "unsupported", removed: verdict.removed });
      refused = { removed: verdict.removed, reasons };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.warn({ code: error.code, attempt }, "the language model did not write");
      tried.attempts.push({ outcome: error.code, removed: [] });
      // A busy or silent provider is not asked again here: the embedded writer has a mail ready at once.
      if (error.code === "PROVIDER_UNAVAILABLE") return tried;
    }
  }
  return tried;
}

function withLanguage(findings: readonly Finding[], { language }: Brief): Finding[] {
  return [...findings, ...otherLanguage(language)].slice(0, 3);
}

/** The link is written by code, before the closing. */
function withBooking(sentences: Sentence[], brief: Brief): Sentence[] {
  if (!brief.booking) return sentences;
  const at = sentences.at(-1)?.kind === "closing" ? sentences.length - 1 : sentences.length;
  return sentences.toSpliced(at, 0, bookingLine(brief.booking));
}

/** A mail that only greets is no mail, and one with a blocking finding is not the model's to send. */
function shapeReasons({ sentences, findings }: Verdict): string[] {
  const missing = (["greeting", "ask", "closing"] as const)
    .filter((kind) => !sentences.some((sentence) => sentence.kind === kind))
    .map((kind) => `The ${kind} is missing.`);
  return [
    ...missing,
    ...findings.filter((finding) => finding.blocking || finding.code.startsWith("too_")).map((finding) => finding.message),
  ];
}

/** A follow-up in the same thread keeps the thread's subject. */
function threadSubject(brief: Brief): string | null {
  const last = brief.step.sameThread ? brief.thread.at(0) : undefined;
  if (!last) return null;
  const subject = last.value.slice(last.value.indexOf(":") + 1).trim();
  return `Re: ${subject.replace(/^(?:re:\s*)+/i, "")}`;
}

/** A subject that a person set stays, and a finding says what is wrong with it; ours is replaced by the bare topic. */
function subjectFor(brief: Brief, written: Written, verdict: Verdict): string {
  if (verdict.subjectReasons.length === 0 || brief.step.subject) return written.subject;
  return topicOf(brief);
}

function subjectFinding(subject: string, verdict: Verdict): Finding[] {
  const [reason] = verdict.subjectReasons;
  if (!reason || verdict.findings.some((finding) => finding.code === "placeholder")) return verdict.findings;
  return [...verdict.findings, { code: "unsupported" as const, message: `The subject "${subject}" has ${reason}.`, blocking: false }].slice(
    0,
    3,
  );
}
