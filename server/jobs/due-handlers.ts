import { beginTick, tickEnrolments } from "#server/campaigns/commands/tick-enrolments.ts";
import { endSuppressions } from "#server/compliance/commands/end-suppressions.ts";
import type { Tx } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { pickUpImports } from "#server/imports/commands/run-import.ts";
import { proveMailboxes } from "#server/mailboxes/commands/prove-mailboxes.ts";
import { readMailboxes } from "#server/mailboxes/commands/read-mailboxes.ts";
import { askOutcomes } from "#server/meetings/commands/ask-outcomes.ts";
import { processInbounds } from "#server/replies/commands/process-inbound.ts";
import { suggestAnswers } from "#server/replies/commands/suggest-answers.ts";
import { performReactions } from "#server/sandbox/commands/perform-reactions.ts";
import { beginSending, sendDueMessages } from "#server/sending/commands/send-due.ts";
import type { Services } from "#server/services.ts";

/**
 * What happens when something is due. A handler is idempotent, takes at most `batch` subjects, and opens its own short
 * transactions. After it returns, the due rows it was given are removed, except those for which `setDue` was called
 * meanwhile; when it throws, all of them stay and are tried again.
 */
export type DueHandler = {
  batch: number;
  handle: (services: Services, workspaceId: WorkspaceId, subjectIds: string[]) => Promise<unknown>;
  /** The same in two: what needs a transaction first, in the one that takes the work, and the rest. For a run that moves the clock itself, where hardly anybody else wants the same rows. */
  begin?: (tx: Tx, subjectIds: string[]) => Promise<DueRest>;
};
export type DueRest = (services: Services, workspaceId: WorkspaceId) => Promise<unknown>;

/** kind → use case. Add yours here: `enrolment: { batch: 200, handle: planEnrolments },` */
export const dueHandlers: Readonly<Record<string, DueHandler>> = {
  import: { batch: 20, handle: pickUpImports },
  "sandbox-reaction": { batch: 50, handle: performReactions },
  enrolment: { batch: 250, handle: tickEnrolments, begin: beginTick },
  inbound: { batch: 50, handle: processInbounds },
  answer: { batch: 50, handle: suggestAnswers },
  "mailbox-prove": { batch: 5, handle: proveMailboxes },
  "mailbox-read": { batch: 20, handle: readMailboxes },
  // Between two batches nothing leaves: the last lanes end, what follows is finished, the next batch is looked for.
  message: { batch: 10_000, handle: sendDueMessages, begin: beginSending },
  meeting: { batch: 100, handle: askOutcomes },
  suppression: { batch: 50, handle: endSuppressions },
};
