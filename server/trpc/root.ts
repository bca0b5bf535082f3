import { apiKeysRouter } from "#server/api-keys/router.ts";
import { auditRouter } from "#server/audit/router.ts";
import { authRouter } from "#server/auth/router.ts";
import { campaignsRouter } from "#server/campaigns/router.ts";
import { suppressionsRouter } from "#server/compliance/router.ts";
import { dealsRouter } from "#server/deals/router.ts";
import { enrolmentsRouter } from "#server/enrolments/router.ts";
import { importsRouter } from "#server/imports/router.ts";
// A pretend workspace is driven from a procedure too, and then needs the functions here.
import "#server/jobs/registry.ts";
import { instanceRouter } from "#server/instance/router.ts";
import { jobsRouter } from "#server/jobs/router.ts";
import { leadsRouter } from "#server/leads/router.ts";
import { listsRouter } from "#server/lists/router.ts";
import { mailboxesRouter } from "#server/mailboxes/router.ts";
import { bookingRouter, meetingsRouter } from "#server/meetings/router.ts";
import { navigationRouter } from "#server/navigation/router.ts";
import { notesRouter } from "#server/notes/router.ts";
import { offersRouter } from "#server/offers/router.ts";
import { progressRouter } from "#server/progress/router.ts";
import { repliesRouter } from "#server/replies/router.ts";
import { reportsRouter } from "#server/reports/router.ts";
import { sandboxRouter } from "#server/sandbox/router.ts";
import { savedViewsRouter } from "#server/saved-views/router.ts";
import { scoringRouter } from "#server/scoring/router.ts";
import { messagesRouter } from "#server/sending/router.ts";
import { setupRouter } from "#server/setup/router.ts";
import { tasksRouter } from "#server/tasks/router.ts";
import { teamsRouter } from "#server/teams/router.ts";
import { todayRouter } from "#server/today/router.ts";
import { workspacesRouter } from "#server/workspaces/router.ts";
import { draftsRouter } from "#server/writing/router.ts";
import { createCallerFactory, createRouter } from "./init.ts";

// One line per room.
export const appRouter = createRouter({
  scoring: scoringRouter,
  lists: listsRouter,
  leads: leadsRouter,
  imports: importsRouter,
  messages: messagesRouter,
  mailboxes: mailboxesRouter,
  suppressions: suppressionsRouter,
  offers: offersRouter,
  drafts: draftsRouter,
  today: todayRouter,
  campaigns: campaignsRouter,
  enrolments: enrolmentsRouter,
  reports: reportsRouter,
  instance: instanceRouter,
  jobs: jobsRouter,
  progress: progressRouter,
  teams: teamsRouter,
  audit: auditRouter,
  apiKeys: apiKeysRouter,
  booking: bookingRouter,
  deals: dealsRouter,
  meetings: meetingsRouter,
  tasks: tasksRouter,
  auth: authRouter,
  navigation: navigationRouter,
  sandbox: sandboxRouter,
  replies: repliesRouter,
  setup: setupRouter,
  notes: notesRouter,
  savedViews: savedViewsRouter,
  workspaces: workspacesRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
