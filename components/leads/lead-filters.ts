import { contactStates, contactStateWords, grades } from "#server/leads/constants.ts";
import type { ListLeadsInput } from "#server/leads/schema.ts";
import type { Filter, FilterValues } from "@/components/ui/filters/filter-state";

type Choice = { value: string; label: string };
export type LeadChoices = { owners: Choice[]; countries: Choice[]; campaigns: Choice[]; lists: Choice[] };
const NONE: LeadChoices = { owners: [], countries: [], campaigns: [], lists: [] };

export function leadFilters(choices: LeadChoices = NONE): Filter[] {
  return [
    { key: "owner", label: "Owner", kind: "many", options: choices.owners },
    {
      key: "grade",
      label: "Grade",
      kind: "many",
      options: [...grades.map((grade) => ({ value: grade, label: grade })), { value: "none", label: "Not scored" }],
    },
    {
      key: "state",
      label: "State",
      kind: "many",
      options: contactStates.map((state) => ({ value: state, label: contactStateWords[state] })),
    },
    { key: "country", label: "Country", kind: "many", options: choices.countries },
    { key: "campaign", label: "Campaign", kind: "one", options: choices.campaigns },
    { key: "list", label: "List", kind: "one", options: choices.lists },
    { key: "deleted", label: "Trash", kind: "flag", text: "In the trash" },
  ];
}

export const leadSorts = [
  { value: "grade", label: "Grade" },
  { value: "recent", label: "Last touch" },
  { value: "name", label: "Name" },
  { value: "added", label: "Newest" },
];

type Asked = Omit<ListLeadsInput, "cursor" | "limit" | "sort"> & { sort: ListLeadsInput["sort"] };

/** The address's values as the list's input; the same on the server, so that a prefetched page is the page. */
export function leadInput(values: FilterValues, ids?: string[]): Asked {
  const many = (key: string) => (Array.isArray(values[key]) && values[key].length > 0 ? values[key] : undefined);
  const one = (key: string) => (typeof values[key] === "string" && values[key] !== "" ? values[key] : undefined);
  const sort = leadSorts.find((each) => each.value === values.sort)?.value ?? "grade";
  const asked = {
    ownerId: many("owner"),
    grade: many("grade"),
    state: many("state"),
    country: many("country"),
    campaignId: one("campaign"),
    listId: one("list"),
    search: one("q"),
    deleted: values.deleted === true ? true : undefined,
    ids,
    sort,
  };
  // Values come from the address, so they are checked by the procedure, not here.
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Asked;
}
