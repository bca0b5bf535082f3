import { paragraphsOf } from "#server/writing/constants.ts";
import type { Sentence } from "#server/writing/schema.ts";

/** The body as plain text. What the law adds (postal address, the way to opt out) is appended by the composer of server/sending. */
export function renderDraft(
  draft: { sentences: readonly Pick<Sentence, "text" | "kind" | "opens">[] },
  { signature }: { signature: string },
): string {
  const body = paragraphsOf(draft.sentences)
    .map((paragraph) => paragraph.map((sentence) => sentence.text.trim()).join(" "))
    .join("\n\n");
  if (signature.trim() === "") return body;
  return `${body}\n${draft.sentences.at(-1)?.kind === "closing" ? "" : "\n"}${signature.trim()}`;
}
