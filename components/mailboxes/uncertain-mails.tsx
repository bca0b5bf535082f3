"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";

/** Mails of which nobody knows whether they left. Never sent again by themselves; a person decides. Absent when there are none. */
export function UncertainMails() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canSettle = useCan("messages:settle");
  const list = useQuery(trpc.messages.list.queryOptions({ status: "uncertain", limit: 20 }));
  const settle = useMutation(
    trpc.messages.settle.mutationOptions({
      onSuccess: ({ status }) => showDone(status === "sent" ? "Marked as sent." : "It will be sent again within a minute."),
      onSettled: () => void queryClient.invalidateQueries(trpc.messages.pathFilter()),
    }),
  );
  const mails = list.data?.items ?? [];
  if (mails.length === 0) return null;
  return (
    <section aria-labelledby="uncertain" className="max-h-64 overflow-y-auto border-t border-line px-6 py-3 phone:px-4">
      <h2 id="uncertain" className="text-base font-semibold">
        May have been sent <span className="font-normal text-muted">{mails.length}</span>
      </h2>
      <p className="mb-2 text-sm text-muted">
        The mail server went silent after we handed them over. We will not send them again by ourselves. Look into the mailbox's Sent
        folder.
      </p>
      <Problem>{settle.error && sentenceOf(settle.error)}</Problem>
      <ul>
        {mails.map((mail) => (
          <li key={mail.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-sm">
            <bdi className="min-w-0 flex-1 truncate">
              <span className="font-medium">{mail.leadName ?? mail.to}</span> <span className="text-muted">{mail.subject}</span>
            </bdi>
            <span className="text-muted">
              from <bdi>{mail.from}</bdi>, <Instant at={mail.dueAt} />
            </span>
            {canSettle && (
              <span className="flex gap-2">
                <Button size="sm" onClick={() => settle.mutate({ id: mail.id, sent: true })}>
                  It was sent
                </Button>
                <Button size="sm" onClick={() => settle.mutate({ id: mail.id, sent: false })}>
                  It was not
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
