"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { createTeamInput } from "#server/teams/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import type { Team } from "./teams-section";

const nameOnly = createTeamInput.pick({ name: true });

export function RenameTeamDialog({ team, onClose, onRenamed }: { team: Team | null; onClose: () => void; onRenamed: () => void }) {
  const trpc = useTRPC();
  const form = useForm({ resolver: zodResolver(nameOnly), values: { name: team?.name ?? "" } });
  const rename = useMutation(
    trpc.teams.changeTeam.mutationOptions({
      onSuccess: () => {
        onRenamed();
        onClose();
      },
    }),
  );
  // The refusal of one team's name is not the next one's.
  const close = () => {
    rename.reset();
    onClose();
  };
  return (
    <Dialog
      open={team !== null}
      onOpenChange={(open) => !open && close()}
      title={`Rename ${team?.name ?? ""}`}
      actions={
        <>
          <Button variant="quiet" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" form="rename-team" variant="primary" busy={rename.isPending}>
            Rename the team
          </Button>
        </>
      }
    >
      <form id="rename-team" noValidate onSubmit={form.handleSubmit(({ name }) => team && rename.mutate({ id: team.id, name }))}>
        <FormField control={form.control} name="name" label="Name">
          {(field) => <Input {...asText(field)} />}
        </FormField>
        <Problem>{rename.error && sentenceOf(rename.error)}</Problem>
      </form>
    </Dialog>
  );
}
