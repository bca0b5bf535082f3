"use client";
import { ErrorPage } from "@/components/shell/error-page";

/** Nothing of the page could be made, so nothing of it is kept: a retry is a new document. */
export default function RootError({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className="h-dvh">
      <ErrorPage whole error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}
