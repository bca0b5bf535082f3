"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { actThen } from "@/components/trpc/act-then";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { later } from "@/components/ui/later";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Menu } from "@/components/ui/menu";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { showDone } from "@/components/ui/toast";

const RenameTeamDialog = later(
  () => import("./rename-team-dialog").then((part) => part.RenameTeamDialog),
  ({ team }) => team !== null,
);

type Page = RouterOutputs["teams"]["page"];
export type Team = Page["teams"][number];

const NOBODY = "nobody";
const SEES = [
  { value: "own", label: "their own work", detail: "and that of people they cover for" },
  { value: "team", label: "their team's work", detail: "people in no team are one team" },
  { value: "all", label: "everything" },
] as const;

/** Who sees what, and the teams that it rests on. Owners and admins see everything; a manager also sees the teams they lead. */
export function TeamsSection({ page, onAdd, onChange }: { page: Page; onAdd: () => void; onChange: () => void }) {
  const trpc = useTRPC();
  const [renaming, setRenaming] = useState<Team | null>(null);
  const workspace = useQuery(trpc.workspaces.current.queryOptions());
  const save = useMutation(trpc.workspaces.saveSettings.mutationOptions({ onSettled: () => void workspace.refetch().then(onChange) }));
  const change = useMutation(trpc.teams.changeTeam.mutationOptions({ onSettled: onChange }));
  const remove = useMutation(trpc.teams.removeTeam.mutationOptions({ onSettled: onChange }));
  const error = save.error ?? change.error ?? remove.error;
  const before = workspace.data?.visibility ?? "team";
  const saySees = (visibility: "own" | "team" | "all") =>
    actThen(save, { visibility }, () =>
      showDone(`Reps and managers now see ${SEES.find((each) => each.value === visibility)?.label}.`, () =>
        save.mutateAsync({ visibility: before }),
      ),
    );
  const everybody = [
    { value: NOBODY, label: "nobody yet" },
    ...page.members.filter((member) => member.role !== "viewer").map((member) => ({ value: member.userId, label: member.fullName })),
  ];
  return (
    <Section
      title="Teams"
      count={page.teams.length}
      className="shrink-0 px-6 py-3 phone:px-4"
      actions={
        <Button size="sm" onClick={onAdd}>
          Add a team
        </Button>
      }
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1 text-sm">
        <span className="text-muted">Reps, managers and viewers see</span>
        <Select label="Reps, managers and viewers see" className="w-44! phone:w-full!" options={SEES} value={before} onChange={saySees} />
        <span className="text-muted">in every list, count and report.</span>
      </div>
      <div className="max-w-form py-1">
        <Switch
          checked={workspace.data?.requiresSecondStep ?? false}
          disabled={!workspace.data}
          onChange={(requiresSecondStep) => save.mutate({ requiresSecondStep })}
          detail="Whoever has none sets it up before they see this workspace again."
        >
          Everybody needs a second step when signing in
        </Switch>
      </div>
      <ul>
        {page.teams.map((team) => (
          <li key={team.id} className="flex min-h-9 flex-wrap items-center gap-x-4 text-sm">
            <bdi className="min-w-32 flex-1 truncate font-medium">{team.name}</bdi>
            <span className="text-muted">{team.people === 1 ? "1 person" : `${team.people} people`}</span>
            <span className="flex min-w-0 items-center gap-2 whitespace-nowrap text-muted phone:order-last phone:w-full">
              Led by
              <Select
                label={`Manager of ${team.name}`}
                className="w-44! min-w-0 phone:w-auto! phone:flex-1"
                options={everybody}
                value={team.managerId ?? NOBODY}
                onChange={(id) => change.mutate({ id: team.id, managerId: id === NOBODY ? null : id })}
              />
            </span>
            <Menu
              align="end"
              entries={[
                { label: "Rename the team", onSelect: () => setRenaming(team) },
                {
                  label: "Remove the team",
                  detail: "Its people stay, in no team",
                  tone: "bad",
                  onSelect: () => actThen(remove, { id: team.id }, () => showDone(`Removed the team ${team.name}.`)),
                },
              ]}
              trigger={
                <IconButton label={`More about ${team.name}`}>
                  <MoreHorizontal />
                </IconButton>
              }
            />
          </li>
        ))}
      </ul>
      <Problem>{error && sentenceOf(error)}</Problem>
      <RenameTeamDialog team={renaming} onClose={() => setRenaming(null)} onRenamed={onChange} />
    </Section>
  );
}
