-- What the operator of the instance sees: the engine, and how big each workspace is. operator_role reads no tenant table: sizes are counted
-- inside each workspace and kept here.
CREATE TABLE workspace_sizes (
  workspace_id uuid NOT NULL PRIMARY KEY,
  people int NOT NULL,
  mails int NOT NULL,
  replies int NOT NULL,
  file_bytes bigint NOT NULL,
  members int NOT NULL,
  counted_at timestamptz(3) NOT NULL
);
SELECT secure_tenant_table('workspace_sizes');
GRANT SELECT ON workspace_sizes TO operator_role;
CREATE POLICY operator ON workspace_sizes FOR SELECT TO operator_role USING (true);
GRANT SELECT (id, name, kind, created_at) ON workspaces TO operator_role;
CREATE POLICY operator ON workspaces FOR SELECT TO operator_role USING (true);

CREATE FUNCTION engine_overview()
  RETURNS TABLE (workers int, waiting int, running int, failed_in_a_day int, completed_in_a_day int, oldest_waiting_at timestamptz, outbox int, oldest_event_at timestamptz,
                 database_bytes bigint, release text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(*)::int FROM engine.instances),
         (SELECT count(*)::int FROM engine.runs WHERE status = 'queued' AND started_at IS NULL),
         (SELECT count(*)::int FROM engine.runs WHERE status = 'running'),
         (SELECT count(*)::int FROM engine.runs WHERE status = 'failed' AND ended_at > clock_timestamp() - interval '24 hours'),
         (SELECT count(*)::int FROM engine.runs WHERE status = 'completed' AND ended_at > clock_timestamp() - interval '24 hours'),
         (SELECT min(queued_at) FROM engine.runs WHERE status = 'queued' AND started_at IS NULL),
         (SELECT count(*)::int FROM public.outbox), (SELECT min(created_at) FROM public.outbox),
         pg_database_size(current_database()),
         (SELECT max(migration_name)::text FROM public._prisma_migrations) $$;
-- The function runs as the owner, who is under FORCE too.
CREATE POLICY owner_counts ON outbox FOR SELECT TO CURRENT_USER USING (true);
REVOKE ALL ON FUNCTION engine_overview() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION engine_overview() TO operator_role;
