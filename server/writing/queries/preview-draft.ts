import type * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { composeEmbedded } from "../commands/compose-draft.ts";
import { buildBrief, sourcesOf } from "../domain/brief.ts";
import { wordsIn } from "../domain/mail-shape.ts";
import type { previewView } from "../schema.ts";
import { loadPreviewMaterial } from "./load-material.ts";

/** What the campaign page shows before anybody is written to: composed and verified, never stored. */
export async function previewDraft(tx: Tx, key: { leadId: string; stepId: string }): Promise<z.output<typeof previewView>> {
  const material = await loadPreviewMaterial(tx, key);
  if (!material) throw new AppError("NOT_FOUND", "This person or this step no longer exists.");
  const brief = buildBrief(material.input);
  const { subject, sentences, removed, findings } = composeEmbedded(brief, material.links);
  const cited = new Set(sentences.flatMap((sentence) => sentence.factIds));
  const words = sentences.reduce((sum, sentence) => sum + wordsIn(sentence.text), 0);
  return { subject, sentences, removed, findings, words, sources: sourcesOf(brief).filter((source) => cited.has(source.id)) };
}
