import type { Referral } from "../schema.ts";

/** A name fit for a proposal: what they wrote, else what the address says ("marc.petit@…" → "Marc Petit"). */
export function proposalName(referral: Referral): string | null {
  if (referral.name) return referral.name.slice(0, 200);
  const local = referral.email?.split("@")[0]?.replace(/\+.*$/, "") ?? "";
  const words = local.split(/[._-]+/).filter((word) => /^\p{L}{2,}$/u.test(word));
  return words.length === 0 ? null : words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
