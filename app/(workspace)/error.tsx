"use client";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { ErrorPage } from "@/components/shell/error-page";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const retry = () =>
    startTransition(() => {
      queries.reset();
      router.refresh();
      reset();
    });
  return <ErrorPage error={error} onRetry={retry} />;
}
