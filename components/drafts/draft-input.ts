import type { RouterInputs } from "@/components/trpc/client";
import type { FilterValues } from "@/components/ui/filters/filter-state";

/** The same on the server, which prefetches, and in the browser. */
export function toDraftInput(values: FilterValues): RouterInputs["drafts"]["list"] & { limit: number } {
  const { campaign, sender, check } = values;
  return {
    limit: 50,
    ...(isId(campaign) && { campaignId: campaign }),
    ...(isId(sender) && { senderId: sender }),
    ...(check === "passes" && { passing: true }),
    ...(check === "look" && { passing: false }),
  };
}

/** An address that somebody typed may hold anything. */
function isId(value: FilterValues[string] | undefined): value is string {
  return typeof value === "string" && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}
