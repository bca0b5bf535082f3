"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { type CreateWorkspaceInput, createWorkspaceInput } from "#server/workspaces/schema.ts";
import { ZoneSelect } from "@/components/shell/zone-select";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/list-states";

type OwnWorkspaceFormProps = {
  busy: boolean;
  problem: string | null;
  onBack: () => void;
  onSubmit: (values: CreateWorkspaceInput) => void;
};

/** The two things a workspace cannot begin without; the setup list on Today asks for the rest. */
export function OwnWorkspaceForm({ busy, problem, onBack, onSubmit }: OwnWorkspaceFormProps) {
  const form = useForm<z.input<typeof createWorkspaceInput>, unknown, CreateWorkspaceInput>({
    resolver: zodResolver(createWorkspaceInput),
    defaultValues: { name: "", timeZone: "Europe/Lisbon" },
  });
  const { setValue } = form;
  useEffect(() => setValue("timeZone", Intl.DateTimeFormat().resolvedOptions().timeZone), [setValue]);
  return (
    <form onSubmit={form.handleSubmit(onSubmit)} noValidate className="grid max-w-sm gap-4">
      <FormField control={form.control} name="name" label="Name of your company" hint="Your workspace carries it; you can change it later.">
        {(field) => <Input {...asText(field)} autoComplete="organization" autoFocus />}
      </FormField>
      <FormField control={form.control} name="timeZone" label="Time zone of your team">
        {(field) => <ZoneSelect id={field.id} value={typeof field.value === "string" ? field.value : ""} onChange={field.onChange} />}
      </FormField>
      <Problem>{problem}</Problem>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          Open the workspace
        </Button>
        <Button variant="quiet" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
