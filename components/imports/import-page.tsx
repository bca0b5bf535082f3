"use client";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import type { ImportView } from "#server/imports/schema.ts";
import { Page, PageBody, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { ButtonLink } from "@/components/ui/button";
import { BrokenState, ForbiddenState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { StepBar } from "@/components/ui/step-bar";
import { ChooseFile } from "./choose-file";
import { ImportColumns } from "./import-columns";
import { ImportResult } from "./import-result";
import { fileSays } from "./import-words";
import { RecentImports } from "./recent-imports";

const POLL_MS = 700;
const isBusy = (status: ImportView["status"] | undefined) => status === "checking" || status === "running";

/** Four steps on one page, no dead ends: the address holds the import, so closing the page stops nothing. */
export function ImportPage() {
  const trpc = useTRPC();
  const canWrite = useCan("leads:write");
  const [id, setId] = useQueryState("id", parseAsString);
  const query = useQuery(
    trpc.imports.get.queryOptions(
      { id: id ?? "" },
      { enabled: id !== null, refetchInterval: (state) => (isBusy(state.state.data?.status) ? POLL_MS : false) },
    ),
  );
  const record = id === null ? undefined : query.data;
  const step = !record
    ? "file"
    : record.status === "ready"
      ? "check"
      : record.status === "stored" || record.status === "checking"
        ? "columns"
        : "result";

  return (
    <Page>
      <PageHeader title="Import people" secondary={<ButtonLink href="/leads">People</ButtonLink>} />
      <StepBar
        label="Import"
        current={step}
        steps={[
          { id: "file", label: "File", detail: record ? fileSays(record) : undefined },
          { id: "columns", label: "Columns" },
          { id: "check", label: "Check" },
          { id: "result", label: "Result" },
        ]}
      />
      <PageBody>
        {!canWrite ? (
          <ForbiddenState>Only reps, managers and admins import people.</ForbiddenState>
        ) : id === null ? (
          <>
            <ChooseFile onStored={(stored) => void setId(stored)} />
            <RecentImports />
          </>
        ) : query.error && !record ? (
          <BrokenState error={query.error} onRetry={() => void query.refetch()} />
        ) : !record ? (
          <SkeletonRows rows={8} label="Import" />
        ) : step === "result" ? (
          <ImportResult record={record} onAgain={() => void setId(null)} />
        ) : (
          <ImportColumns key={record.id} record={record} />
        )}
      </PageBody>
    </Page>
  );
}
