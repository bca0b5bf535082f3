-- The first schema. The tables below are what scripts/prisma-diff.mjs prints for prisma/schema; what a Prisma
-- schema cannot say (extensions, partitions, row security, partial indexes, checks, functions) follows by hand.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "campaigns" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "offer_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "rules" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "started_by_id" UUID,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by_id" UUID,
    "stop_reason" TEXT,
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_steps" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrolments" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "account_id" UUID,
    "status" TEXT NOT NULL,
    "step_id" UUID,
    "due_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3),
    "plan_kind" TEXT,
    "held_by" JSONB,
    "not_before" TIMESTAMPTZ(3),
    "away_until" DATE,
    "paused_reason" TEXT,
    "stop_reason" TEXT,
    "mailbox_id" UUID,
    "sender_id" UUID,
    "entered_by_id" UUID,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sent_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "enrolments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "send_slots" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "slot_at" TIMESTAMPTZ(3) NOT NULL,
    "enrolment_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "send_slots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "send_budgets" (
    "workspace_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "cap" INTEGER NOT NULL,

    CONSTRAINT "send_budgets_pkey" PRIMARY KEY ("workspace_id","scope","scope_id","day")
);

-- CreateTable
CREATE TABLE "pipelines" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pipelines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_stages" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pipeline_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "pipeline_stages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deals" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pipeline_id" UUID NOT NULL,
    "stage_id" UUID NOT NULL,
    "lead_id" UUID,
    "account_id" UUID,
    "title" TEXT NOT NULL,
    "amount_cents" BIGINT,
    "currency" TEXT NOT NULL,
    "close_on" DATE,
    "owner_id" UUID NOT NULL,
    "sourced_by_id" UUID,
    "campaign_id" UUID,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,
    "next_step" TEXT,
    "next_on" DATE,
    "stage_since" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "close_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal_stage_changes" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "from_stage_id" UUID,
    "to_stage_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" UUID,

    CONSTRAINT "deal_stage_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "note" TEXT,
    "lead_id" UUID,
    "account_id" UUID,
    "deal_id" UUID,
    "reply_id" UUID,
    "meeting_id" UUID,
    "campaign_id" UUID,
    "owner_id" UUID NOT NULL,
    "proposal" JSONB,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "snoozed_until" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by_id" UUID,
    "cause_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blobs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "media_type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_imports" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "blob_id" UUID NOT NULL,
    "shape" JSONB NOT NULL,
    "mapping" JSONB NOT NULL,
    "options" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "list_id" UUID,
    "progress_id" UUID,
    "byte_offset" BIGINT NOT NULL DEFAULT 0,
    "row_offset" INTEGER NOT NULL DEFAULT 0,
    "loaded_row" INTEGER NOT NULL DEFAULT 0,
    "total_rows" INTEGER,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "joined" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "suppressed" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row_errors" (
    "workspace_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "row_number" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "raw" JSONB NOT NULL,

    CONSTRAINT "import_row_errors_pkey" PRIMARY KEY ("workspace_id","import_id","row_number")
);

