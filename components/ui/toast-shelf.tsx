"use client";
import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { sentenceOf } from "./list-states";

const REFUSED_MS = 10_000;

type Said = { duration: number; action?: { label: string; onClick: () => void }; onGone: () => void };

/** Where toasts stand. It comes with the first one, so `onReady` says when they can be shown. */
export function ToastShelf({ onReady }: { onReady: () => void }) {
  const { resolvedTheme } = useTheme();
  useEffect(onReady, [onReady]);
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

/** Shows it and answers with what takes it away. */
export function say(sentence: string, { onGone, ...how }: Said): () => void {
  const id = toast(sentence, { ...how, onAutoClose: onGone, onDismiss: onGone });
  return () => toast.dismiss(id);
}

export function sayRefused(error: unknown): void {
  toast(`This was not undone. ${sentenceOf(error instanceof Error ? error : null)}`, { duration: REFUSED_MS });
}
