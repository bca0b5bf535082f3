import { createHash } from "node:crypto";

/** So many rows a workspace in each large table. */
export const ROWS = 100_000;
/** Rows begin at the first of January 2026, one every five minutes: the last one is of the fourteenth of December. */
export const NOW = "2026-12-14T10:00:00Z";
const at = "('2026-01-01'::timestamptz + n * interval '5 minutes')";

/** The id of the nth row of a kind: growing with time over all workspaces, as the product's own do. In SQL, where `n` counts, and as it then is. */
export const idOf = (workspaceId: string, what: string, n = "n") => `lpad(to_hex(${n}), 8, '0') || '${endOf(workspaceId, what)}'`;
export function nthId(workspaceId: string, what: string, n: number): string {
  return `${n.toString(16).padStart(8, "0")}${endOf(workspaceId, what)}`;
}
function endOf(workspaceId: string, what: string): string {
  return `-0000-7000-8000-${createHash("md5").update(`${workspaceId}${what}`).digest("hex").slice(0, 12)}`;
}

export type Row = [table: string, count: number, given: Record<string, string>];

const SHAPE = `'{"delimiter":",","encoding":"utf-8","hasBom":false,"hasHeadings":true,"headings":["Name"],"sample":[],"headingsKey":"name","bytes":1}'`;

/** Of the engine, which is no tenant's. */
export const RUNS = `
  insert into engine.runs (id, function_id, workspace_id, event_id, event, status, queued_at, ended_at)
  select gen_random_uuid(), 'f' || n % 12, $1, gen_random_uuid()::text, '{}', case when n % 1000 = 0 then 'failed' else 'completed' end, ${at}, ${at}
  from generate_series(1, $2::int) n`;