-- CreateTable
CREATE TABLE "import_mappings" (
    "workspace_id" UUID NOT NULL,
    "headings_key" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_mappings_pkey" PRIMARY KEY ("workspace_id","headings_key")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_for_mail" TEXT NOT NULL,
    "domain" TEXT,
    "country" TEXT,
    "city" TEXT,
    "time_zone" TEXT,
    "employees" INTEGER,
    "industry" TEXT,
    "owner_id" UUID NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "paused_reason" TEXT,
    "is_customer" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leads" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "email" TEXT,
    "email_status" TEXT NOT NULL DEFAULT 'none',
    "email_checked_at" TIMESTAMPTZ(3),
    "full_name" TEXT NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "title" TEXT,
    "seniority" TEXT,
    "job_function" TEXT,
    "account_id" UUID,
    "phone" TEXT,
    "country" TEXT,
    "city" TEXT,
    "time_zone" TEXT,
    "time_zone_source" TEXT,
    "language" TEXT,
    "owner_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "import_id" UUID,
    "import_row" INTEGER,
    "lawful_basis" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "leads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_state" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "score" INTEGER,
    "grade" TEXT,
    "contact_state" TEXT NOT NULL,
    "reply_class" TEXT,
    "next_at" TIMESTAMPTZ(3),
    "last_activity_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_scores" (
    "lead_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "profile_version" INTEGER NOT NULL,
    "value" INTEGER NOT NULL,
    "grade" TEXT NOT NULL,
    "contributions" JSONB NOT NULL,
    "scored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_scores_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "observations" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_ref" TEXT,
    "set_by_id" UUID,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "observations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custom_fields" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "custom_fields_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_custom_values" (
    "workspace_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "text_value" TEXT,
    "number_value" DOUBLE PRECISION,
    "date_value" DATE,

    CONSTRAINT "lead_custom_values_pkey" PRIMARY KEY ("workspace_id","lead_id","key")
);

-- CreateTable
CREATE TABLE "lead_search" (
    "workspace_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "lead_search_pkey" PRIMARY KEY ("workspace_id","lead_id")
);

-- CreateTable
CREATE TABLE "lead_lists" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "import_id" UUID,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_lists_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_list_members" (
    "workspace_id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_list_members_pkey" PRIMARY KEY ("workspace_id","list_id","lead_id")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notes" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailboxes" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "smtp" JSONB,
    "imap" JSONB,
    "secret" BYTEA,
    "status" TEXT NOT NULL,
    "proof" JSONB NOT NULL,
    "daily_cap" INTEGER NOT NULL,
    "ramp_from" DATE,
    "gap_min_seconds" INTEGER NOT NULL DEFAULT 240,
    "gap_max_seconds" INTEGER NOT NULL DEFAULT 540,
    "time_zone" TEXT NOT NULL,
    "hours" JSONB NOT NULL,
    "signature" TEXT NOT NULL DEFAULT '',
    "sent_folder" TEXT,
    "last_read_at" TIMESTAMPTZ(3),
    "read_error" TEXT,
    "last_sent_at" TIMESTAMPTZ(3),
    "send_error" TEXT,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by_id" UUID,
    "stop_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "mailboxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailbox_folders" (
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "folder" TEXT NOT NULL,
    "uid_validity" BIGINT NOT NULL,
    "last_uid" BIGINT NOT NULL,
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "mailbox_folders_pkey" PRIMARY KEY ("workspace_id","mailbox_id","folder")
);

-- CreateTable
CREATE TABLE "booking_pages" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "buffer_minutes" INTEGER NOT NULL,
    "notice_minutes" INTEGER NOT NULL,
    "horizon_days" INTEGER NOT NULL,
    "time_zone" TEXT NOT NULL,
    "hours" JSONB NOT NULL,
    "place" TEXT NOT NULL,
    "question" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "booking_pages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meetings" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "booking_page_id" UUID,
    "host_id" UUID NOT NULL,
    "lead_id" UUID,
    "account_id" UUID,
    "deal_id" UUID,
    "campaign_id" UUID,
    "reply_id" UUID,
    "booked_by_id" UUID,
    "title" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "attendee_name" TEXT NOT NULL,
    "attendee_email" TEXT NOT NULL,
    "attendee_zone" TEXT NOT NULL,
    "host_zone" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "answer" TEXT,
    "guests" TEXT[],
    "state" TEXT NOT NULL,
    "cancelled_by" TEXT,
    "outcome" TEXT,
    "outcome_at" TIMESTAMPTZ(3),
    "outcome_by_id" UUID,
    "moved_from_at" TIMESTAMPTZ(3),
    "uid" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "manage_token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meetings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "busy_blocks" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "meeting_id" UUID,
    "during" tstzrange NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "busy_blocks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offers" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "current_version" INTEGER NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "offers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer_versions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "offer_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "ask" TEXT NOT NULL,
    "avoid_words" TEXT[],
    "voice" TEXT[],
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "offer_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claims" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "offer_version_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "evidence_url" TEXT,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activities" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "lead_id" UUID,
    "account_id" UUID,
    "campaign_id" UUID,
    "deal_id" UUID,
    "actor_id" UUID,
    "detail" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activities_pkey" PRIMARY KEY ("workspace_id","id","occurred_at")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "lead_id" UUID,
    "rule" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "payload_id" UUID,
    "result" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subject_payloads" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "lead_id" UUID,
    "payload" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subject_payloads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT,
    "fields" TEXT[],
    "seq" BIGINT,
    "hash" TEXT,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "due" (
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "due_pkey" PRIMARY KEY ("workspace_id","kind","subject_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID,
    "event_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_mails" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "blob_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "message_id_header" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "error" TEXT,

    CONSTRAINT "inbound_mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threads" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "lead_id" UUID,
    "mailbox_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "threads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "replies" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "inbound_id" UUID NOT NULL,
    "thread_id" UUID,
    "message_id" UUID,
    "lead_id" UUID,
    "mailbox_id" UUID NOT NULL,
    "campaign_id" UUID,
    "enrolment_id" UUID,
    "owner_id" UUID,
    "from_address" TEXT NOT NULL,
    "from_name" TEXT,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "quoted_text" TEXT,
    "class" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "until_on" DATE,
    "referral" JSONB,
    "is_automatic" BOOLEAN NOT NULL,
    "classified_by" TEXT NOT NULL,
    "actions" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "done_by_id" UUID,
    "answered_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "replies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scoring_profiles" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "is_current" BOOLEAN NOT NULL,
    "rules" JSONB NOT NULL,
    "thresholds" JSONB NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scoring_profiles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "lead_id" UUID,
    "enrolment_id" UUID,
    "campaign_id" UUID,
    "step_id" UUID,
    "draft_id" UUID,
    "reply_id" UUID,
    "meeting_id" UUID,
    "mailbox_id" UUID NOT NULL,
    "thread_id" UUID,
    "to_address" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body_text" TEXT NOT NULL,
    "body_html" TEXT,
    "calendar_part" TEXT,
    "message_id_header" TEXT NOT NULL,
    "in_reply_to" TEXT,
    "references" TEXT[],
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "worker_id" TEXT,
    "reserved_at" TIMESTAMPTZ(3) NOT NULL,
    "sending_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "settled_by_id" UUID,
    "provider_id" TEXT,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_attempts" (
    "workspace_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "response" TEXT,

    CONSTRAINT "message_attempts_pkey" PRIMARY KEY ("workspace_id","message_id","attempt")
);

-- CreateTable
CREATE TABLE "mail_events" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "message_id" UUID,
    "lead_id" UUID,
    "kind" TEXT NOT NULL,
    "is_human" BOOLEAN NOT NULL,
    "detail" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_events_pkey" PRIMARY KEY ("workspace_id","id","occurred_at")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "ingest_keys" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ingest_keys_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "suppressions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "until" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "source_ref" TEXT,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by_id" UUID,
    "lifted_reason" TEXT,

    CONSTRAINT "suppressions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "claim_token_hash" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "claimed_by_id" UUID,
    "key_fingerprints" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "password_hash" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "is_operator" BOOLEAN NOT NULL DEFAULT false,
    "single_keys" BOOLEAN NOT NULL DEFAULT true,
    "theme" TEXT NOT NULL DEFAULT 'system',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "visibility" TEXT NOT NULL DEFAULT 'team',
    "time_zone" TEXT NOT NULL,
    "country" TEXT,
    "postal_address" TEXT,
    "clock_at" TIMESTAMPTZ(3),
    "sandbox_seed" INTEGER,
    "guide_step" INTEGER NOT NULL DEFAULT 0,
    "sending_paused_at" TIMESTAMPTZ(3),
    "sending_paused_by_id" UUID,
    "sending_pause_reason" TEXT,
    "setup_hidden_at" TIMESTAMPTZ(3),
    "public_url_proven_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "full_name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "team_id" UUID,
    "time_zone" TEXT NOT NULL,
    "hours" JSONB NOT NULL,
    "signature" TEXT NOT NULL DEFAULT '',
    "away_from" DATE,
    "away_until" DATE,
    "covered_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "members_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "manager_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "email" TEXT,
    "role" TEXT NOT NULL,
    "team_id" UUID,
    "invited_by_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "progress" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "done_count" INTEGER NOT NULL DEFAULT 0,
    "total_count" INTEGER,
    "result" TEXT,
    "link" TEXT,
    "started_by_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "cancel_requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "progress_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drafts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,
    "campaign_id" UUID,
    "enrolment_id" UUID,
    "step_id" UUID,
    "reply_id" UUID,
    "meeting_id" UUID,
    "offer_version_id" UUID,
    "status" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sentences" JSONB NOT NULL,
    "removed" JSONB NOT NULL,
    "findings" JSONB NOT NULL,
    "sources" JSONB NOT NULL,
    "writer" TEXT NOT NULL,
    "writer_version" TEXT NOT NULL,
    "model" TEXT,
    "tokens_in" INTEGER,
    "tokens_out" INTEGER,
    "approve_by" TIMESTAMPTZ(3),
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "rejected_reason" TEXT,
    "rejected_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "campaigns_workspace_id_id_key" ON "campaigns"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "campaign_steps_workspace_id_campaign_id_position_idx" ON "campaign_steps"("workspace_id", "campaign_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_steps_workspace_id_id_key" ON "campaign_steps"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "enrolments_workspace_id_lead_id_idx" ON "enrolments"("workspace_id", "lead_id");

-- CreateIndex
CREATE INDEX "enrolments_workspace_id_campaign_id_status_planned_at_idx" ON "enrolments"("workspace_id", "campaign_id", "status", "planned_at");

-- CreateIndex
CREATE INDEX "enrolments_workspace_id_due_at_idx" ON "enrolments"("workspace_id", "due_at");

-- CreateIndex
CREATE INDEX "enrolments_workspace_id_account_id_idx" ON "enrolments"("workspace_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "enrolments_workspace_id_id_key" ON "enrolments"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "enrolments_workspace_id_campaign_id_lead_id_key" ON "enrolments"("workspace_id", "campaign_id", "lead_id");

-- CreateIndex
CREATE INDEX "send_slots_workspace_id_mailbox_id_slot_at_idx" ON "send_slots"("workspace_id", "mailbox_id", "slot_at");

-- CreateIndex
CREATE INDEX "send_slots_workspace_id_enrolment_id_idx" ON "send_slots"("workspace_id", "enrolment_id");

-- CreateIndex
CREATE UNIQUE INDEX "send_slots_workspace_id_id_key" ON "send_slots"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "pipelines_workspace_id_id_key" ON "pipelines"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_stages_workspace_id_id_key" ON "pipeline_stages"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "deals_workspace_id_stage_id_idx" ON "deals"("workspace_id", "stage_id");

-- CreateIndex
CREATE INDEX "deals_workspace_id_lead_id_idx" ON "deals"("workspace_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "deals_workspace_id_id_key" ON "deals"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "deal_stage_changes_workspace_id_deal_id_at_idx" ON "deal_stage_changes"("workspace_id", "deal_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "deal_stage_changes_workspace_id_id_key" ON "deal_stage_changes"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "tasks_workspace_id_owner_id_status_due_at_idx" ON "tasks"("workspace_id", "owner_id", "status", "due_at");

-- CreateIndex
CREATE INDEX "tasks_workspace_id_lead_id_idx" ON "tasks"("workspace_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_workspace_id_id_key" ON "tasks"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_workspace_id_cause_key_key" ON "tasks"("workspace_id", "cause_key");

-- CreateIndex
CREATE INDEX "blobs_workspace_id_digest_idx" ON "blobs"("workspace_id", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "blobs_workspace_id_id_key" ON "blobs"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "lead_imports_workspace_id_created_at_idx" ON "lead_imports"("workspace_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "lead_imports_workspace_id_id_key" ON "lead_imports"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "accounts_workspace_id_name_idx" ON "accounts"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_workspace_id_id_key" ON "accounts"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_workspace_id_domain_key" ON "accounts"("workspace_id", "domain");

-- CreateIndex
CREATE INDEX "leads_workspace_id_account_id_idx" ON "leads"("workspace_id", "account_id");

-- CreateIndex
CREATE INDEX "leads_workspace_id_owner_id_id_idx" ON "leads"("workspace_id", "owner_id", "id");

-- CreateIndex
CREATE INDEX "leads_workspace_id_import_id_idx" ON "leads"("workspace_id", "import_id");

-- CreateIndex
CREATE UNIQUE INDEX "leads_workspace_id_id_key" ON "leads"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "leads_workspace_id_email_key" ON "leads"("workspace_id", "email");

-- CreateIndex
CREATE INDEX "lead_state_workspace_id_score_id_idx" ON "lead_state"("workspace_id", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "lead_state_workspace_id_contact_state_id_idx" ON "lead_state"("workspace_id", "contact_state", "id");

-- CreateIndex
CREATE INDEX "lead_state_workspace_id_last_activity_at_id_idx" ON "lead_state"("workspace_id", "last_activity_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "lead_state_workspace_id_id_key" ON "lead_state"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "lead_scores_workspace_id_lead_id_key" ON "lead_scores"("workspace_id", "lead_id");

-- CreateIndex
CREATE INDEX "observations_workspace_id_subject_id_fetched_at_idx" ON "observations"("workspace_id", "subject_id", "fetched_at");

-- CreateIndex
CREATE UNIQUE INDEX "observations_workspace_id_id_key" ON "observations"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "custom_fields_workspace_id_id_key" ON "custom_fields"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "custom_fields_workspace_id_key_key" ON "custom_fields"("workspace_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "lead_lists_workspace_id_id_key" ON "lead_lists"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "lead_list_members_workspace_id_lead_id_idx" ON "lead_list_members"("workspace_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_workspace_id_id_key" ON "saved_views"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "notes_workspace_id_lead_id_idx" ON "notes"("workspace_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "notes_workspace_id_id_key" ON "notes"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "mailboxes_workspace_id_id_key" ON "mailboxes"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "booking_pages_slug_key" ON "booking_pages"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "booking_pages_workspace_id_id_key" ON "booking_pages"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "meetings_manage_token_hash_key" ON "meetings"("manage_token_hash");

-- CreateIndex
CREATE INDEX "meetings_workspace_id_starts_at_idx" ON "meetings"("workspace_id", "starts_at");

-- CreateIndex
CREATE INDEX "meetings_workspace_id_host_id_starts_at_idx" ON "meetings"("workspace_id", "host_id", "starts_at");

-- CreateIndex
CREATE INDEX "meetings_workspace_id_lead_id_idx" ON "meetings"("workspace_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "meetings_workspace_id_id_key" ON "meetings"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "busy_blocks_workspace_id_meeting_id_idx" ON "busy_blocks"("workspace_id", "meeting_id");

-- CreateIndex
CREATE UNIQUE INDEX "busy_blocks_workspace_id_id_key" ON "busy_blocks"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "offers_workspace_id_id_key" ON "offers"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "offer_versions_workspace_id_id_key" ON "offer_versions"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "offer_versions_workspace_id_offer_id_version_key" ON "offer_versions"("workspace_id", "offer_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "claims_workspace_id_id_key" ON "claims"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "activities_workspace_id_lead_id_occurred_at_idx" ON "activities"("workspace_id", "lead_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "activities_workspace_id_kind_occurred_at_idx" ON "activities"("workspace_id", "kind", "occurred_at");

-- CreateIndex
CREATE INDEX "decisions_workspace_id_subject_id_at_idx" ON "decisions"("workspace_id", "subject_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "decisions_workspace_id_id_key" ON "decisions"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "subject_payloads_workspace_id_lead_id_idx" ON "subject_payloads"("workspace_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "subject_payloads_workspace_id_id_key" ON "subject_payloads"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_at_idx" ON "audit_entries"("workspace_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_subject_id_idx" ON "audit_entries"("workspace_id", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_workspace_id_id_key" ON "audit_entries"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_workspace_id_seq_key" ON "audit_entries"("workspace_id", "seq");

-- CreateIndex
CREATE INDEX "due_due_at_idx" ON "due"("due_at");

-- CreateIndex
CREATE INDEX "due_workspace_id_due_at_idx" ON "due"("workspace_id", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE INDEX "inbound_mails_workspace_id_processed_at_idx" ON "inbound_mails"("workspace_id", "processed_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_mails_workspace_id_id_key" ON "inbound_mails"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_mails_workspace_id_mailbox_id_digest_key" ON "inbound_mails"("workspace_id", "mailbox_id", "digest");

-- CreateIndex
CREATE INDEX "threads_workspace_id_lead_id_idx" ON "threads"("workspace_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "threads_workspace_id_id_key" ON "threads"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "replies_workspace_id_status_received_at_idx" ON "replies"("workspace_id", "status", "received_at" DESC);

-- CreateIndex
CREATE INDEX "replies_workspace_id_lead_id_idx" ON "replies"("workspace_id", "lead_id");

-- CreateIndex
CREATE INDEX "replies_workspace_id_received_at_id_idx" ON "replies"("workspace_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "replies_workspace_id_id_key" ON "replies"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "replies_workspace_id_inbound_id_key" ON "replies"("workspace_id", "inbound_id");

-- CreateIndex
CREATE UNIQUE INDEX "scoring_profiles_workspace_id_id_key" ON "scoring_profiles"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "scoring_profiles_workspace_id_version_key" ON "scoring_profiles"("workspace_id", "version");

-- CreateIndex
CREATE INDEX "messages_workspace_id_status_due_at_idx" ON "messages"("workspace_id", "status", "due_at");

-- CreateIndex
CREATE INDEX "messages_workspace_id_lead_id_idx" ON "messages"("workspace_id", "lead_id");

-- CreateIndex
CREATE INDEX "messages_workspace_id_enrolment_id_idx" ON "messages"("workspace_id", "enrolment_id");

-- CreateIndex
CREATE INDEX "messages_workspace_id_sent_at_idx" ON "messages"("workspace_id", "sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "messages_workspace_id_id_key" ON "messages"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_workspace_id_dedupe_key_key" ON "messages"("workspace_id", "dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "messages_workspace_id_message_id_header_key" ON "messages"("workspace_id", "message_id_header");

-- CreateIndex
CREATE INDEX "mail_events_workspace_id_message_id_idx" ON "mail_events"("workspace_id", "message_id");

-- CreateIndex
CREATE INDEX "suppressions_workspace_id_value_idx" ON "suppressions"("workspace_id", "value");

-- CreateIndex
CREATE UNIQUE INDEX "suppressions_workspace_id_id_key" ON "suppressions"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_workspace_id_id_key" ON "teams"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_workspace_id_name_key" ON "teams"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_workspace_id_id_key" ON "invitations"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys"("key_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_workspace_id_id_key" ON "api_keys"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "progress_workspace_id_started_at_idx" ON "progress"("workspace_id", "started_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "progress_workspace_id_id_key" ON "progress"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "drafts_workspace_id_status_approve_by_idx" ON "drafts"("workspace_id", "status", "approve_by");

-- CreateIndex
CREATE INDEX "drafts_workspace_id_enrolment_id_step_id_idx" ON "drafts"("workspace_id", "enrolment_id", "step_id");

-- CreateIndex
CREATE INDEX "drafts_workspace_id_reply_id_idx" ON "drafts"("workspace_id", "reply_id");

-- CreateIndex
CREATE UNIQUE INDEX "drafts_workspace_id_id_key" ON "drafts"("workspace_id", "id");

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_workspace_id_offer_id_fkey" FOREIGN KEY ("workspace_id", "offer_id") REFERENCES "offers"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_steps" ADD CONSTRAINT "campaign_steps_workspace_id_campaign_id_fkey" FOREIGN KEY ("workspace_id", "campaign_id") REFERENCES "campaigns"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_campaign_id_fkey" FOREIGN KEY ("workspace_id", "campaign_id") REFERENCES "campaigns"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "pipeline_stages" ADD CONSTRAINT "pipeline_stages_workspace_id_pipeline_id_fkey" FOREIGN KEY ("workspace_id", "pipeline_id") REFERENCES "pipelines"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_workspace_id_stage_id_fkey" FOREIGN KEY ("workspace_id", "stage_id") REFERENCES "pipeline_stages"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "accounts"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "leads" ADD CONSTRAINT "leads_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "accounts"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lead_state" ADD CONSTRAINT "lead_state_workspace_id_id_fkey" FOREIGN KEY ("workspace_id", "id") REFERENCES "leads"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_scores" ADD CONSTRAINT "lead_scores_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox_folders" ADD CONSTRAINT "mailbox_folders_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "mailboxes"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "offer_versions" ADD CONSTRAINT "offer_versions_workspace_id_offer_id_fkey" FOREIGN KEY ("workspace_id", "offer_id") REFERENCES "offers"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_workspace_id_offer_version_id_fkey" FOREIGN KEY ("workspace_id", "offer_version_id") REFERENCES "offer_versions"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_workspace_id_enrolment_id_fkey" FOREIGN KEY ("workspace_id", "enrolment_id") REFERENCES "enrolments"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "message_attempts" ADD CONSTRAINT "message_attempts_workspace_id_message_id_fkey" FOREIGN KEY ("workspace_id", "message_id") REFERENCES "messages"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_workspace_id_lead_id_fkey" FOREIGN KEY ("workspace_id", "lead_id") REFERENCES "leads"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_workspace_id_enrolment_id_fkey" FOREIGN KEY ("workspace_id", "enrolment_id") REFERENCES "enrolments"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Partitions: one default from the start; monthly ones are made ahead by a job.
CREATE TABLE mail_events_default PARTITION OF mail_events DEFAULT;
CREATE TABLE activities_default PARTITION OF activities DEFAULT;

-- Staging of imports: keyed by import and row, without a tenant, written by loader_role only.
CREATE TABLE import_staging (
  import_id uuid NOT NULL,
  row_number int NOT NULL,
  cells text[] NOT NULL,
  PRIMARY KEY (import_id, row_number)
);

-- ---------------------------------------------------------------- tenancy
CREATE FUNCTION current_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.workspace_id', true), '')::uuid $$;

-- Every table with a workspace_id passes through here: row security forced, one policy, app_role's rights.
CREATE FUNCTION secure_tenant_table(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY tenant ON %1$s TO app_role USING (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid) WITH CHECK (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid)', target, 'app.workspace_id', '');
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO app_role', target);
END $$;

DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables i USING (table_schema, table_name)
           WHERE c.table_schema = 'public' AND c.column_name = 'workspace_id' AND i.table_type = 'BASE TABLE'
             AND c.table_name <> 'lead_search' ORDER BY 1
  LOOP PERFORM secure_tenant_table(t::regclass); END LOOP;
END $$;

-- Append-only for the application.
REVOKE UPDATE, DELETE ON audit_entries, decisions, observations FROM app_role;
GRANT DELETE ON observations TO app_role;

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON workspaces TO app_role USING (id = current_workspace()) WITH CHECK (id = current_workspace());
GRANT SELECT, UPDATE ON workspaces TO app_role;

-- identity_role proves who is asking before any workspace is entered. It reads no product table.
GRANT SELECT, INSERT, UPDATE ON instance, users TO identity_role;
GRANT SELECT, INSERT, UPDATE ON workspaces, members, invitations TO identity_role;
GRANT SELECT ON api_keys TO identity_role;
GRANT UPDATE (last_used_at) ON api_keys TO identity_role;
GRANT SELECT (workspace_id, slug, is_active) ON booking_pages TO identity_role;
GRANT SELECT (workspace_id, id, manage_token_hash) ON meetings TO identity_role;
CREATE POLICY identity ON workspaces TO identity_role USING (true) WITH CHECK (true);
CREATE POLICY identity ON members TO identity_role USING (true) WITH CHECK (true);
CREATE POLICY identity ON invitations TO identity_role USING (true) WITH CHECK (true);
CREATE POLICY identity ON api_keys TO identity_role USING (true) WITH CHECK (true);
CREATE POLICY identity ON booking_pages FOR SELECT TO identity_role USING (true);
CREATE POLICY identity ON meetings FOR SELECT TO identity_role USING (true);

-- sweeper_role finds what is due and hands over the outbox; it then enters each workspace like anybody else.
GRANT SELECT ON due TO sweeper_role;
GRANT SELECT, DELETE ON outbox TO sweeper_role;
CREATE POLICY sweep ON due FOR SELECT TO sweeper_role USING (true);
CREATE POLICY sweep ON outbox TO sweeper_role USING (true);
GRANT USAGE ON SEQUENCE outbox_id_seq TO app_role;
GRANT SELECT (id, kind) ON workspaces TO sweeper_role;
CREATE POLICY sweep ON workspaces FOR SELECT TO sweeper_role USING (true);

GRANT SELECT, INSERT, DELETE ON import_staging TO loader_role;
GRANT SELECT, DELETE ON import_staging TO app_role;

-- The workspace's own time: virtual in a sandbox, real elsewhere. Definer, because it is asked before a role is taken.
CREATE FUNCTION workspace_now(target uuid) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT coalesce((SELECT clock_at FROM workspaces WHERE id = target), clock_timestamp()) $$;
-- Definer functions run as the owner, who is under FORCE too:
CREATE POLICY owner_reads ON workspaces FOR SELECT TO CURRENT_USER USING (true);

-- ---------------------------------------------------------------- search
-- Row security forbids index use for operators that are not leakproof, so search goes through one definer
-- function that filters by the workspace setting itself.
CREATE INDEX lead_search_text ON lead_search USING gin (text gin_trgm_ops);
ALTER TABLE lead_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON lead_search TO app_role USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace());
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_search TO app_role;
CREATE FUNCTION search_leads(term text, most int) RETURNS TABLE (lead_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT s.lead_id FROM lead_search s
        WHERE s.workspace_id = current_workspace()
          AND s.text LIKE '%' || replace(replace(replace(lower(unaccent(term)), '\', '\\'), '%', '\%'), '_', '\_') || '%'
        LIMIT most $$;
REVOKE ALL ON FUNCTION search_leads(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_leads(text, int) TO app_role;

-- ---------------------------------------------------------------- invariants
CREATE UNIQUE INDEX enrolments_one_running_per_person ON enrolments (workspace_id, lead_id) WHERE status IN ('active', 'paused');
CREATE UNIQUE INDEX send_slots_one_per_instant ON send_slots (workspace_id, mailbox_id, slot_at) WHERE released_at IS NULL;
CREATE UNIQUE INDEX send_slots_one_per_step ON send_slots (workspace_id, enrolment_id, step_id) WHERE released_at IS NULL;
CREATE UNIQUE INDEX drafts_one_live_per_step ON drafts (workspace_id, enrolment_id, step_id) WHERE status NOT IN ('rejected', 'replaced');
CREATE UNIQUE INDEX scoring_profiles_one_current ON scoring_profiles (workspace_id) WHERE is_current;
CREATE UNIQUE INDEX mailboxes_one_per_address ON mailboxes (workspace_id, address) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX suppressions_one_live ON suppressions (workspace_id, kind, value, reason) WHERE lifted_at IS NULL;
ALTER TABLE busy_blocks ADD CONSTRAINT busy_blocks_no_overlap
  EXCLUDE USING gist (workspace_id WITH =, host_id WITH =, during WITH &&) WHERE (released_at IS NULL);

ALTER TABLE workspaces ADD CHECK (kind IN ('live', 'sandbox')), ADD CHECK (visibility IN ('own', 'team', 'all')),
  ADD CHECK ((kind = 'sandbox') = (clock_at IS NOT NULL));
ALTER TABLE members ADD CHECK (role IN ('owner', 'admin', 'manager', 'rep', 'viewer'));
ALTER TABLE leads ADD CHECK (email_status IN ('none', 'published', 'verified', 'assembled', 'risky', 'bounced')),
  ADD CHECK (email = lower(email));
ALTER TABLE lead_state ADD CHECK (contact_state IN ('free', 'in_campaign', 'replied', 'meeting', 'in_deal', 'customer', 'do_not_contact', 'needs_address'));
ALTER TABLE lead_imports ADD CHECK (status IN ('stored', 'checking', 'ready', 'running', 'done', 'cancelled', 'failed', 'undone'));
ALTER TABLE campaigns ADD CHECK (status IN ('draft', 'running', 'paused', 'stopped', 'finished'));
ALTER TABLE enrolments ADD CHECK (status IN ('active', 'paused', 'replied', 'finished', 'stopped', 'given_up'));
ALTER TABLE drafts ADD CHECK (status IN ('writing', 'ready', 'needs_look', 'approved', 'rejected', 'replaced'));
ALTER TABLE messages ADD CHECK (status IN ('reserved', 'sending', 'sent', 'deferred', 'failed', 'uncertain', 'cancelled'));
ALTER TABLE mailboxes ADD CHECK (status IN ('connecting', 'ready', 'cannot_send', 'cannot_read', 'paused', 'stopped'));
ALTER TABLE replies ADD CHECK (class IN ('interested', 'question', 'objection', 'not_now', 'not_interested', 'referral', 'wrong_person', 'left', 'away', 'remove_me', 'bounce', 'automatic', 'other', 'unsure')),
  ADD CHECK (status IN ('needs_me', 'done', 'none'));
ALTER TABLE meetings ADD CHECK (state IN ('held_for_approval', 'confirmed', 'cancelled')), ADD CHECK (outcome IN ('held', 'no_show')), ADD CHECK (ends_at > starts_at);
ALTER TABLE pipeline_stages ADD CHECK (kind IN ('booked', 'open', 'won', 'lost'));
ALTER TABLE tasks ADD CHECK (status IN ('open', 'done', 'dropped'));
ALTER TABLE suppressions ADD CHECK (kind IN ('address', 'domain', 'company', 'hash'));
ALTER TABLE progress ADD CHECK (status IN ('running', 'done', 'failed', 'cancelled'));

-- References inside a workspace that the Prisma schema leaves to the database: every one carries the workspace.
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT * FROM (VALUES
    ('accounts', 'owner_id', 'members'), ('leads', 'owner_id', 'members'), ('campaigns', 'owner_id', 'members'),
    ('mailboxes', 'owner_id', 'members'), ('booking_pages', 'owner_id', 'members'), ('deals', 'owner_id', 'members'),
    ('tasks', 'owner_id', 'members'), ('meetings', 'host_id', 'members'), ('busy_blocks', 'host_id', 'members'),
    ('enrolments', 'sender_id', 'members'), ('replies', 'owner_id', 'members'), ('deals', 'sourced_by_id', 'members'),
    ('members', 'team_id', 'teams'), ('teams', 'manager_id', 'members'),
    ('leads', 'import_id', 'lead_imports'), ('lead_imports', 'blob_id', 'blobs'), ('lead_lists', 'import_id', 'lead_imports'),
    ('import_row_errors', 'import_id', 'lead_imports'), ('lead_list_members', 'list_id', 'lead_lists'), ('lead_list_members', 'lead_id', 'leads'),
    ('lead_custom_values', 'lead_id', 'leads'), ('lead_search', 'lead_id', 'leads'), ('notes', 'lead_id', 'leads'),
    ('enrolments', 'step_id', 'campaign_steps'), ('enrolments', 'mailbox_id', 'mailboxes'),
    ('send_slots', 'mailbox_id', 'mailboxes'), ('send_slots', 'enrolment_id', 'enrolments'),
    ('drafts', 'campaign_id', 'campaigns'), ('drafts', 'step_id', 'campaign_steps'), ('drafts', 'offer_version_id', 'offer_versions'), ('drafts', 'reply_id', 'replies'),
    ('messages', 'campaign_id', 'campaigns'), ('messages', 'step_id', 'campaign_steps'), ('messages', 'draft_id', 'drafts'),
    ('messages', 'mailbox_id', 'mailboxes'), ('messages', 'thread_id', 'threads'), ('messages', 'reply_id', 'replies'), ('messages', 'meeting_id', 'meetings'),
    ('threads', 'mailbox_id', 'mailboxes'), ('inbound_mails', 'mailbox_id', 'mailboxes'), ('inbound_mails', 'blob_id', 'blobs'),
    ('replies', 'inbound_id', 'inbound_mails'), ('replies', 'thread_id', 'threads'), ('replies', 'message_id', 'messages'),
    ('replies', 'mailbox_id', 'mailboxes'), ('replies', 'campaign_id', 'campaigns'), ('replies', 'enrolment_id', 'enrolments'),
    ('meetings', 'booking_page_id', 'booking_pages'), ('meetings', 'deal_id', 'deals'), ('meetings', 'reply_id', 'replies'),
    ('busy_blocks', 'meeting_id', 'meetings'), ('deals', 'pipeline_id', 'pipelines'), ('deal_stage_changes', 'deal_id', 'deals'),
    ('deal_stage_changes', 'to_stage_id', 'pipeline_stages'), ('tasks', 'deal_id', 'deals'), ('tasks', 'reply_id', 'replies'), ('tasks', 'meeting_id', 'meetings')
  ) AS f (tbl, col, target)
  LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id, %I) REFERENCES %I (workspace_id, %I)',
      r.tbl, r.tbl || '_' || r.col || '_tenant', r.col, r.target, CASE r.target WHEN 'members' THEN 'user_id' ELSE 'id' END);
  END LOOP;
END $$;

-- The relay wakes as soon as a transaction with events commits.
CREATE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$;
CREATE TRIGGER outbox_announced AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();
