-- The engine, whole: waits, invocations, batches, debounce, throttle, cancellation, priorities and scoped limits.
ALTER TABLE engine.runs
  -- all events of a batch; null where it is the one
  ADD COLUMN events json,
  -- [{run, step}]: steps of other runs that wait for this one
  ADD COLUMN invokers json,
  -- seconds by which it goes ahead of those that wait with it
  ADD COLUMN priority int NOT NULL DEFAULT 0;

ALTER TABLE engine.steps DROP CONSTRAINT steps_status_check;
ALTER TABLE engine.steps ADD CONSTRAINT steps_status_check CHECK (status IN ('planned', 'sleeping', 'waiting', 'done', 'failed'));
-- race: whoever ends first lets the function go on
ALTER TABLE engine.steps ADD COLUMN race boolean NOT NULL DEFAULT false;

ALTER TABLE engine.timers DROP CONSTRAINT timers_kind_check;
-- start, finish: a timeout of the run
ALTER TABLE engine.timers ADD CONSTRAINT timers_kind_check CHECK (kind IN ('job', 'wake', 'start', 'finish'));

-- What waits for an event: a step, or the cancellation of a run. An event that matches is written down here and a job
-- made of it in the transaction that takes the event in; the job ends the wait.
CREATE TABLE engine.waits (
  id bigserial PRIMARY KEY,
  event text NOT NULL,
  -- step: ends this step; cancel: ends the run
  kind text NOT NULL CHECK (kind IN ('step', 'cancel')),
  run_id uuid NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  step_id text NOT NULL,
  expression text,
  -- where the expression asks for plain equality: what the event must hold, and where; both as JSON, else empty
  key_path text NOT NULL DEFAULT '',
  key_value text NOT NULL DEFAULT '',
  expires_at timestamptz,
  matched json
);
CREATE INDEX waits_event ON engine.waits (event, key_path, key_value) WHERE matched IS NULL;
CREATE INDEX waits_run ON engine.waits (run_id, step_id);

-- Events that are held until their batch is full or their debounce over.
CREATE TABLE engine.holds (
  key text PRIMARY KEY,
  function_id text NOT NULL,
  due_at timestamptz NOT NULL,
  -- debounce: never later than this
  latest_at timestamptz,
  size int NOT NULL
);
CREATE INDEX holds_due ON engine.holds (due_at);
CREATE TABLE engine.held_events (
  id bigserial PRIMARY KEY,
  hold_key text NOT NULL REFERENCES engine.holds ON DELETE CASCADE,
  event json NOT NULL,
  invoker json
);
CREATE INDEX held_events_hold ON engine.held_events (hold_key, id);

-- throttle, rateLimit, idempotency: the instant up to which the allowance is spent, in milliseconds
CREATE TABLE engine.paces (
  key text PRIMARY KEY,
  function_id text NOT NULL,
  tat double precision
);
CREATE INDEX paces_tat ON engine.paces (tat);

-- Limits may be shared by functions, so a place in the line says by itself what it waits for.
ALTER TABLE engine.waiting
  ADD COLUMN line text NOT NULL DEFAULT '',
  ADD COLUMN limits int[] NOT NULL DEFAULT '{}',
  ADD COLUMN sort_at timestamptz NOT NULL DEFAULT clock_timestamp();
-- Whoever stood in a line of the previous release gets a job instead, and takes a place in the new one.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM engine.waiting) THEN
    EXECUTE 'SELECT count(graphile_worker.add_job(''engine'', json_build_object(''run'', run_id, ''step'', step_id, ''turn'', turn), max_attempts := 30000)) FROM engine.waiting';
    DELETE FROM engine.waiting;
  END IF;
END $$;
DROP INDEX engine.waiting_function;
CREATE INDEX waiting_line ON engine.waiting (line, sort_at, id);

GRANT SELECT, INSERT, UPDATE, DELETE ON engine.waits, engine.holds, engine.held_events, engine.paces TO engine_role;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA engine TO engine_role;

CREATE OR REPLACE FUNCTION cancel_job_run(run uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE engine.runs SET status = 'cancelled', ended_at = clock_timestamp(), retry_at = NULL
  WHERE id = run AND workspace_id = public.current_workspace() AND status IN ('queued', 'running');
  IF NOT FOUND THEN RETURN false; END IF;
  -- Places that it holds go back with its job, which finds the run ended; what waits for it is told by another.
  DELETE FROM engine.waiting WHERE run_id = run;
  PERFORM graphile_worker.add_job('engine', json_build_object('do', 'ended', 'run', run), max_attempts := 30000);
  RETURN true;
END $$;

-- Goes on from where it failed: steps that succeeded keep their results.
CREATE OR REPLACE FUNCTION retry_job_run(run uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE next_turn int;
BEGIN
  UPDATE engine.runs SET status = 'queued', turn = turn + 1, attempt = 0, error = NULL, ended_at = NULL, retry_at = NULL
  WHERE id = run AND workspace_id = public.current_workspace() AND status IN ('failed', 'cancelled') RETURNING turn INTO next_turn;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM engine.steps WHERE run_id = run AND status <> 'done';
  DELETE FROM engine.waits WHERE run_id = run;
  DELETE FROM engine.timers WHERE run_id = run;
  PERFORM graphile_worker.add_job('engine', json_build_object('run', run, 'step', '', 'turn', next_turn), max_attempts := 30000);
  RETURN true;
END $$;
