-- What a workspace may see and do of its own job runs. The engine's tables belong to no tenant and app_role cannot reach
-- them; these functions filter by the workspace that is set, and say ids, names and errors only.
CREATE FUNCTION job_runs(wanted_status text, wanted_function text, before_at timestamptz, before_id uuid, most int)
  RETURNS TABLE (id uuid, function_id text, function_name text, status text, attempt int, max_attempts int, error json,
                 queued_at timestamptz, started_at timestamptz, ended_at timestamptz, retry_at timestamptz, steps int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.id, r.function_id, coalesce(f.name, r.function_id), r.status, r.attempt, coalesce((f.config->>'maxAttempts')::int, 1), r.error,
         r.queued_at, r.started_at, r.ended_at, r.retry_at,
         (SELECT count(*)::int FROM engine.steps s WHERE s.run_id = r.id AND s.status = 'done')
  FROM engine.runs r LEFT JOIN engine.functions f ON f.id = r.function_id
  WHERE r.workspace_id = public.current_workspace()
    AND (wanted_status IS NULL OR r.status = wanted_status) AND (wanted_function IS NULL OR r.function_id = wanted_function)
    AND (before_at IS NULL OR (r.queued_at, r.id) < (before_at, before_id))
  ORDER BY r.queued_at DESC, r.id DESC LIMIT most $$;

CREATE FUNCTION job_steps(run uuid)
  RETURNS TABLE (name text, op text, status text, attempt int, error json, wake_at timestamptz, ended_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.name, s.op, s.status, s.attempt, s.error, s.wake_at, s.ended_at
  FROM engine.steps s JOIN engine.runs r ON r.id = s.run_id
  WHERE s.run_id = run AND r.workspace_id = public.current_workspace() ORDER BY s.finished NULLS LAST, s.step_id $$;

CREATE FUNCTION job_functions()
  RETURNS TABLE (id text, name text, config json, running int, failed int, completed int, last_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.id, f.name, f.config,
         count(r.id) FILTER (WHERE r.status IN ('queued', 'running'))::int, count(r.id) FILTER (WHERE r.status = 'failed')::int,
         count(r.id) FILTER (WHERE r.status = 'completed')::int, max(r.queued_at)
  FROM engine.functions f
  LEFT JOIN engine.runs r ON r.function_id = f.id AND r.workspace_id = public.current_workspace() AND r.queued_at > clock_timestamp() - interval '24 hours'
  GROUP BY f.id, f.name ORDER BY f.name $$;

-- How far behind the queue is for this workspace: runs that nobody began, and since when.
CREATE FUNCTION job_lag() RETURNS TABLE (waiting int, oldest_at timestamptz, live_workers int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*)::int, min(r.queued_at), (SELECT count(*)::int FROM engine.instances)
  FROM engine.runs r WHERE r.workspace_id = public.current_workspace() AND r.status = 'queued' AND r.started_at IS NULL $$;

CREATE FUNCTION cancel_job_run(run uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE engine.runs SET status = 'cancelled', ended_at = clock_timestamp(), retry_at = NULL
  WHERE id = run AND workspace_id = public.current_workspace() AND status IN ('queued', 'running');
  IF NOT FOUND THEN RETURN false; END IF;
  -- Places that it holds go back with its job, which finds the run ended.
  DELETE FROM engine.waiting WHERE run_id = run;
  RETURN true;
END $$;

-- Goes on from where it failed: steps that succeeded keep their results.
CREATE FUNCTION retry_job_run(run uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE next_turn int;
BEGIN
  UPDATE engine.runs SET status = 'queued', turn = turn + 1, attempt = 0, error = NULL, ended_at = NULL, retry_at = NULL
  WHERE id = run AND workspace_id = public.current_workspace() AND status IN ('failed', 'cancelled') RETURNING turn INTO next_turn;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM engine.steps WHERE run_id = run AND status <> 'done';
  PERFORM graphile_worker.add_job('engine', json_build_object('run', run, 'step', '', 'turn', next_turn), max_attempts := 30000);
  RETURN true;
END $$;

DO $$
DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['job_runs(text, text, timestamptz, uuid, int)', 'job_steps(uuid)', 'job_functions()', 'job_lag()', 'cancel_job_run(uuid)', 'retry_job_run(uuid)']
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app_role', f);
  END LOOP;
END $$;
