/**
 * Own words that have not left, by reply: they outlive the box they were typed in (Escape, another reply, a send that was taken back).
 * In memory only: a change of workspace and signing out are new documents.
 */
const kept = new Map<string, string>();

export function keepAnswer(replyId: string, text: string): void {
  if (text.trim() === "") kept.delete(replyId);
  else kept.set(replyId, text);
}

export function keptAnswer(replyId: string): string | null {
  return kept.get(replyId) ?? null;
}

export function forgetAnswer(replyId: string): void {
  kept.delete(replyId);
}
