import type { KeyHolder, Membership, SignedIn } from "#server/auth/queries.ts";
import type { Services } from "#server/services.ts";

/** Who is asking: a signed-in person looking at one workspace, or the holder of an API key. */
export type Actor = { kind: "person"; signedIn: SignedIn; membership: Membership | null } | { kind: "api_key"; holder: KeyHolder };

export type TrpcContext = { services: Services; actor: Actor | null };
