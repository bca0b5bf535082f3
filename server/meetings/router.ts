import * as z from "zod";
import { createRouter, publicProcedure, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { bookForLead } from "./commands/book-for-lead.ts";
import { prefillFor } from "./commands/book-publicly.ts";
import { cancelAsColleague, rescheduleAsColleague } from "./commands/change-as-colleague.ts";
import { editBookingPage } from "./commands/edit-booking-page.ts";
import { proposeTimes } from "./commands/propose-times.ts";
import { clearOutcome, recordOutcome } from "./commands/record-outcome.ts";
import { listBookingPages } from "./queries/booking-pages.ts";
import { listHostSlots } from "./queries/host-calendar.ts";
import { getMeeting, listMeetings } from "./queries/list-meetings.ts";
import { getManagedMeeting, getPublicPage, listMoveSlots, listPublicSlots } from "./queries/public-booking.ts";
import {
  bookingPageRow,
  bookMeetingInput,
  cancelMeetingInput,
  editBookingPageInput,
  listMeetingsInput,
  listMeetingsOutput,
  managedMeeting,
  meetingRow,
  outcomeInput,
  proposedTime,
  publicBookingPage,
  rescheduleInput,
  slot,
  slotsInput,
  slotsOutput,
  timeZone,
} from "./schema.ts";

const tags = ["meetings"];
const manageInput = z.object({ token: z.string().min(20).max(100) });

export const meetingsRouter = createRouter({
  list: workspaceQuery("meetings:read")
    .meta({ openapi: { method: "GET", path: "/meetings", tags, summary: "Meetings" } })
    .input(listMeetingsInput)
    .output(listMeetingsOutput)
    .query(({ ctx, input }) => listMeetings(ctx.tx, ctx, input)),

  get: workspaceQuery("meetings:read")
    .meta({ openapi: { method: "GET", path: "/meetings/{id}", tags, summary: "One meeting" } })
    .input(z.object({ id: z.uuid() }))
    .output(meetingRow)
    .query(({ ctx, input }) => getMeeting(ctx.tx, ctx, input.id)),

  book: useCase("meetings:write")
    .meta({ openapi: { method: "POST", path: "/meetings", tags, summary: "Book a meeting with a person" } })
    .input(bookMeetingInput)
    .output(meetingRow)
    .mutation(({ ctx, input }) => bookForLead(ctx.workspaceId, ctx, input)),

  reschedule: useCase("meetings:write")
    .meta({ openapi: { method: "POST", path: "/meetings/{id}/reschedule", tags, summary: "Move a meeting" } })
    .input(rescheduleInput)
    .output(meetingRow)
    .mutation(({ ctx, input }) => rescheduleAsColleague(ctx.workspaceId, ctx, input)),

  cancel: workspaceMutation("meetings:write")
    .meta({ openapi: { method: "POST", path: "/meetings/{id}/cancel", tags, summary: "Cancel a meeting" } })
    .input(cancelMeetingInput)
    .output(meetingRow)
    .mutation(({ ctx, input }) => cancelAsColleague(ctx.tx, ctx, input.id)),

  outcome: workspaceMutation("meetings:write")
    .meta({ openapi: { method: "POST", path: "/meetings/{id}/outcome", tags, summary: "Say what came of a meeting" } })
    .input(outcomeInput)
    .output(meetingRow)
    .mutation(async ({ ctx, input }) => {
      await getMeeting(ctx.tx, ctx, input.id);
      await recordOutcome(ctx.tx, { ...input, byId: ctx.userId });
      return getMeeting(ctx.tx, ctx, input.id);
    }),

  clearOutcome: workspaceMutation("meetings:write")
    .input(z.object({ id: z.uuid() }))
    .output(meetingRow)
    .mutation(async ({ ctx, input }) => {
      await getMeeting(ctx.tx, ctx, input.id);
      await clearOutcome(ctx.tx, { id: input.id, byId: ctx.userId });
      return getMeeting(ctx.tx, ctx, input.id);
    }),

  propose: workspaceQuery("meetings:read")
    .input(z.object({ hostId: z.uuid(), zone: timeZone, count: z.number().int().min(1).max(10).default(3) }))
    .output(z.array(proposedTime))
    .query(({ ctx, input }) => proposeTimes(ctx.tx, input)),

  hostSlots: workspaceQuery("meetings:read")
    .input(z.object({ hostId: z.uuid(), exceptMeetingId: z.uuid().optional() }))
    .output(z.object({ zone: z.string(), items: z.array(slot) }))
    .query(({ ctx, input }) => listHostSlots(ctx.tx, input)),

  pages: workspaceQuery("meetings:read")
    .input(z.object({}))
    .output(z.array(bookingPageRow))
    .query(({ ctx }) => listBookingPages(ctx.tx, ctx)),

  savePage: workspaceMutation("meetings:write")
    .input(editBookingPageInput)
    .output(z.array(bookingPageRow))
    .mutation(async ({ ctx, input }) => {
      await editBookingPage(ctx.tx, ctx, input);
      return listBookingPages(ctx.tx, ctx);
    }),
});

/** For visitors: no account. What they may see is what the page or their own link shows. */
export const bookingRouter = createRouter({
  page: publicProcedure
    .input(z.object({ slug: z.string().max(100), linkToken: z.string().max(400).optional() }))
    .output(
      z.object({
        page: publicBookingPage,
        prefill: z.object({ name: z.string(), email: z.string(), zone: z.string().nullable() }).nullable(),
      }),
    )
    .query(async ({ input }) => ({
      page: await getPublicPage(input.slug),
      prefill: await prefillFor({ slug: input.slug, linkToken: input.linkToken }),
    })),

  slots: publicProcedure
    .meta({
      openapi: { method: "GET", path: "/booking-pages/{slug}/slots", tags, summary: "Free times of a booking page", protect: false },
    })
    .input(slotsInput)
    .output(slotsOutput)
    .query(({ input }) => listPublicSlots(input)),

  managed: publicProcedure
    .input(manageInput)
    .output(managedMeeting)
    .query(({ input }) => getManagedMeeting(input.token)),

  moveSlots: publicProcedure
    .input(manageInput)
    .output(z.array(slot))
    .query(({ input }) => listMoveSlots(input.token)),
});
