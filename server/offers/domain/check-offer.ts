type Part = "what" | "audience" | "ask" | "claims" | "evidence";
export type MissingPart = { field: Part; message: string };
type Checked = { what: string; audience: string; ask: string; claims: readonly { text: string; evidence: string }[] };

/** What a mail cannot do without. Used by the page, the setup list and the check before a campaign starts. */
export function checkOffer(offer: Checked): MissingPart[] {
  const missing: MissingPart[] = [];
  if (offer.what.trim() === "") missing.push({ field: "what", message: "Say in one sentence what you sell." });
  if (offer.audience.trim() === "") missing.push({ field: "audience", message: "Say for whom it is." });
  if (offer.ask.trim() === "") missing.push({ field: "ask", message: "Say what you ask for, such as a 20-minute call." });
  if (offer.claims.length === 0) missing.push({ field: "claims", message: "Add at least one claim: mails quote only claims and facts." });
  const bare = offer.claims.filter((claim) => claim.evidence.trim() === "").length;
  if (bare > 0) missing.push({ field: "evidence", message: bare === 1 ? "1 claim has no evidence." : `${bare} claims have no evidence.` });
  return missing;
}
