"use client";
import { ErrorPage } from "@/components/shell/error-page";

export default function PageError({ error, unstable_retry }: { error: Error & { digest?: string }; unstable_retry: () => void }) {
  return <ErrorPage error={error} onRetry={unstable_retry} />;
}
