"use client";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button";

function Centre({ children, role }: { children: ReactNode; role?: "alert" | "status" }) {
  return (
    <div role={role} className="flex flex-col items-start gap-3 px-6 py-12 phone:px-4">
      {children}
    </div>
  );
}

/** Never used: one sentence that says what will be here, one primary button, one quiet link. */
export function EmptyState({ children, action, quiet }: { children: ReactNode; action?: ReactNode; quiet?: ReactNode }) {
  return (
    <Centre>
      <p className="max-w-reading text-base text-ink">{children}</p>
      {(action || quiet) && (
        <div className="flex flex-wrap items-center gap-3">
          {action}
          {quiet}
        </div>
      )}
    </Centre>
  );
}

/** Filters hide everything: "No leads match. 12,408 without these filters." */
export function FilteredEmpty({ noun, totalWithout, onClear }: { noun: string; totalWithout?: number | undefined; onClear: () => void }) {
  return (
    <Centre role="status">
      <p className="text-base">
        No {noun} match.
        {totalWithout !== undefined && ` ${totalWithout.toLocaleString("en-GB")} without these filters.`}
      </p>
      <Button onClick={onClear}>Clear filters</Button>
    </Centre>
  );
}

const RETRY_S = 5;

/** What happened, what still works, what is being done. Tries again by itself every five seconds. */
export function BrokenState({ error, onRetry }: { error: { message: string } | null; onRetry: () => void }) {
  const [left, setLeft] = useState(RETRY_S);
  const [tries, setTries] = useState(1);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left > 0) return;
    setLeft(RETRY_S);
    setTries((count) => count + 1);
    onRetry();
  }, [left, onRetry]);
  return (
    <Centre role="alert">
      <p className="max-w-reading text-base">{sentenceOf(error)}</p>
      <p className="text-sm text-muted">
        Retrying in {Math.max(left, 0)} s{tries > 1 && ` (try ${tries})`}.
      </p>
      <Button
        onClick={() => {
          setLeft(RETRY_S);
          setTries((count) => count + 1);
          onRetry();
        }}
      >
        Retry now
      </Button>
    </Centre>
  );
}

/** At the end of a list whose next page or refresh did not come: what is shown stays, and more comes when it is asked for. */
export function StaleList({ error, onRetry }: { error: { message: string }; onRetry: (() => void) | undefined }) {
  return (
    <div className="px-6 py-3 phone:px-4">
      <Problem
        action={
          onRetry && (
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        {sentenceOf(error)}
      </Problem>
    </div>
  );
}

/** The page says who can. */
export function ForbiddenState({ children }: { children: ReactNode }) {
  return (
    <Centre>
      <p className="max-w-reading text-base">{children}</p>
    </Centre>
  );
}

/** A record that is gone: "This lead was deleted on 4 Mar", with the way on. */
export function GoneState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Centre>
      <p className="max-w-reading text-base">{children}</p>
      {action}
    </Centre>
  );
}

/** What is wrong, where it is wrong. */
export function Problem({ children, action }: { children: ReactNode; action?: ReactNode }) {
  if (!children) return null;
  return (
    <div role="alert" className="flex items-start gap-3 rounded-control bg-bad-soft px-3 py-2 text-sm text-bad">
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</span>
      {action}
    </div>
  );
}

/** A fact that somebody should read before going on; not an error. */
export function Notice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex items-start gap-3 rounded-control bg-attention-soft px-3 py-2 text-sm text-attention">
      <span className="min-w-0 flex-1">{children}</span>
      {action}
    </div>
  );
}

const NO_ANSWER = /fetch|network|load failed/i;

export function sentenceOf(error: { message: string } | null): string {
  if (!error) return "";
  return NO_ANSWER.test(error.message) ? "Leadwright does not answer. Nothing was lost; what you see may be old." : error.message;
}
