"use client";
import { useTheme } from "next-themes";
import { Toaster as Sonner, toast } from "sonner";

export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-center"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-panel border border-line bg-surface px-3 py-2 font-sans text-sm text-ink shadow-float sm:w-auto sm:min-w-72 sm:max-w-xl",
          content: "min-w-0 flex-1",
          actionButton: "ml-auto shrink-0 rounded-control px-2 py-1 text-sm font-medium text-accent hover:bg-accent-soft",
        },
      }}
    />
  );
}

const UNDO_MS = 10_000;
let lastUndo: (() => void) | null = null;

/**
 * Says in the past tense what was just done: "Added 38 people to Spring finance." With `undo` it offers Undo for ten seconds,
 * and the key Z does the same. Errors are never toasts: they stand where the problem is.
 */
export function showDone(sentence: string, undo?: () => void): void {
  if (!undo) {
    toast(sentence, { duration: 4_000 });
    return;
  }
  const forget = () => {
    if (lastUndo === run) lastUndo = null;
  };
  const run = () => {
    forget();
    toast.dismiss(id);
    undo();
  };
  lastUndo = run;
  const id = toast(sentence, { duration: UNDO_MS, action: { label: "Undo", onClick: run }, onAutoClose: forget, onDismiss: forget });
}

/** Takes back the last act that offered it. False when there is nothing to take back. */
export function undoLast(): boolean {
  if (!lastUndo) return false;
  lastUndo();
  return true;
}
