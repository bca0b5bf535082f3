"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { createTeamInput } from "#server/teams/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import { showDone } from "@/components/ui/toast";
import type { Member } from "./team-page";

type TeamSheetProps = { open: boolean; onOpenChange: (open: boolean) => void; members: readonly Member[]; onCreated: () => void };

export function TeamSheet({ open, onOpenChange, members, onCreated }: TeamSheetProps) {
  const trpc = useTRPC();
  const form = useForm<z.input<typeof createTeamInput>, unknown, z.output<typeof createTeamInput>>({
    resolver: zodResolver(createTeamInput),
    defaultValues: { name: "", managerId: null },
  });
  const create = useMutation(
    trpc.teams.createTeam.mutationOptions({
      onSuccess: (_, { name }) => {
        showDone(`Added the team ${name}.`);
        form.reset();
        onOpenChange(false);
        onCreated();
      },
    }),
  );
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="Add a team"
      description="People of one team see each other's leads, unless the workspace shows everything to everybody."
      actions={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form="team" variant="primary" busy={create.isPending}>
            Add the team
          </Button>
        </>
      }
    >
      <form id="team" onSubmit={form.handleSubmit((values) => create.mutate(values))} noValidate className="grid gap-4">
        <FormField control={form.control} name="name" label="Name">
          {(field) => <Input {...asText(field)} />}
        </FormField>
        <FormField control={form.control} name="managerId" label="Manager" hint="Sees everything of this team.">
          {(field) => (
            <Select
              id={field.id}
              options={[{ value: "", label: "Nobody yet" }, ...members.map((member) => ({ value: member.userId, label: member.fullName }))]}
              value={typeof field.value === "string" ? field.value : ""}
              onChange={(id) => field.onChange(id || null)}
            />
          )}
        </FormField>
        <Problem>{create.error && sentenceOf(create.error)}</Problem>
      </form>
    </Sheet>
  );
}
