-- What started a run of this workspace: an event's name and its data, which holds ids.
CREATE FUNCTION job_input(run uuid) RETURNS TABLE (event_name text, data json, events int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.event->>'name', r.event->'data', coalesce(json_array_length(r.events), 1)
  FROM engine.runs r WHERE r.id = run AND r.workspace_id = public.current_workspace() $$;
REVOKE ALL ON FUNCTION job_input(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION job_input(uuid) TO app_role;

-- The engine as whoever runs the instance sees it: counts by function over all workspaces, and nobody's ids.
CREATE FUNCTION engine_functions() RETURNS TABLE (id text, name text, waiting int, running int, paused int, failed int, completed int, last_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.id, f.name,
         count(r.id) FILTER (WHERE r.status = 'queued' AND r.started_at IS NULL)::int,
         count(r.id) FILTER (WHERE r.status = 'running')::int,
         count(r.id) FILTER (WHERE r.status = 'queued' AND r.started_at IS NOT NULL)::int,
         count(r.id) FILTER (WHERE r.status = 'failed')::int,
         count(r.id) FILTER (WHERE r.status = 'completed')::int, max(r.queued_at)
  FROM engine.functions f
  LEFT JOIN engine.runs r ON r.function_id = f.id AND (r.queued_at > clock_timestamp() - interval '24 hours' OR r.status IN ('queued', 'running'))
  GROUP BY f.id, f.name ORDER BY f.name $$;

CREATE FUNCTION engine_state() RETURNS TABLE (workers int, oldest_at timestamptz, events_held int, waits int, timers int, in_line int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(*)::int FROM engine.instances),
         (SELECT min(r.queued_at) FROM engine.runs r WHERE r.status = 'queued' AND r.started_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM engine.timers t WHERE t.run_id = r.id AND t.kind = 'job')),
         (SELECT count(*)::int FROM engine.held_events), (SELECT count(*)::int FROM engine.waits),
         (SELECT count(*)::int FROM engine.timers), (SELECT count(*)::int FROM engine.waiting) $$;
REVOKE ALL ON FUNCTION engine_functions(), engine_state() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION engine_functions(), engine_state() TO sweeper_role;
