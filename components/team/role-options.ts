import type { Role } from "#server/auth/constants.ts";
import type { Option } from "@/components/ui/select";

const ALL: readonly Option<Role>[] = [
  { value: "viewer", label: "viewer", detail: "Reads everything, changes nothing" },
  { value: "rep", label: "rep", detail: "Works leads, drafts, replies, meetings and deals" },
  { value: "manager", label: "manager", detail: "Also offer, scoring, pausing all sending" },
  { value: "admin", label: "admin", detail: "Also people, API keys, jobs and audit" },
  { value: "owner", label: "owner", detail: "An admin whom only owners can change" },
];

/** Only owners make owners. */
export function roleOptions(mine: Role): readonly Option<Role>[] {
  return mine === "owner" ? ALL : ALL.filter((option) => option.value !== "owner");
}
