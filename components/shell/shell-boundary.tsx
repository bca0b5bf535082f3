"use client";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";
import { BrokenState } from "@/components/ui/list-states";
import { Page, PageHeader } from "./page";

/**
 * Around the frame: when not even the clock and the counts can be read (the database is away), the page says so, and tries again
 * by itself until it works. The queries that failed are asked anew, not remembered.
 */
export function ShellBoundary({ children }: { children: ReactNode }) {
  const { reset } = useQueryErrorResetBoundary();
  return <Boundary onRetry={reset}>{children}</Boundary>;
}

type State = { error: Error | null };

class Boundary extends Component<{ onRetry: () => void; children: ReactNode }, State> {
  override state: State = { error: null };
  static getDerivedStateFromError(error: Error): State {
    return { error };
  }
  readonly retry = () => {
    this.props.onRetry();
    this.setState({ error: null });
  };
  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    // Next's own signals (redirect, not found) are thrown as errors too, and are not ours to show.
    if ("digest" in error && typeof error.digest === "string" && error.digest.startsWith("NEXT_")) throw error;
    return (
      <main className="h-dvh">
        <Page>
          <PageHeader title="Leadwright cannot read its data" />
          <BrokenState error={error} onRetry={this.retry} />
        </Page>
      </main>
    );
  }
}
