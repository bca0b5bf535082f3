import { hashToken } from "#server/auth/queries.ts";
import { isSignedBy, sign } from "#server/core/secret.ts";

/**
 * The token of a meeting's own link (move, cancel). Derived from the instance's secret, so that every later mail can carry the same
 * link although the database holds only its hash.
 */
export function manageToken(meetingId: string): string {
  return sign("meeting-manage", meetingId);
}
export function manageTokenHash(meetingId: string): string {
  return hashToken(manageToken(meetingId));
}

/** `?l=` of a booking link in a mail: whom the mail was written to, so that the form is prefilled. */
export function linkToken(leadId: string): string {
  return `${leadId}.${sign("booking-link", leadId)}`;
}
/** The lead of a link, or null when the link was changed. */
export function leadOfLink(token: string | undefined): string | null {
  const [leadId = "", signature = ""] = (token ?? "").split(".");
  return leadId !== "" && isSignedBy("booking-link", leadId, signature) ? leadId : null;
}
