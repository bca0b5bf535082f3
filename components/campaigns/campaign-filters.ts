import type { Filter } from "@/components/ui/filters/filter-state";

export const campaignFilters: Filter[] = [
  {
    key: "status",
    label: "State",
    kind: "one",
    options: [
      { value: "running", label: "Running" },
      { value: "draft", label: "Draft" },
      { value: "paused", label: "Paused" },
      { value: "stopped", label: "Stopped itself" },
      { value: "finished", label: "Finished" },
    ],
  },
];
