const PERSONAL_LINK = /^.*https?:\/\/\S+\/book\/\S+\?l=[0-9a-f-]{36}\.\S*.*$\n?/gim;

/**
 * A mail that was written while our address could be reached, and leaves when it cannot: the line with the personal link goes, because
 * nobody could open it.
 */
export function withoutBookingLink(body: string): string {
  return body.replace(PERSONAL_LINK, "").replace(/\n{3,}/g, "\n\n");
}
