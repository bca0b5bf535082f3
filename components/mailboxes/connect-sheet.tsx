"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { connectMailboxInput } from "#server/mailboxes/schema.ts";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { ProofList } from "./mailbox-summary";
import type { Mailbox } from "./mailboxes-page";
import { ServerFields } from "./server-fields";

type Values = z.input<typeof connectMailboxInput>;
type Output = z.output<typeof connectMailboxInput>;
const LOOK_MS = 1_500;

/** Asks the address first, fills the servers in, then proves that the mailbox sends and reads. */
export function ConnectSheet({ mailbox, onClose, onChanged }: { mailbox: Mailbox | null; onClose: () => void; onChanged: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { fullName } = useSession();
  const [provingId, setProvingId] = useState<string | null>(null);
  const [isFilled, setFilled] = useState(mailbox !== null);
  const [hint, setHint] = useState<{ note: string | null; link: string | null; provider: string | null } | null>(null);
  const form = useForm<Values, unknown, Output>({
    resolver: zodResolver(connectMailboxInput),
    defaultValues: {
      address: mailbox?.address ?? "",
      displayName: mailbox?.displayName ?? fullName,
      smtp: mailbox?.smtp ?? { host: "", port: 465, security: "tls", user: "" },
      imap: mailbox?.imap ?? { host: "", port: 993, security: "tls", user: "" },
      password: "",
      imapPassword: "",
    },
  });
  const proving = useQuery(
    trpc.mailboxes.list.queryOptions(
      {},
      { enabled: provingId !== null, refetchInterval: LOOK_MS, select: (all) => all.items.find((box) => box.id === provingId) ?? null },
    ),
  );
  const done = (id: string) => {
    setProvingId(id);
    onChanged();
  };
  const guess = useMutation({
    mutationFn: (address: string) => queryClient.fetchQuery(trpc.mailboxes.guess.queryOptions({ address })),
    onSuccess: (found) => {
      form.setValue("smtp", found.smtp);
      form.setValue("imap", found.imap);
      setHint(found);
      setFilled(true);
    },
  });
  const connect = useMutation(trpc.mailboxes.connect.mutationOptions({ onSuccess: ({ id }) => done(id) }));
  const reconnect = useMutation(trpc.mailboxes.reconnect.mutationOptions({ onSuccess: () => mailbox && done(mailbox.id) }));
  const next = async () => {
    if (await form.trigger("address")) guess.mutate(form.getValues("address"));
  };
  const save = (values: Output) => (mailbox ? reconnect.mutate({ id: mailbox.id, ...values }) : connect.mutate(values));
  const box = proving.data;
  const error = guess.error ?? connect.error ?? reconnect.error;

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={mailbox ? `Reconnect ${mailbox.address}` : "Connect mailbox"}
      description={provingId ? undefined : "It signs in, sends a mail to itself and reads it back. Nothing is sent to anybody else."}
      actions={
        provingId ? (
          <>
            {box && box.status !== "connecting" && box.status !== "ready" && (
              <Button onClick={() => setProvingId(null)}>Change servers or password</Button>
            )}
            <Button variant="primary" onClick={onClose}>
              {box?.status === "ready" ? "Done" : "Close"}
            </Button>
          </>
        ) : (
          <>
            <Button variant="quiet" onClick={onClose}>
              Cancel
            </Button>
            {isFilled ? (
              <Button variant="primary" type="submit" form="mailbox" busy={connect.isPending || reconnect.isPending}>
                Connect and prove
              </Button>
            ) : (
              <Button variant="primary" onClick={() => void next()} busy={guess.isPending}>
                Find its servers
              </Button>
            )}
          </>
        )
      }
    >
      {provingId ? (
        <div className="grid gap-4" aria-live="polite">
          {box && <ProofList mailbox={box} />}
          {box?.status === "ready" && (
            <p className="text-sm">
              {box.address} sends and reads. It starts with {box.capToday} mails a day.
            </p>
          )}
          {box?.status === "connecting" && (
            <p className="text-sm text-muted">Arriving can take up to three minutes. You can close this; it goes on.</p>
          )}
        </div>
      ) : (
        <form
          id="mailbox"
          onSubmit={
            isFilled
              ? form.handleSubmit(save)
              : (event) => {
                  event.preventDefault();
                  void next();
                }
          }
          noValidate
          className="grid gap-4"
        >
          <FormField control={form.control} name="address" label="E-mail address">
            {(field) => (
              <Input {...asText(field)} type="email" autoComplete="email" disabled={mailbox !== null} placeholder="ana@acme.example" />
            )}
          </FormField>
          {isFilled && (
            <>
              {hint?.note && (
                <Notice>
                  {hint.note}{" "}
                  {hint.link && (
                    <a href={hint.link} target="_blank" rel="noreferrer" className="text-accent underline">
                      Make one here
                    </a>
                  )}
                </Notice>
              )}
              <FormField control={form.control} name="displayName" label="Name that recipients see">
                {(field) => <Input {...asText(field)} autoComplete="name" />}
              </FormField>
              <FormField
                control={form.control}
                name="password"
                label={hint?.note?.includes("app password") ? "App password" : "Password"}
                hint="Kept sealed; nobody can read it here, only replace it."
              >
                {(field) => <Input {...asText(field)} type="password" autoComplete="off" />}
              </FormField>
              <ServerFields control={form.control} hint={hint?.provider ? `Filled in for ${hint.provider}.` : undefined} />
            </>
          )}
          <Problem>{error && sentenceOf(error)}</Problem>
        </form>
      )}
    </Sheet>
  );
}
