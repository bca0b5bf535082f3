import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { ANSWER_PROMPT_VERSION, answerPrompt, modelAnswer, toAnswerSentences } from "../domain/answer-prompt.ts";
import type { Brief } from "../domain/brief.ts";
import type { Refused } from "../domain/draft-prompt.ts";
import { otherLanguage } from "../domain/other-language.ts";
import { verifyContextOf } from "../domain/verify-context.ts";
import { VERIFIER_VERSION, type Verdict, verifyDraft } from "../domain/verify-draft.ts";
import type { Answer } from "../domain/write-answer.ts";
import type { Sentence } from "../schema.ts";
import type { Composed } from "./compose-draft.ts";

const MOST_ATTEMPTS = 3;

export type AnswerToCompose = {
  /** With their mail and the proposed times among its sources. */
  brief: Brief;
  /** What the embedded writer says; its frame stands around the model's words too. */
  written: Answer;
  reply: { text: string; subject: string; class: string };
  links: readonly string[];
};

/** The model's words count only when the verifier took nothing out; else, and without a model, the embedded answer stands. */
export async function composeAnswer(model: LanguageModel | null, asked: AnswerToCompose): Promise<Composed> {
  const tried: Tried = { accepted: null, attempts: [], tokensIn: 0, tokensOut: 0 };
  // Somebody who only wants a time is answered by times: there is nothing to write.
  if (model && asked.written.body.length > 0) await tryModel(model, asked, tried);
  if (tried.accepted) return tried.accepted;
  return {
    ...embeddedAnswer(asked),
    attempts: tried.attempts,
    tokensIn: tried.tokensIn || null,
    tokensOut: tried.tokensOut || null,
  };
}

/** No port, no waiting. */
export function embeddedAnswer(asked: AnswerToCompose): Composed {
  const verdict = verify(asked, asked.written.body);
  return composed(asked, verdict, {
    removed: verdict.removed,
    writer: "embedded",
    writerVersion: `answer-1+${VERIFIER_VERSION}`,
    model: null,
    tokensIn: null,
    tokensOut: null,
    attempts: [],
  });
}

type Tried = { accepted: Composed | null; attempts: Composed["attempts"]; tokensIn: number; tokensOut: number };

async function tryModel(model: LanguageModel, asked: AnswerToCompose, tried: Tried): Promise<void> {
  let refused: Refused | null = null;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    try {
      const prompt = answerPrompt(asked.brief, asked.reply, asked.written.unknown, refused);
      const answer = await model.generate({ prompt, schema: modelAnswer, purpose: "write an answer" });
      tried.tokensIn += answer.tokensIn ?? 0;
      tried.tokensOut += answer.tokensOut ?? 0;
      const body = toAnswerSentences(answer.value, asked.brief);
      const verdict = verify(asked, body);
      const reasons = faultsOf(asked, body, verdict);
      if (verdict.removed.length === 0 && reasons.length === 0) {
        const { attempts, tokensIn, tokensOut } = tried;
        const writerVersion = `${ANSWER_PROMPT_VERSION}+${VERIFIER_VERSION}`;
        tried.accepted = composed(asked, verdict, {
          removed: [],
          writer: "model",
          writerVersion,
          model: answer.model,
          tokensIn,
          tokensOut,
          attempts,
        });
        return;
      }
      tried.attempts.push({ outcome: reasons[0] ?? "unsupported", removed: verdict.removed });
      refused = { removed: verdict.removed, reasons };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.warn({ code: error.code, attempt }, "the language model did not write an answer");
      tried.attempts.push({ outcome: error.code, removed: [] });
      if (error.code === "PROVIDER_UNAVAILABLE") return;
    }
  }
}

function verify({ brief, written, links }: AnswerToCompose, body: readonly Sentence[]): Verdict {
  const sentences = [...written.opening, ...body, ...written.ending];
  return verifyDraft({ subject: written.subject, sentences }, verifyContextOf(brief, links));
}

/** What is not known must be said, and a mail that only frames nothing is no answer. */
function faultsOf({ written }: AnswerToCompose, body: readonly Sentence[], verdict: Verdict): string[] {
  const said = body.map((sentence) => sentence.text.toLowerCase());
  return [
    ...(body.length === 0 ? ["The answer is empty."] : []),
    ...written.unknown
      .filter((topic) => !said.some((text) => text.includes(topic.toLowerCase()) && /do not know|don't know|come back|find out/.test(text)))
      .map((topic) => `It does not say that ${topic} is not known.`),
    ...verdict.findings.filter((finding) => finding.blocking || finding.code === "too_long").map((finding) => finding.message),
  ];
}

function composed(
  { written, brief }: AnswerToCompose,
  verdict: Verdict,
  how: Omit<Composed, "subject" | "sentences" | "findings">,
): Composed {
  const findings = [...written.questions, ...verdict.findings, ...otherLanguage(brief.language)]
    .sort((a, b) => Number(b.blocking) - Number(a.blocking))
    .slice(0, 3);
  return { subject: written.subject, sentences: verdict.sentences, findings, ...how };
}
