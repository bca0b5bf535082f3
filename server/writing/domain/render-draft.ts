import type { Sentence } from "#server/writing/schema.ts";

/**
 * The body as plain text: greeting, paragraphs of at most three sentences, the ask by itself, closing, signature.
 * What the law adds (postal address, the way to opt out) is appended by the composer of server/sending.
 */
export function renderDraft(
  draft: { sentences: readonly Pick<Sentence, "text" | "kind" | "opens">[] },
  { signature }: { signature: string },
): string {
  const paragraphs: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) paragraphs.push(open.join(" "));
    open = [];
  };
  const isEdited = draft.sentences.some((sentence) => sentence.opens !== undefined);
  for (const { kind, text, opens } of draft.sentences) {
    if (isEdited) {
      if (opens !== false) close();
      open.push(text.trim());
      continue;
    }
    if (kind === "greeting" || kind === "closing" || kind === "ask" || text.includes("\n")) {
      close();
      paragraphs.push(text.trim());
      continue;
    }
    if (open.length === 3 && kind !== "question") close();
    open.push(text.trim());
  }
  close();
  const body = paragraphs.join("\n\n");
  return signature.trim() === "" ? body : `${body}\n${draft.sentences.at(-1)?.kind === "closing" ? "" : "\n"}${signature.trim()}`;
}
