"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { updateMailboxInput } from "#server/mailboxes/schema.ts";
import { HoursField } from "@/components/profile/hours-field";
import { ZoneSelect } from "@/components/shell/zone-select";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Sheet } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input, Textarea } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { showDone } from "@/components/ui/toast";
import type { Mailbox } from "./mailboxes-page";

type Values = z.input<typeof updateMailboxInput>;

/** Name, signature, zone, hours, limit and pace of one mailbox. */
export function EditSheet({ mailbox, onClose, onSaved }: { mailbox: Mailbox; onClose: () => void; onSaved: () => void }) {
  const trpc = useTRPC();
  const form = useForm<Values, unknown, z.output<typeof updateMailboxInput>>({
    resolver: zodResolver(updateMailboxInput),
    defaultValues: {
      id: mailbox.id,
      displayName: mailbox.displayName,
      signature: mailbox.signature,
      timeZone: mailbox.timeZone,
      hours: mailbox.hours,
      dailyCap: mailbox.dailyCap,
      gapMinMinutes: mailbox.gapMinMinutes,
      gapMaxMinutes: mailbox.gapMaxMinutes,
      isBuildingUp: mailbox.isBuildingUp,
    },
  });
  const save = useMutation(
    trpc.mailboxes.update.mutationOptions({
      onSuccess: () => {
        showDone(`Saved ${mailbox.address}.`);
        onSaved();
        onClose();
      },
    }),
  );
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<bdi>{mailbox.address}</bdi>}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="edit-mailbox" busy={save.isPending}>
            Save mailbox
          </Button>
        </>
      }
    >
      <form id="edit-mailbox" onSubmit={form.handleSubmit((values) => save.mutate(values))} noValidate className="grid gap-4">
        <FormField control={form.control} name="displayName" label="Name that recipients see">
          {(field) => <Input {...asText(field)} />}
        </FormField>
        <FormField control={form.control} name="signature" label="Signature">
          {(field) => <Textarea {...asText(field)} rows={4} />}
        </FormField>
        <FormField control={form.control} name="dailyCap" label="Daily limit" hint="Campaign mails a day at full pace.">
          {(field) => <Input {...asText(field)} inputMode="numeric" />}
        </FormField>
        <FormField control={form.control} name="isBuildingUp" label="Pace">
          {(field) => (
            <Checkbox
              checked={field.value === true}
              onChange={field.onChange}
              detail="10 mails a day, 5 more each week, up to the daily limit."
            >
              Build up slowly
            </Checkbox>
          )}
        </FormField>
        <div className="grid grid-cols-2 gap-3">
          <FormField control={form.control} name="gapMinMinutes" label="Shortest gap, min">
            {(field) => <Input {...asText(field)} inputMode="numeric" />}
          </FormField>
          <FormField control={form.control} name="gapMaxMinutes" label="Longest gap, min">
            {(field) => <Input {...asText(field)} inputMode="numeric" />}
          </FormField>
        </div>
        <FormField control={form.control} name="timeZone" label="Time zone">
          {(field) => <ZoneSelect id={field.id} value={String(field.value ?? "")} onChange={field.onChange} />}
        </FormField>
        <HoursField
          value={form.watch("hours") ?? mailbox.hours}
          onChange={(hours) => form.setValue("hours", hours)}
          problem={form.formState.errors.hours?.message}
          label="Sends between"
        />
        <Problem>{save.error && sentenceOf(save.error)}</Problem>
      </form>
    </Sheet>
  );
}
