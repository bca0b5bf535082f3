// What pages need of this noun at once: without zod, so that no page carries it for a list of words.
import type { MessageStatus } from "./schema.ts";

export const messageStatuses = ["reserved", "sending", "sent", "deferred", "failed", "uncertain", "cancelled"] as const;

export const messageStatusLabels: Record<MessageStatus, string> = {
  reserved: "About to send",
  sending: "Sending",
  sent: "Sent",
  deferred: "Not accepted yet, tried again",
  failed: "Not sent",
  uncertain: "May have been sent",
  cancelled: "Stopped before sending",
};
