import type { Filter } from "@/components/ui/filters/filter-state";

export const jobFilters: Filter[] = [
  {
    key: "status",
    label: "State",
    kind: "one",
    options: [
      { value: "queued", label: "Waiting" },
      { value: "running", label: "Running" },
      { value: "completed", label: "Done" },
      { value: "failed", label: "Failed" },
      { value: "cancelled", label: "Cancelled" },
    ],
  },
];