/** What a workspace holds, as SQL over `n`. */
export function rowsOf(id: string, ownerOf: (n: string) => string): Row[] {
  const ownerId = ownerOf("n");
  const lead = idOf(id, "lead");
  const account = idOf(id, "account", "(n % 900)");
  const place = { campaign_id: idOf(id, "campaign", "(n % 200)"), mailbox_id: idOf(id, "mailbox", "(n % 10)") };
  const step = idOf(id, "step", "(n % 600)");
  const offer = idOf(id, "offer", "1");
  const stage = idOf(id, "stage", "(n % 6)");
  const owned = { lead_id: lead, owner_id: ownerId, created_at: at };
  const is = (every: number, one: string, others: string) => `case when n % ${every} = 0 then ${one} else ${others} end`;
  return [
    ["accounts", 900, { id: account, name: "'Company ' || n", domain: "'c' || n || '.example'", owner_id: ownerId, created_at: at }],
    [
      "campaigns",
      200,
      {
        id: place.campaign_id,
        name: "'Campaign ' || n",
        status: "'running'",
        owner_id: ownerOf("(n * 2)"),
        offer_id: offer,
        rules: `'{"drafts":{"mode":"review_each"}}'`,
      },
    ],
    ["campaign_steps", 600, { id: step, campaign_id: place.campaign_id, kind: "'email'", position: "n / 200" }],
    [
      "mailboxes",
      10,
      { id: place.mailbox_id, address: "'m' || n || '@acme.example'", owner_id: ownerId, time_zone: "'UTC'", status: "'ready'" },
    ],
    ["offers", 1, { id: offer, name: "'Audits'", current_version: "1" }],
    ["offer_versions", 1, { offer_id: offer, version: "1", avoid_words: "'{}'", voice: "'{}'" }],
    ["pipelines", 1, { id: idOf(id, "pipeline"), name: "'Sales'" }],
    [
      "pipeline_stages",
      6,
      {
        id: stage,
        pipeline_id: idOf(id, "pipeline", "1"),
        name: "'Stage ' || n",
        position: "n",
        kind: "case n when 5 then 'won' when 6 then 'lost' else 'open' end",
      },
    ],
    ["lead_lists", 200, { id: idOf(id, "list", "(n % 200)"), name: "'List ' || n" }],
    [
      "lead_imports",
      1,
      {
        shape: SHAPE,
        mapping: "'[]'",
        id: idOf(id, "import"),
        file_name: "'people.csv'",
        status: "'done'",
        created_by_id: ownerId,
        created_at: at,
      },
    ],
    ["import_row_errors", ROWS, { import_id: idOf(id, "import", "1"), row_number: "n", message: "'No name'", raw: "'[]'" }],
    [
      "leads",
      ROWS,
      {
        id: lead,
        email: "'p' || n || '@c' || n % 900 || '.example'",
        full_name: "'Person ' || n",
        owner_id: ownerId,
        country: "'IT'",
        created_at: at,
        source: "'plan'",
        account_id: account,
        import_id: idOf(id, "import", "1"),
        import_row: "n",
      },
    ],
    [
      "lead_state",
      ROWS,
      {
        id: lead,
        contact_state: is(500, "'replied'", "'free'"),
        score: "n % 100",
        grade: "case when n % 100 >= 98 then 'A' else 'C' end",
        last_activity_at: at,
      },
    ],
    ["lead_search", ROWS, { lead_id: lead, text: "'person ' || n || ' p' || n || '@c' || n % 900 || '.example'" }],
    ["lead_scores", ROWS, { lead_id: lead, value: "n % 100", grade: "'C'", contributions: "'[]'" }],
    ["lead_list_members", ROWS, { list_id: idOf(id, "list", "(n % 200)"), lead_id: lead }],
    ["observations", ROWS, { subject_type: "'lead'", subject_id: lead, source: "'import'", fetched_at: at }],
    ["notes", ROWS, { lead_id: lead, author_id: ownerId, text: "'Called'", created_at: at }],
    [
      "enrolments",
      ROWS,
      {
        id: idOf(id, "enrolment"),
        lead_id: lead,
        campaign_id: place.campaign_id,
        mailbox_id: place.mailbox_id,
        step_id: step,
        status: is(200, "'active'", "'finished'"),
        sender_id: ownerId,
        entered_at: at,
        planned_at: at,
        last_sent_at: at,
        ended_at: is(200, "null", at),
      },
    ],
    [
      "drafts",
      ROWS,
      {
        id: idOf(id, "draft"),
        lead_id: lead,
        campaign_id: place.campaign_id,
        enrolment_id: idOf(id, "enrolment"),
        step_id: step,
        purpose: "'campaign'",
        status: is(400, "'ready'", "'approved'"),
        sentences: "'[]'",
        removed: "'[]'",
        findings: "'[]'",
        sources: "'[]'",
        writer: "'embedded'",
        created_at: at,
        approve_by: at,
      },
    ],
    [
      "messages",
      ROWS,
      {
        id: idOf(id, "message"),
        lead_id: lead,
        ...place,
        step_id: step,
        purpose: "'campaign'",
        status: is(1000, "'reserved'", "'sent'"),
        to_address: "'p' || n || '@c.example'",
        due_at: at,
        reserved_at: at,
        sending_at: at,
        sent_at: at,
        enrolment_id: idOf(id, "enrolment"),
        thread_id: idOf(id, "thread"),
      },
    ],
    ["threads", ROWS, { id: idOf(id, "thread"), lead_id: lead, mailbox_id: place.mailbox_id, created_at: at, last_at: at }],
    ["mail_events", ROWS, { message_id: idOf(id, "message"), lead_id: lead, kind: is(200, "'bounced'", "'delivered'"), occurred_at: at }],
    [
      "replies",
      ROWS,
      {
        id: idOf(id, "reply"),
        lead_id: lead,
        ...place,
        message_id: idOf(id, "message"),
        enrolment_id: idOf(id, "enrolment"),
        thread_id: idOf(id, "thread"),
        owner_id: ownerId,
        class: is(100, "'unsure'", "'interested'"),
        status: is(500, "'needs_me'", "'done'"),
        received_at: at,
        answered_at: at,
        confidence: "1",
        is_automatic: "false",
        evidence: "'[]'",
        actions: "'[]'",
        from_address: "'p' || n || '@c.example'",
        subject: "'Re: ' || n",
        classified_by: "'rules'",
      },
    ],
    [
      "tasks",
      ROWS,
      {
        ...owned,
        id: idOf(id, "task"),
        kind: "'call'",
        title: "'Call'",
        due_at: at,
        status: is(400, "'open'", "'done'"),
        cause_key: "'c' || n",
      },
    ],
    [
      "meetings",
      ROWS,
      {
        id: idOf(id, "meeting"),
        lead_id: lead,
        host_id: ownerId,
        campaign_id: place.campaign_id,
        account_id: account,
        title: "'Call'",
        starts_at: `${at} + interval '7 days'`,
        ends_at: `${at} + interval '7 days 30 minutes'`,
        guests: "'{}'",
        attendee_zone: "'UTC'",
        host_zone: "'UTC'",
        state: "'confirmed'",
        outcome: is(1000, "null", "'held'"),
        created_at: at,
      },
    ],
    [
      "deals",
      ROWS,
      {
        ...owned,
        id: idOf(id, "deal"),
        account_id: account,
        pipeline_id: idOf(id, "pipeline", "1"),
        stage_id: is(100, stage, idOf(id, "stage", "(5 + n % 2)")),
        title: "'Deal ' || n",
        currency: "'EUR'",
        amount_cents: "n",
        stage_since: at,
        accepted_at: at,
        close_on: `${at}::date`,
        closed_at: is(100, "null", at),
      },
    ],
    ["deal_stage_changes", ROWS, { deal_id: idOf(id, "deal"), to_stage_id: stage, at }],
    ["activities", ROWS, { lead_id: lead, kind: "'message/sent'", occurred_at: at }],
    [
      "audit_entries",
      ROWS,
      {
        at,
        actor_id: ownerId,
        actor_kind: "'person'",
        action: "'lead.changed'",
        subject_type: "'lead'",
        subject_id: lead,
        fields: "'{}'",
        seq: "n",
      },
    ],
    ["ownership_changes", ROWS, { noun: "'lead'", record_id: lead, to_id: ownerId, at }],
    ["suppressions", ROWS, { kind: "'address'", value: "'s' || n || '@c.example'", reason: "'opted_out'", created_at: at }],
    ["progress", ROWS, { kind: "'import'", title: "'Import'", status: "'done'", started_by_id: ownerId, started_at: at, finished_at: at }],
  ];
}
