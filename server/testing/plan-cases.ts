import { nthId } from "./large-rows.ts";

type Input = Record<string, unknown>;

/** A small table of settings, or what is bounded by how many people, mailboxes or campaigns work in one workspace. */
const SMALL = "reads tables whose size people bound, not the work";
const ONE = "reads one row by its id";
const NO_TENANT = "reads no tenant's rows";
const BY_TOKEN = "finds one row by a signed or hashed key, before anybody signed in";

/** Procedures that read no list that grows, each with the reason. */
export const EXCUSED: Record<string, string> = {
  "scoring.profile": SMALL,
  "offers.list": SMALL,
  "offers.get": SMALL,
  "teams.profile": SMALL,
  "apiKeys.list": SMALL,
  "setup.get": SMALL,
  "savedViews.list": SMALL,
  "workspaces.current": SMALL,
  "meetings.pages": SMALL,
  "imports.status": ONE,
  "imports.get": ONE,
  "imports.check": "counts the rows of one file, once, before they are brought in",
  "progress.get": ONE,
  "jobs.steps": ONE,
  "jobs.input": ONE,
  "mailboxes.guess": "reads no row",
  "instance.overview": NO_TENANT,
  "jobs.engine": NO_TENANT,
  "auth.me": NO_TENANT,
  "auth.signingIn": NO_TENANT,
  "auth.mailsLinks": NO_TENANT,
  "auth.isClaimable": BY_TOKEN,
  "auth.invitation": BY_TOKEN,
  "auth.isResetOpen": BY_TOKEN,
  "booking.page": BY_TOKEN,
  "booking.slots": BY_TOKEN,
  "booking.managed": BY_TOKEN,
  "booking.moveSlots": BY_TOKEN,
};

/** Procedures that say an exact number of all there is: such a statement may read all there is, and no other of theirs. */
export const COUNTS: Record<string, string> = {
  "suppressions.list": "how many rules there are",
  "lists.list": "how many people are on each list",
  "campaigns.list": "how far the people of each campaign are",
  "campaigns.stats": "how far the people of the campaign are",
  "enrolments.list": "how many people are in each state",
  "deals.board": "count and sum of each stage",
  "meetings.list": "how many there are",
  "replies.counts": "how many each tab holds",
  "reports.funnel": "how far everybody came",
  "sandbox.bar": "what was done in a pretend workspace, which is small",
};

/** Every other query of the router with what it is asked. Where an answer has a next page, that is asked for too. */
export function planCases({ id: workspaceId, userId }: { id: string; userId: string }): Record<string, Input[]> {
  const id = (what: string, n = 400) => nthId(workspaceId, what, n);
  const lead = { leadId: id("lead") };
  const campaign = { campaignId: id("campaign", 0) };
  // Few rows are of one day: whatever reads the others was not asked to.
  const day = { from: "2026-12-01", to: "2026-12-02" };
  // Nothing happened in it: the week of the last mail is looked for.
  const quiet = { from: "2020-01-06" };
  return {
    "leads.list": [
      {},
      { sort: "name" },
      { sort: "recent" },
      { sort: "added" },
      { search: "person 12345" },
      { state: ["replied"] },
      { grade: ["A"] },
      { ownerId: [userId] },
      { listId: id("list", 0) },
      { accountId: id("account", 400) },
      campaign,
    ],
    "leads.count": [{}, { search: "person 12345" }, { state: ["replied"] }],
    "leads.options": [{}],
    "leads.get": [{ id: id("lead") }],
    "leads.page": [{ id: id("lead") }],
    "leads.facts": [{ id: id("lead") }],
    "leads.nextBest": [{ id: id("lead") }],
    "leads.score": [{ id: id("lead") }],
    "leads.timeline": [lead, { ...lead, group: "mail" }],
    "lists.list": [{}],
    "imports.list": [{}],
    "imports.errors": [{ id: id("import", 1) }],
    "messages.list": [{}, lead, campaign, { mailboxId: id("mailbox", 0) }, { status: "reserved" }],
    "messages.get": [{ id: id("message") }],
    "mailboxes.list": [{}],
    "suppressions.list": [{}, { search: "s12345" }, { kind: "address" }],
    "suppressions.check": [{ email: "p5@c5.example" }],
    "drafts.list": [{}, campaign],
    "drafts.counts": [{}, campaign],
    "drafts.get": [{ id: id("draft") }],
    "drafts.sample": [campaign],
    "drafts.preview": [{ ...lead, stepId: id("step", 400) }],
    "today.queue": [{ who: "me" }, { who: "team" }],
    "campaigns.list": [{}, { search: "campaign 7" }],
    "campaigns.options": [{}],
    "campaigns.get": [{ id: campaign.campaignId }],
    "campaigns.stats": [{ id: campaign.campaignId }],
    "campaigns.startSheet": [{ id: campaign.campaignId }],
    "campaigns.previewSteps": [{ id: campaign.campaignId, steps: [], scope: "everybody" }],
    "enrolments.list": [{ id: campaign.campaignId }, { id: campaign.campaignId, search: "person 12" }],
    "enrolments.next": [{ id: id("enrolment") }],
    "reports.week": [day, quiet],
    "reports.weekCsv": [day],
    "reports.funnel": [day, {}],
    "reports.funnelCsv": [day],
    "reports.rows": [
      { report: "week", measure: "contacted", ...day },
      { report: "funnel", measure: "imported", ...day },
    ],
    "jobs.runs": [{}, { status: "failed" }],
    "jobs.functions": [{}],
    "jobs.health": [{}],
    "progress.list": [{}],
    "teams.page": [{}],
    "teams.holdings": [{ userId }],
    "audit.list": [{}, { actorId: userId }],
    "audit.ofRecord": [{ id: id("lead") }],
    "deals.pipelines": [{}],
    "deals.list": [{}, { state: "won" }, { search: "deal 123" }, lead],
    "deals.board": [{}, { search: "deal 123" }],
    "deals.get": [{ id: id("deal") }],
    "meetings.list": [{ tab: "upcoming" }, { tab: "needs-outcome" }, { tab: "all" }, { tab: "all", ...lead }],
    "meetings.get": [{ id: id("meeting") }],
    "meetings.propose": [{ hostId: userId, zone: "UTC", count: 3 }],
    "meetings.hostSlots": [{ hostId: userId }],
    "tasks.list": [{}, { status: "done" }, lead],
    "tasks.get": [{ id: id("task") }],
    "navigation.frame": [{}],
    "sandbox.bar": [{}],
    "replies.list": [
      { view: "all" },
      { view: "needs_me" },
      { view: "mine" },
      { view: "unsure" },
      { view: "done" },
      { view: "all", search: "12345" },
    ],
    "replies.counts": [{}, campaign],
    "replies.frame": [{}],
    "replies.get": [{ id: id("reply") }],
    "notes.list": [lead],
  };
}
