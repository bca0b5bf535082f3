import { CLASS_WORDS } from "../constants.ts";
import type { ActionKind, DoneAction, ReplyClass } from "../schema.ts";

export type ClassChange = { undo: number[]; apply: ActionKind[] };

/** What changes when a person says that the class was another: what no longer fits is taken back, what is missing is done. */
export function changeOfClass(done: readonly DoneAction[], wanted: readonly ActionKind[]): ClassChange {
  const standing = done.map((action, index) => ({ action, index })).filter(({ action }) => action.undoneAt === null);
  return {
    undo: standing.filter(({ action }) => action.undo && !wanted.includes(action.kind)).map(({ index }) => index),
    apply: wanted.filter((kind) => !standing.some(({ action }) => action.kind === kind)),
  };
}

export function sayChange(name: ReplyClass, undone: readonly string[], applied: readonly string[]): string {
  const parts = [`Now: ${CLASS_WORDS[name]}.`];
  if (undone.length > 0) parts.push(`Taken back: ${undone.map(bare).join("; ")}.`);
  if (applied.length > 0) parts.push(`${applied.map(bare).join(". ")}.`);
  if (undone.length + applied.length === 0) parts.push("Nothing else changes.");
  return parts.join(" ");
}

function bare(label: string): string {
  return label.replace(/\.$/, "");
}
