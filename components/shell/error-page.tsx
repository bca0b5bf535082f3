"use client";
import { BrokenState } from "@/components/ui/list-states";
import { Page, PageHeader } from "./page";

/** A page that failed: what happened, what still works, what is being done. The rest of the frame stays. */
export function ErrorPage({ error, onRetry }: { error: Error & { digest?: string }; onRetry: () => void }) {
  const message = error.digest ? "This page could not be shown. Nothing was lost; the other pages still work." : error.message;
  return (
    <Page>
      <PageHeader title="This page does not answer" />
      <BrokenState error={{ message }} onRetry={onRetry} />
    </Page>
  );
}
