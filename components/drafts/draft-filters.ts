import type { Filter } from "@/components/ui/filters/filter-state";

export const draftFilters: Filter[] = [
  { key: "campaign", label: "Campaign", kind: "one", options: [] },
  { key: "sender", label: "Sender", kind: "one", options: [] },
  {
    key: "check",
    label: "Check",
    kind: "one",
    options: [
      { value: "passes", label: "Passes all checks" },
      { value: "look", label: "Needs a look" },
    ],
  },
];
