import { eventType } from "inngest";
import * as z from "zod";

/**
 * Every event the product emits. Payloads carry ids, never records or personal values: a job reads fresh state.
 * Lists of ids are cut into events of at most 500.
 */
const tenant = z.object({ workspaceId: z.uuid() });
const ids = z.array(z.uuid()).min(1).max(500);

export const importCheckRequested = eventType("lead-import/check.requested", { schema: tenant.extend({ importId: z.uuid() }) });
export const importRunRequested = eventType("lead-import/run.requested", { schema: tenant.extend({ importId: z.uuid() }) });
export const importFinished = eventType("lead-import/run.finished", { schema: tenant.extend({ importId: z.uuid() }) });
export const leadEraseRequested = eventType("lead/erase.requested", { schema: tenant.extend({ leadId: z.uuid() }) });
export const leadBulkRequested = eventType("lead/bulk.requested", { schema: tenant.extend({ bulkId: z.uuid() }) });
export const scoringProfileSaved = eventType("scoring/profile.saved", { schema: tenant.extend({ version: z.number().int() }) });

/** Something of this kind is due in this workspace. `lane` keeps one run at a time per workspace and kind. */
export const dueReached = eventType("workspace/due.reached", { schema: tenant.extend({ kind: z.string(), lane: z.string() }) });

export const inboundMailStored = eventType("inbound/mail.stored", { schema: tenant.extend({ inboundId: z.uuid() }) });
export const replyClassified = eventType("reply/classified", { schema: tenant.extend({ replyId: z.uuid() }) });

export const messageSent = eventType("message/sent", { schema: tenant.extend({ messageId: z.uuid() }) });

export const campaignStarted = eventType("campaign/started", { schema: tenant.extend({ campaignId: z.uuid() }) });
export const campaignPeopleAdded = eventType("campaign/people.added", {
  schema: tenant.extend({ campaignId: z.uuid(), enrolmentIds: ids.optional() }),
});

export const meetingBooked = eventType("meeting/booked", { schema: tenant.extend({ meetingId: z.uuid() }) });

export const sandboxRunRequested = eventType("sandbox/run.requested", {
  schema: tenant.extend({ progressId: z.uuid(), until: z.iso.datetime(), withColleague: z.boolean() }),
});
