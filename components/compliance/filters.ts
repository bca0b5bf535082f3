import { suppressionReasonLabels, suppressionReasons } from "#server/compliance/constants.ts";
import type { Filter } from "@/components/ui/filters/filter-state";

export const suppressionFilters: Filter[] = [
  {
    key: "kind",
    label: "Kind",
    kind: "one",
    options: [
      { value: "address", label: "Address" },
      { value: "domain", label: "Domain" },
      { value: "company", label: "Company" },
      { value: "hash", label: "Erased person" },
    ],
  },
  {
    key: "reason",
    label: "Reason",
    kind: "one",
    options: suppressionReasons.map((value) => ({ value, label: suppressionReasonLabels[value] })),
  },
];
