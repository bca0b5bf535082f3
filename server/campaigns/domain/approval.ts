import type { CampaignRules } from "../schema.ts";

export type DraftState = "writing" | "ready" | "needs_look" | "approved" | "rejected" | "replaced";

/** Whether a draft may leave by itself. One that needs a look waits for a person in every mode. */
export function mayLeave(draft: DraftState, drafts: CampaignRules["drafts"], approvedByPeople: number): boolean {
  if (draft === "approved") return true;
  if (draft !== "ready") return false;
  if (drafts.mode === "send_passing") return true;
  return drafts.mode === "review_first" && approvedByPeople >= drafts.first;
}
