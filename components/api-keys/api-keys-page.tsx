"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { Instant, RelativeTime } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";

const RotateKeySheet = later(
  () => import("./rotate-key-sheet").then((part) => part.RotateKeySheet),
  ({ replacing }) => replacing !== null,
);
const CreateKeySheet = later(() => import("./create-key-sheet").then((part) => part.CreateKeySheet));

type ApiKey = RouterOutputs["apiKeys"]["list"][number];

const columns: Column<ApiKey>[] = [
  { id: "name", header: "What it is for", width: 220, grow: true, cell: (key) => <KeyName apiKey={key} /> },
  { id: "prefix", header: "Begins with", width: 128, cell: (key) => <code className="font-mono text-xs">{key.prefix}…</code> },
  {
    id: "scopes",
    header: "May",
    width: 240,
    cell: (key) => (key.scopes.includes("*") ? "everything its maker may" : key.scopes.join(", ")),
  },
  {
    id: "used",
    header: "Last used",
    width: 112,
    cell: (key) => (key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : <span className="text-muted">never</span>),
  },
  { id: "until", header: "Works until", width: 152, cell: (key) => (key.expiresAt ? <Instant at={key.expiresAt} dayOnly /> : "withdrawn") },
  { id: "by", header: "Made by", width: 140, cell: (key) => <bdi>{key.createdBy}</bdi> },
];

function KeyName({ apiKey }: { apiKey: ApiKey }) {
  return (
    <>
      <span className="font-medium">{apiKey.name}</span>
      {apiKey.isReplaced && <span className="text-muted"> · replaced</span>}
    </>
  );
}

export function ApiKeysPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const keys = useQuery(trpc.apiKeys.list.queryOptions());
  const [replacing, setReplacing] = useState<ApiKey | null>(null);
  const [creating, setCreating] = useState(false);
  const refresh = () => void queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
  const withdraw = useMutation(
    trpc.apiKeys.withdraw.mutationOptions({
      onSettled: refresh,
      onSuccess: () => showDone("Withdrew the key. It no longer opens anything."),
    }),
  );
  const primary = (
    <Button variant="primary" hotkey="n" onClick={() => setCreating(true)}>
      Make a key
    </Button>
  );
  return (
    <SettingsFrame {...(keys.data && keys.data.length > 0 && { primary })}>
      {withdraw.error && (
        <div className="px-6 pt-3 phone:px-4">
          <Problem>{sentenceOf(withdraw.error)}</Problem>
        </div>
      )}
      <DataTable
        noun="API keys"
        rows={keys.data ?? []}
        columns={columns}
        rowId={(key) => key.id}
        rowName={(key) => key.name}
        isLoading={keys.isPending}
        error={keys.error}
        onRetry={() => void keys.refetch()}
        empty={
          <EmptyState
            action={primary}
            quiet={
              <a href="/api/docs" className="text-sm text-accent underline">
                Read what the API can do
              </a>
            }
          >
            A key lets a program of yours use this workspace.
          </EmptyState>
        }
        actions={(key) => [
          ...(key.isReplaced ? [] : [{ label: "Replace the key", onSelect: () => setReplacing(key) }]),
          { label: "Withdraw the key", tone: "bad", onSelect: () => withdraw.mutate({ id: key.id }) },
        ]}
        phoneRow={(key) => ({
          title: key.name,
          detail: `${key.prefix}…`,
          next: key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : "never used",
        })}
      />
      <RotateKeySheet replacing={replacing} onClose={() => setReplacing(null)} onRotated={refresh} />
      <CreateKeySheet open={creating} onOpenChange={setCreating} onCreated={refresh} />
    </SettingsFrame>
  );
}
