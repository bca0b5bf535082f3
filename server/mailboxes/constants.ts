// What pages need of this noun at once: without zod, so that no page carries it for a list of words.
import type { ProofKey } from "./schema.ts";

export const proofLabels: Record<ProofKey, string> = {
  "sign-in": "Signs in to send",
  read: "Signs in to read",
  "sent-folder": "Finds the Sent folder",
  "round-trip": "Mails itself and reads it back",
};
