import type * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { composeEmbedded } from "../commands/compose-draft.ts";
import { type BriefInput, buildBrief, sourcesOf } from "../domain/brief.ts";
import { wordsIn } from "../domain/mail-shape.ts";
import type { previewView } from "../schema.ts";
import { loadPreviewMaterial } from "./load-material.ts";

/** What the campaign page shows before anybody is written to: composed and verified, never stored. */
export async function previewDraft(tx: Tx, key: { leadId: string; stepId: string }): Promise<z.output<typeof previewView>> {
  const material = await loadPreviewMaterial(tx, key);
  if (!material) throw new AppError("NOT_FOUND", "This person or this step no longer exists.");
  const brief = buildBrief(withThread(material.input));
  const { subject, sentences, removed, findings } = composeEmbedded(brief, material.links);
  const cited = new Set(sentences.flatMap((sentence) => sentence.factIds));
  const words = sentences.reduce((sum, sentence) => sum + wordsIn(sentence.text), 0);
  return { subject, sentences, removed, findings, words, sources: sourcesOf(brief).filter((source) => cited.has(source.id)) };
}

/** A follow-up to somebody who got nothing yet is shown as if the first mail had left today. */
function withThread(input: BriefInput): BriefInput {
  if (!input.step.sameThread || input.earlier.length > 0) return input;
  const first = composeEmbedded(
    buildBrief({ ...input, step: { ...input.step, subject: null, intent: "introduce", sameThread: false } }),
    [],
  );
  return { ...input, earlier: [{ id: "preview", subject: first.subject, sentAt: input.now, sentences: first.sentences }] };
}
