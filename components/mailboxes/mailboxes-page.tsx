"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Page, PageHeader } from "@/components/shell/page";
import { useCan, useSession } from "@/components/shell/session";
import { actThen } from "@/components/trpc/act-then";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import { SidePanel } from "@/components/ui/side-panel";
import { State } from "@/components/ui/state";
import { DataTable } from "@/components/ui/table/data-table";
import { showDone } from "@/components/ui/toast";
import { mailboxColumns } from "./mailbox-columns";
import { MailboxSummary } from "./mailbox-summary";
import { UncertainMails } from "./uncertain-mails";

const ConnectSheet = later(() => import("./connect-sheet").then((part) => part.ConnectSheet));
const EditSheet = later(() => import("./edit-sheet").then((part) => part.EditSheet));

export type Mailbox = RouterOutputs["mailboxes"]["list"]["items"][number];

const PROVING_LOOK_MS = 1_500;
const LOOK_MS = 30_000;

/** Which mailboxes send and read, how much today, and what needs a person. */
export function MailboxesPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { kind, role, userId } = useSession();
  const canWrite = useCan("mailboxes:write");
  const list = useQuery(
    trpc.mailboxes.list.queryOptions(
      {},
      { refetchInterval: ({ state }) => (state.data?.items.some((box) => box.status === "connecting") ? PROVING_LOOK_MS : LOOK_MS) },
    ),
  );
  const [connecting, setConnecting] = useState<{ mailbox: Mailbox | null } | null>(null);
  const [editing, setEditing] = useState<Mailbox | null>(null);
  const refresh = () => void queryClient.invalidateQueries();
  const pause = useMutation(trpc.mailboxes.pause.mutationOptions({ onSettled: refresh }));
  const resume = useMutation(trpc.mailboxes.resume.mutationOptions({ onSettled: refresh }));
  const prove = useMutation(trpc.mailboxes.prove.mutationOptions({ onSettled: refresh }));
  const remove = useMutation(
    trpc.mailboxes.remove.mutationOptions({
      onSettled: refresh,
      onSuccess: () => showDone("Removed the mailbox. What it sent and received stays."),
    }),
  );
  const problem = pause.error ?? resume.error ?? prove.error ?? remove.error;

  const rows = list.data?.items ?? [];
  const ready = rows.filter((box) => box.tone === "good").length;
  const troubled = rows.filter((box) => box.tone === "bad" || box.tone === "attention").length;
  const mayChange = (box: Mailbox) =>
    canWrite && box.kind === "smtp" && (box.ownerId === userId || role === "owner" || role === "admin" || role === "manager");
  const isPretend = kind === "sandbox";

  const togglePause = (box: Mailbox) => {
    const undo = (back: typeof pause) => () => back.mutateAsync({ id: box.id });
    if (box.status === "paused") actThen(resume, { id: box.id }, () => showDone(`Resumed ${box.address}.`, undo(pause)));
    else actThen(pause, { id: box.id }, () => showDone(`Paused ${box.address}. Its mails are planned again.`, undo(resume)));
  };
  const primary = canWrite && !isPretend && (
    <Button variant="primary" hotkey="n" onClick={() => setConnecting({ mailbox: null })}>
      Connect mailbox
    </Button>
  );

  return (
    <Page>
      <PageHeader scoped title="Mailboxes" count={list.data ? rows.length : undefined} primary={rows.length > 0 ? primary : undefined}>
        {rows.length > 0 && (
          <>
            {ready} ready{troubled > 0 && ` · ${troubled} ${troubled === 1 ? "needs" : "need"} attention`}
          </>
        )}
      </PageHeader>
      {problem && (
        <div className="px-6 pb-3 phone:px-4">
          <Problem>{sentenceOf(problem)}</Problem>
        </div>
      )}
      <DataTable
        noun="mailboxes"
        rows={rows}
        columns={mailboxColumns((box) => setConnecting({ mailbox: box }), mayChange)}
        rowId={(box) => box.id}
        rowName={(box) => box.address}
        isLoading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          <EmptyState action={primary || undefined}>
            {isPretend
              ? "A pretend workspace reaches no mail server. Its mails stay on this computer."
              : "A mailbox sends your mails and reads the answers. Nothing is sent until you start a campaign."}
          </EmptyState>
        }
        panel={(box, close) => (
          <SidePanel label="Mailbox" title={<bdi>{box.address}</bdi>} onClose={close}>
            <MailboxSummary
              mailbox={box}
              onEdit={mayChange(box) ? () => setEditing(box) : undefined}
              onReconnect={mayChange(box) ? () => setConnecting({ mailbox: box }) : undefined}
            />
          </SidePanel>
        )}
        actions={(box) =>
          mayChange(box)
            ? [
                { label: "Edit pace, hours and signature", hotkey: "e", onSelect: () => setEditing(box) },
                { label: box.status === "paused" ? "Resume the mailbox" : "Pause the mailbox", onSelect: () => togglePause(box) },
                { label: "Change servers or password", onSelect: () => setConnecting({ mailbox: box }) },
                { label: "Prove it again", onSelect: () => prove.mutate({ id: box.id }) },
                { label: "Remove the mailbox", tone: "bad" as const, onSelect: () => remove.mutate({ id: box.id }) },
              ]
            : []
        }
        phoneRow={(box) => ({
          title: <bdi>{box.address}</bdi>,
          state: <State tone={box.tone}>{box.statusText}</State>,
          detail: box.sendError ?? box.readError ?? box.pace,
          next: `${box.sentToday} of ${box.capToday}`,
        })}
      />
      <UncertainMails />
      <p className="border-t border-line px-6 py-3 text-xs text-muted phone:px-4">
        We read only mail that answers us or comes from people in your workspace. Nothing else is stored.
      </p>
      {connecting && <ConnectSheet mailbox={connecting.mailbox} onClose={() => setConnecting(null)} onChanged={refresh} />}
      {editing && <EditSheet mailbox={editing} onClose={() => setEditing(null)} onSaved={refresh} />}
    </Page>
  );
}
