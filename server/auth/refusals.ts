/** Isomorphic: why a sign-in with Google or Microsoft did not work, in words. */
export const refusals = {
  unknown:
    "Nobody here uses this account yet. Sign in with your password, then connect it under Settings, Signing in; or open your invitation link.",
  unreadable: "The other side did not say who you are. Try again, or sign in with your password.",
  taken: "This account belongs to somebody else here.",
  "signed-out": "You were signed out meanwhile. Sign in and connect it again.",
  "invitation-gone": "This invitation was used, withdrawn or has run out. Ask for a new link.",
  "other-address": "This invitation is for another address, or the other side does not vouch for it. Join with a password instead.",
  "no-address": "The other side did not give an address. Join with a password instead.",
  "address-known": "Somebody here signs in with this address already. Sign in with the password, then open the invitation link again.",
} as const;
export type Refusal = keyof typeof refusals;

export function refusalSentence(code: string | undefined): string | null {
  return code && Object.hasOwn(refusals, code) ? refusals[code as Refusal] : null;
}
