-- The embedded job engine's own state. No tenant rows: ids, and the results of steps. Only engine_role reaches it,
-- and the product's Jobs page through functions that filter by the workspace that is set.
CREATE SCHEMA engine;
REVOKE ALL ON SCHEMA engine FROM PUBLIC;
GRANT USAGE ON SCHEMA engine TO engine_role;

CREATE TABLE engine.functions (
  id text PRIMARY KEY,
  name text NOT NULL,
  config json NOT NULL,
  synced_at timestamptz NOT NULL
);

-- An event id counts once in 24 hours.
CREATE TABLE engine.event_ids (
  id text PRIMARY KEY,
  name text NOT NULL,
  received_at timestamptz NOT NULL
);
CREATE INDEX event_ids_received_at ON engine.event_ids (received_at);

CREATE TABLE engine.runs (
  id uuid PRIMARY KEY,
  function_id text NOT NULL,
  workspace_id uuid,
  event_id text NOT NULL,
  -- json, not jsonb: what the SDK said is given back as it was, character by character
  event json NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  -- which job may move this run on; a job with an older turn is a leftover and does nothing
  turn int NOT NULL DEFAULT 1,
  -- which execution of that job may report; an older one belongs to a worker that was given up
  dispatch int NOT NULL DEFAULT 0,
  attempt int NOT NULL DEFAULT 0,
  limit_keys text[] NOT NULL DEFAULT '{}',
  output json,
  error json,
  queued_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  retry_at timestamptz
);
CREATE INDEX runs_workspace ON engine.runs (workspace_id, queued_at DESC);
CREATE INDEX runs_live ON engine.runs (queued_at) WHERE status IN ('queued', 'running');
CREATE INDEX runs_ended ON engine.runs (ended_at) WHERE ended_at IS NOT NULL;

CREATE SEQUENCE engine.finish_order;
CREATE TABLE engine.steps (
  run_id uuid NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  step_id text NOT NULL,
  name text NOT NULL,
  op text NOT NULL,
  status text NOT NULL CHECK (status IN ('planned', 'sleeping', 'done', 'failed')),
  turn int NOT NULL DEFAULT 1,
  dispatch int NOT NULL DEFAULT 0,
  attempt int NOT NULL DEFAULT 0,
  data json,
  error json,
  wake_at timestamptz,
  ended_at timestamptz,
  finished bigint,
  PRIMARY KEY (run_id, step_id)
);

-- What is executing under a limit, and who waits for a place, first come first served. A slot belongs to a job, not to
-- a worker, so a killed worker leaks none.
CREATE TABLE engine.slots (
  limit_key text NOT NULL,
  run_id uuid NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  step_id text NOT NULL,
  turn int NOT NULL,
  PRIMARY KEY (limit_key, run_id, step_id)
);
CREATE INDEX slots_run ON engine.slots (run_id, step_id);
CREATE TABLE engine.waiting (
  id bigserial PRIMARY KEY,
  function_id text NOT NULL,
  run_id uuid NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  step_id text NOT NULL,
  turn int NOT NULL,
  limit_keys text[] NOT NULL,
  UNIQUE (run_id, step_id)
);
CREATE INDEX waiting_function ON engine.waiting (function_id, id);

CREATE TABLE engine.timers (
  id bigserial PRIMARY KEY,
  at timestamptz NOT NULL,
  -- job: start this job now; wake: this sleep is over
  kind text NOT NULL CHECK (kind IN ('job', 'wake')),
  run_id uuid NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  step_id text NOT NULL,
  turn int NOT NULL
);
CREATE INDEX timers_at ON engine.timers (at);
CREATE INDEX timers_run ON engine.timers (run_id);

CREATE TABLE engine.crons (
  function_id text NOT NULL,
  expression text NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (function_id, expression)
);

-- One row per living engine: it holds advisory lock (7346100, lock_no). When the lock is free, its jobs are taken up.
CREATE TABLE engine.instances (
  lock_no int PRIMARY KEY,
  holders text[] NOT NULL,
  started_at timestamptz NOT NULL
);
CREATE SEQUENCE engine.lock_no AS int CYCLE;

-- The due pump asked for a run that has not begun yet.
CREATE TABLE engine.due_wakes (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  asked_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, kind)
);
-- A sandbox run drives this workspace's events itself, in order; the relay leaves them to it until then.
CREATE TABLE engine.held_workspaces (
  workspace_id uuid PRIMARY KEY,
  until timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA engine TO engine_role;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA engine TO engine_role;

GRANT USAGE ON SCHEMA engine TO sweeper_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON engine.due_wakes, engine.held_workspaces TO sweeper_role;

-- The embedded engine takes events out of the outbox in the transaction that makes runs of them.
GRANT SELECT, DELETE ON outbox TO engine_role;
CREATE POLICY engine ON outbox TO engine_role USING (true);

-- graphile-worker keeps its own schema. engine_role owns it, so that the worker's login can bring it up to date; the first
-- table is made here because CREATE SCHEMA IF NOT EXISTS asks for a right on the database that no runtime role has.
GRANT engine_role TO CURRENT_USER;
CREATE SCHEMA graphile_worker AUTHORIZATION engine_role;
CREATE TABLE graphile_worker.migrations (id int PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now(), breaking boolean NOT NULL DEFAULT false);
ALTER TABLE graphile_worker.migrations OWNER TO engine_role;
