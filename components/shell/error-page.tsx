"use client";
import { BrokenState } from "@/components/ui/list-states";
import { Page, PageHeader } from "./page";

/** A page that failed: what happened, what still works, what is being done. The rest of the frame stays. */
export function ErrorPage({ error, whole, onRetry }: { error: Error & { digest?: string }; whole?: boolean; onRetry: () => void }) {
  const gone = whole
    ? "Leadwright cannot read its data just now. Nothing was lost; this page comes back by itself."
    : "This page could not be shown. Nothing was lost; the other pages still work.";
  const message = error.digest ? gone : error.message;
  return (
    <Page>
      <PageHeader title="This page does not answer" />
      <BrokenState error={{ message }} onRetry={onRetry} />
    </Page>
  );
}
