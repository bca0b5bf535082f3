"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { workspaceSettingsInput } from "#server/workspaces/schema.ts";
import { CountrySelect } from "@/components/shell/country-select";
import { PageBody } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { ZoneSelect } from "@/components/shell/zone-select";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input, Textarea } from "@/components/ui/input";
import { BrokenState, ForbiddenState, Problem, sentenceOf } from "@/components/ui/list-states";
import { RadioGroup } from "@/components/ui/radio";
import { SkeletonRows } from "@/components/ui/skeleton";
import { showDone } from "@/components/ui/toast";
import { SettingsFrame } from "./settings-frame";

const VISIBILITY = [
  { value: "own", label: "Their own", detail: "Reps see only what they own." },
  { value: "team", label: "Their team's", detail: "Reps see what their team owns." },
  { value: "all", label: "Everything", detail: "Everybody sees everything." },
] as const;

export function WorkspacePage() {
  const trpc = useTRPC();
  const mayWrite = useCan("settings:write");
  const workspace = useQuery(trpc.workspaces.current.queryOptions());
  return (
    <SettingsFrame>
      <PageBody>
        {!mayWrite ? (
          <ForbiddenState>Only admins change the workspace. Ask one of them under Team.</ForbiddenState>
        ) : workspace.data ? (
          <WorkspaceForm workspace={workspace.data} />
        ) : workspace.error ? (
          <BrokenState error={workspace.error} onRetry={() => void workspace.refetch()} />
        ) : (
          <SkeletonRows rows={5} label="Loading the workspace" />
        )}
      </PageBody>
    </SettingsFrame>
  );
}

function WorkspaceForm({ workspace }: { workspace: RouterOutputs["workspaces"]["current"] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const form = useForm<z.input<typeof workspaceSettingsInput>, unknown, z.output<typeof workspaceSettingsInput>>({
    resolver: zodResolver(workspaceSettingsInput),
    values: {
      name: workspace.name,
      timeZone: workspace.timeZone,
      country: workspace.country,
      postalAddress: workspace.postalAddress ?? "",
      visibility: workspace.visibility,
    },
    resetOptions: { keepDirtyValues: true },
  });
  // Only what was changed here is saved: who sees what is also set under Team, and by colleagues.
  const dirty = form.formState.dirtyFields as Record<string, unknown>;
  const changedOf = (input: z.output<typeof workspaceSettingsInput>) =>
    Object.fromEntries(Object.entries(input).filter(([key]) => dirty[key])) as typeof input;
  const save = useMutation(
    trpc.workspaces.saveSettings.mutationOptions({
      onSuccess: async () => {
        showDone("Saved the workspace.");
        form.reset(form.getValues());
        await queryClient.invalidateQueries();
        router.refresh();
      },
    }),
  );
  return (
    <form onSubmit={form.handleSubmit((input) => save.mutate(changedOf(input)))} noValidate className="grid max-w-form gap-5 pt-4">
      <FormField control={form.control} name="name" label="Name">
        {(field) => <Input {...asText(field)} autoComplete="organization" />}
      </FormField>
      <FormField
        control={form.control}
        name="postalAddress"
        label="Postal address"
        hint="Stands at the end of every first mail: the law of many countries asks for it."
      >
        {(field) => <Textarea {...asText(field)} rows={2} autoComplete="street-address" />}
      </FormField>
      <FormField
        control={form.control}
        name="country"
        label="Country"
        hint="Whose public holidays keep your calendar closed, where a time zone has several countries."
      >
        {(field) => <CountrySelect id={field.id} value={typeof field.value === "string" ? field.value : null} onChange={field.onChange} />}
      </FormField>
      <FormField control={form.control} name="timeZone" label="Time zone">
        {(field) => <ZoneSelect id={field.id} value={typeof field.value === "string" ? field.value : ""} onChange={field.onChange} />}
      </FormField>
      <FormField control={form.control} name="visibility" label="Reps see">
        {(field) => (
          <RadioGroup label="Reps see" options={VISIBILITY} value={form.watch("visibility") ?? "team"} onChange={field.onChange} />
        )}
      </FormField>
      <Problem>{save.error && sentenceOf(save.error)}</Problem>
      <div>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save the workspace
        </Button>
      </div>
    </form>
  );
}
