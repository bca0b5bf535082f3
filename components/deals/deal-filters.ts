import type { Filter } from "@/components/ui/filters/filter-state";

/** Shared by the page that prefetches and the list. People come with the data. */
export function dealFilters(
  people: readonly { value: string; label: string }[],
  stages: readonly { value: string; label: string }[],
): Filter[] {
  return [
    { key: "owner", label: "Owner", kind: "one", options: [{ value: "all", label: "Everybody" }, ...people] },
    {
      key: "state",
      label: "State",
      kind: "one",
      options: [
        { value: "open", label: "Open" },
        { value: "won", label: "Won" },
        { value: "lost", label: "Lost" },
        { value: "all", label: "All" },
      ],
    },
    { key: "stage", label: "Stage", kind: "one", options: stages },
  ];
}
