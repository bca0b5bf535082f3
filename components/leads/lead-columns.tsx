"use client";
import type { LeadRow } from "#server/leads/schema.ts";
import { Grade } from "@/components/ui/grade";
import type { Column } from "@/components/ui/table/column";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { EmailStanding, LeadState, LocalTime } from "./lead-words";

export const leadColumns: Column<LeadRow>[] = [
  { id: "grade", header: "Gr", width: 44, cell: (row) => <Grade grade={row.grade} />, sort: "grade" },
  {
    id: "name",
    header: "Name ▸ title",
    width: 200,
    grow: true,
    sort: "name",
    cell: (row) => (
      <span className="truncate">
        <bdi className="font-medium">{row.fullName}</bdi> <bdi className="text-muted">{row.title}</bdi>
      </span>
    ),
  },
  {
    id: "company",
    header: "Company",
    width: 150,
    cell: (row) => (
      <span className="truncate">
        <bdi>{row.company ?? "–"}</bdi>{" "}
        {row.employees !== null && <span className="text-muted tabular-nums">{row.employees.toLocaleString("en-GB")}</span>}
      </span>
    ),
  },
  {
    id: "country",
    header: "Country · local",
    width: 100,
    cell: (row) => <LocalTime country={row.country} timeZone={row.timeZone} />,
    explains: "Their country and the time there now",
  },
  {
    id: "email",
    header: "E-mail",
    width: 112,
    cell: (row) => <EmailStanding status={row.emailStatus} email={row.email} />,
    explains: "What is known about the address",
  },
  {
    id: "state",
    header: "State",
    width: 178,
    cell: (row) => <LeadState {...row} />,
    explains: "Whether, and why not, they can be contacted now",
  },
  {
    id: "last",
    header: "Last",
    width: 76,
    sort: "recent",
    explains: "The last mail, reply, call or meeting",
    cell: (row) => (row.lastActivityAt ? <RelativeTime at={row.lastActivityAt} /> : <span className="text-muted">–</span>),
  },
  { id: "owner", header: "Owner", width: 76, cell: (row) => <bdi className="truncate">{row.ownerName.split(" ")[0]}</bdi> },
];
