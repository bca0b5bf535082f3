import type { Referral } from "../schema.ts";

/** Who reads there is nobody's name. */
const SHARED = new Set(
  "accounting accounts admin administration biuro billing buchhaltung buero central comercial commercial compras contabilidad contact contacto contatto einkauf empfang enquiries finance hallo hello help helpdesk hola hr info inkoop kontakt kontor mail marketing office post procurement purchasing reception sales secretariat sekretariat service support team verkauf vertrieb zentrale".split(
    " ",
  ),
);

/** A name fit for a proposal: what they wrote, else what the address says ("marc.petit@…" → "Marc Petit"; of "office@…" the address itself). */
export function proposalName(referral: Referral): string | null {
  if (referral.name) return referral.name.slice(0, 200);
  const local = referral.email?.split("@")[0]?.replace(/\+.*$/, "") ?? "";
  const words = local.split(/[._-]+/).filter((word) => /^\p{L}{2,}$/u.test(word));
  if (words.some((word) => SHARED.has(word.toLowerCase()))) return referral.email ?? null;
  return words.length === 0 ? null : words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
