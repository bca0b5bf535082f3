import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { renderDraft } from "../domain/render-draft.ts";
import { type DraftStatus, draftStatus, sentence } from "../schema.ts";

export type StepDraft = { id: string; status: DraftStatus; subject: string; bodyText: string };

/** The living draft of a step with its body; signature, postal address and the way to opt out are added when it is sent. */
export async function getDraftForStep(tx: Tx, step: { enrolmentId: string; stepId: string }): Promise<StepDraft | null> {
  const draft = await tx.draft.findFirst({
    where: { ...step, status: { notIn: ["rejected", "replaced"] } },
    select: { id: true, status: true, subject: true, sentences: true },
  });
  if (!draft) return null;
  const bodyText = renderDraft({ sentences: z.array(sentence).parse(draft.sentences) }, { signature: "" });
  return { id: draft.id, status: draftStatus.parse(draft.status), subject: draft.subject, bodyText };
}
