"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { saveProfileInput } from "#server/teams/schema.ts";
import { ZoneSelect } from "@/components/shell/zone-select";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { asText, FormField } from "@/components/ui/form-field";
import { Input, Textarea } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { showDone } from "@/components/ui/toast";
import { AwayField } from "./away-field";
import { HoursField } from "./hours-field";

type Values = z.input<typeof saveProfileInput>;

export function ProfileForm({ profile }: { profile: RouterOutputs["teams"]["profile"] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { email: _, colleagues, ...values } = profile;
  const form = useForm<Values, unknown, z.output<typeof saveProfileInput>>({
    resolver: zodResolver(saveProfileInput),
    defaultValues: values,
  });
  const save = useMutation(
    trpc.teams.saveProfile.mutationOptions({
      onSuccess: async (_data, saved) => {
        form.reset(saved);
        showDone("Saved your profile.");
        await queryClient.invalidateQueries();
        router.refresh();
      },
    }),
  );
  return (
    <form onSubmit={form.handleSubmit((input) => save.mutate(input))} noValidate className="grid max-w-form gap-5 pt-4">
      <FormField control={form.control} name="fullName" label="Name" hint={`You sign in as ${profile.email}.`}>
        {(field) => <Input {...asText(field)} autoComplete="name" />}
      </FormField>
      <FormField control={form.control} name="signature" label="Signature" hint="Stands under every mail that you send.">
        {(field) => <Textarea {...asText(field)} rows={4} />}
      </FormField>
      <FormField
        control={form.control}
        name="timeZone"
        label="Time zone"
        hint="Times on your screens, and the hours of your booking page, are in this zone."
      >
        {(field) => <ZoneSelect id={field.id} value={typeof field.value === "string" ? field.value : ""} onChange={field.onChange} />}
      </FormField>
      <HoursField
        value={form.watch("hours")}
        onChange={(hours) => form.setValue("hours", hours, { shouldDirty: true, shouldValidate: true })}
        problem={form.formState.errors.hours?.to?.message ?? form.formState.errors.hours?.days?.message}
      />
      <AwayField
        value={form.watch("away") ?? null}
        onChange={(days) => form.setValue("away", days, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })}
        colleagues={colleagues}
        problem={form.formState.errors.away?.from?.message ?? form.formState.errors.away?.until?.message}
      />
      <Checkbox
        checked={form.watch("singleKeys")}
        onChange={(on) => form.setValue("singleKeys", on, { shouldDirty: true })}
        detail="J, K, X, A and the others. Ctrl K, Enter and Esc stay on."
      >
        Single-letter keys
      </Checkbox>
      <Problem>{save.error && sentenceOf(save.error)}</Problem>
      <div>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save your profile
        </Button>
      </div>
    </form>
  );
}
