"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { inviteInput } from "#server/teams/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { Sheet } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { RadioGroup } from "@/components/ui/radio";
import { Select } from "@/components/ui/select";
import { roleOptions } from "./role-options";

type InviteSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  teams: readonly { id: string; name: string }[];
  onInvited: () => void;
};
type Values = z.input<typeof inviteInput>;
const EMPTY: Values = { email: "", role: "rep", teamId: null };

/** An invitation is a link to copy; it is shown once. */
export function InviteSheet({ open, onOpenChange, teams, onInvited }: InviteSheetProps) {
  const trpc = useTRPC();
  const [link, setLink] = useState<string | null>(null);
  const form = useForm<Values, unknown, z.output<typeof inviteInput>>({ resolver: zodResolver(inviteInput), defaultValues: EMPTY });
  const invite = useMutation(
    trpc.teams.invite.mutationOptions({
      onSuccess: ({ token }) => {
        setLink(`${window.location.origin}/invitation/${token}`);
        onInvited();
      },
    }),
  );
  const close = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setLink(null);
    form.reset(EMPTY);
    invite.reset();
  };
  return (
    <Sheet
      open={open}
      onOpenChange={close}
      title="Invite a person"
      description={link ? undefined : "You get a link to send them. It works once, for seven days."}
      actions={
        link ? (
          <Button variant="primary" onClick={() => close(false)}>
            Done
          </Button>
        ) : (
          <>
            <Button variant="quiet" onClick={() => close(false)}>
              Cancel
            </Button>
            <Button variant="primary" type="submit" form="invite" busy={invite.isPending}>
              Make the link
            </Button>
          </>
        )
      }
    >
      {link ? (
        <div className="grid gap-3">
          <p className="text-base">Send this link yourself. It is shown only now.</p>
          <CopyField value={link} label="Invitation link" />
        </div>
      ) : (
        <form id="invite" onSubmit={form.handleSubmit((values) => invite.mutate(values))} noValidate className="grid gap-4">
          <FormField
            control={form.control}
            name="email"
            label="E-mail (may be left out)"
            hint="With an address, only that person can use the link."
          >
            {(field) => <Input {...asText(field)} type="email" />}
          </FormField>
          <FormField control={form.control} name="role" label="Role">
            {(field) => (
              <RadioGroup
                label="Role"
                options={roleOptions("admin").filter((option) => option.value !== "owner")}
                value={form.watch("role")}
                onChange={field.onChange}
              />
            )}
          </FormField>
          {teams.length > 0 && (
            <FormField control={form.control} name="teamId" label="Team">
              {(field) => (
                <Select
                  id={field.id}
                  options={[{ value: "", label: "No team" }, ...teams.map((team) => ({ value: team.id, label: team.name }))]}
                  value={typeof field.value === "string" ? field.value : ""}
                  onChange={(id) => field.onChange(id || null)}
                />
              )}
            </FormField>
          )}
          <Problem>{invite.error && sentenceOf(invite.error)}</Problem>
        </form>
      )}
    </Sheet>
  );
}
