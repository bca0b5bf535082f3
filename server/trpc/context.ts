import type { KeyHolder, Membership, Pending, SignedIn } from "#server/auth/queries.ts";
import type { SharedReads } from "#server/core/shared-reads.ts";
import type { Services } from "#server/services.ts";
import type { SettleAnswer } from "./idempotency.ts";

/** Who is asking: a signed-in person looking at one workspace, or the holder of an API key. */
export type Actor = { kind: "person"; signedIn: SignedIn; membership: Membership | null } | { kind: "api_key"; holder: KeyHolder };

/** The browser's session, whether or not its second step is passed. */
export type SessionOf = { userId: string; sessionId: string; pending: Pending | null };

export type TrpcContext = {
  services: Services;
  actor: Actor | null;
  /** The reads of one HTTP request share one transaction. Absent: each has its own. */
  reads?: SharedReads | undefined;
  /** Asked for only by the procedures about signing in. */
  session?: (() => Promise<SessionOf | null>) | undefined;
  /** Stores the answer of a write in its own transaction, for a call that is made once. */
  settle?: SettleAnswer | undefined;
  /** Where the request came from, for limits. */
  origin?: string | undefined;
};
