import type { MailboxStatus } from "../schema.ts";
import type { Pace } from "./pace.ts";

export type StatusText = { text: string; tone: "good" | "attention" | "bad" | "neutral" };

/** One line that says how a mailbox is, in the words of the screen. */
export function mailboxStatusText(mailbox: {
  status: MailboxStatus;
  pausedByName: string | null;
  isPaused: boolean;
  stopReason: string | null;
  canReadReplies: boolean;
  sentToday: number;
  pace: Pace;
}): StatusText {
  if (mailbox.status === "connecting") return { text: "Proving itself", tone: "neutral" };
  if (mailbox.isPaused || mailbox.status === "paused")
    return { text: `Paused by ${mailbox.pausedByName ?? "a colleague"}`, tone: "attention" };
  if (mailbox.status === "stopped") return { text: `Stopped itself: ${mailbox.stopReason ?? "bounces"}`, tone: "bad" };
  if (mailbox.status === "cannot_send") return { text: "Cannot send", tone: "bad" };
  if (mailbox.status === "cannot_read" || !mailbox.canReadReplies) return { text: "Cannot read replies", tone: "bad" };
  if (mailbox.sentToday >= mailbox.pace.cap) return { text: "At today's limit", tone: "neutral" };
  return mailbox.pace.buildingUp ? { text: "Building up", tone: "good" } : { text: "Ready", tone: "good" };
}
