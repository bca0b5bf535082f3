"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { can, type Role } from "#server/auth/constants.ts";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { useSession } from "@/components/shell/session";
import { actThen } from "@/components/trpc/act-then";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import type { Column, RowAction } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { formatCivil, placeOf } from "@/components/ui/time/format";
import { showDone } from "@/components/ui/toast";
import { Invitations } from "./invitations";
import { roleOptions } from "./role-options";
import { TeamsSection } from "./teams-section";

const InviteSheet = later(() => import("./invite-sheet").then((part) => part.InviteSheet));
const TeamSheet = later(() => import("./team-sheet").then((part) => part.TeamSheet));
const PasswordLinkSheet = later(
  () => import("./password-link-sheet").then((part) => part.PasswordLinkSheet),
  ({ member }) => member !== null,
);
const RemoveSheet = later(
  () => import("./remove-sheet").then((part) => part.RemoveSheet),
  ({ member }) => member !== null,
);

const NO_TEAM = "none";
export type Member = RouterOutputs["teams"]["page"]["members"][number];

export function TeamPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSession();
  const mayWrite = can(session.role, "team:write");
  const page = useQuery(trpc.teams.page.queryOptions());
  const [inviting, setInviting] = useState(false);
  const [teamOpen, setTeamOpen] = useState(false);
  const [losing, setLosing] = useState<Member | null>(null);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const refreshAll = () => void queryClient.invalidateQueries();
  const refresh = () => void queryClient.invalidateQueries(trpc.teams.pathFilter());

  const role = useMutation(trpc.teams.changeRole.mutationOptions({ onSettled: refresh }));
  const team = useMutation(trpc.teams.moveToTeam.mutationOptions({ onSettled: refresh }));
  const changeRole = (member: Member, to: Role) =>
    actThen(role, { userId: member.userId, role: to }, () =>
      showDone(`${member.fullName} is now ${to === "admin" || to === "owner" ? "an" : "a"} ${to}.`, () =>
        role.mutateAsync({ userId: member.userId, role: member.role }),
      ),
    );

  const teams = page.data?.teams ?? [];
  const columns: Column<Member>[] = [
    {
      id: "name",
      header: "Name",
      width: 240,
      grow: true,
      cell: (member) => <Name member={member} isMe={member.userId === session.userId} />,
    },
    { id: "email", header: "E-mail", width: 240, cell: (member) => <span className="text-muted">{member.email}</span> },
    {
      id: "role",
      header: "Role",
      width: 136,
      cell: (member) =>
        mayWrite && (member.role !== "owner" || session.role === "owner") ? (
          <Select
            label={`Role of ${member.fullName}`}
            className="h-7!"
            options={roleOptions(session.role)}
            value={member.role}
            onChange={(to) => changeRole(member, to)}
          />
        ) : (
          member.role
        ),
    },
    {
      id: "team",
      header: "Team",
      width: 160,
      cell: (member) =>
        mayWrite && teams.length > 0 ? (
          <Select
            label={`Team of ${member.fullName}`}
            className="h-7!"
            options={[{ value: NO_TEAM, label: "no team" }, ...teams.map((each) => ({ value: each.id, label: each.name }))]}
            value={member.teamId ?? NO_TEAM}
            onChange={(to) => team.mutate({ userId: member.userId, teamId: to === NO_TEAM ? null : to })}
          />
        ) : (
          (member.teamName ?? <span className="text-muted">–</span>)
        ),
    },
    { id: "zone", header: "Place", width: 120, cell: (member) => placeOf(member.timeZone) },
    { id: "mailboxes", header: "Mailboxes", width: 88, align: "end", cell: (member) => member.mailboxes },
  ];

  return (
    <SettingsFrame
      {...(mayWrite && {
        primary: (
          <Button variant="primary" hotkey="n" onClick={() => setInviting(true)}>
            Invite a person
          </Button>
        ),
      })}
    >
      <div className="px-6 phone:px-4 [&:has(*)]:pt-3">
        <Problem>{(role.error ?? team.error) && sentenceOf(role.error ?? team.error)}</Problem>
      </div>
      {mayWrite && page.data && <TeamsSection page={page.data} onAdd={() => setTeamOpen(true)} onChange={refreshAll} />}
      <DataTable
        noun="people"
        rows={page.data?.members ?? []}
        columns={columns}
        rowId={(member) => member.userId}
        rowName={(member) => member.fullName}
        total={page.data?.members.length}
        isLoading={page.isPending}
        error={page.error}
        onRetry={() => void page.refetch()}
        empty={<EmptyState>People of this workspace appear here.</EmptyState>}
        {...(mayWrite && {
          actions: (member: Member): RowAction[] =>
            member.userId === session.userId
              ? []
              : [
                  { label: "Make a password link", onSelect: () => setLosing(member) },
                  { label: "Remove from the workspace", tone: "bad", onSelect: () => setLeaving(member) },
                ],
        })}
        phoneRow={(member) => ({ title: <bdi>{member.fullName}</bdi>, state: member.role, detail: member.email, next: member.teamName })}
      />
      {mayWrite && page.data && page.data.invitations.length > 0 && <Invitations invitations={page.data.invitations} onChange={refresh} />}
      <InviteSheet open={inviting} onOpenChange={setInviting} teams={teams} onInvited={refresh} />
      <TeamSheet open={teamOpen} onOpenChange={setTeamOpen} members={page.data?.members ?? []} onCreated={refresh} />
      <PasswordLinkSheet member={losing} onClose={() => setLosing(null)} />
      <RemoveSheet member={leaving} members={page.data?.members ?? []} onClose={() => setLeaving(null)} onRemoved={refresh} />
    </SettingsFrame>
  );
}

function Name({ member, isMe }: { member: Member; isMe: boolean }) {
  return (
    <>
      <bdi className="font-medium">{member.fullName}</bdi>
      {isMe && <span className="text-muted"> (you)</span>}
      {member.isAway && member.awayUntil && (
        <span className="text-attention">
          {" "}
          · away until {formatCivil(member.awayUntil)}
          {member.coveredBy && `, ${member.coveredBy} covers`}
        </span>
      )}
    </>
  );
}
