-- The planner believes of a workspace that it has not counted yet that every table holds one row of it, and compares each row with all
-- others where it would look into an index: an undo of 16,000 people took two minutes instead of two seconds. The same happens to tables
-- that were counted just after a list was taken back, and are filled again.

-- Left to itself, autovacuum counts a table when a tenth of it has changed: a new workspace beside large ones would wait for weeks.
CREATE FUNCTION count_often(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000)', target);
END $$;
REVOKE ALL ON FUNCTION count_often(regclass) FROM PUBLIC;

SELECT count_often(c.oid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace;

CREATE OR REPLACE FUNCTION secure_tenant_table(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY tenant ON %1$s TO app_role USING (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid) WITH CHECK (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid)', target, 'app.workspace_id', '');
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO app_role', target);
  PERFORM secure_visibility(target);
  PERFORM count_often(target);
END $$;

CREATE OR REPLACE FUNCTION make_month_partition(parent regclass, month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  name text := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
  lower_bound text := to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00';
  upper_bound text := to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00';
BEGIN
  IF to_regclass(format('public.%I', name)) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', name, parent);
  EXECUTE format('LOCK TABLE %s_default IN ACCESS EXCLUSIVE MODE', parent);
  EXECUTE format('WITH moved AS (DELETE FROM %s_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
    parent, lower_bound, upper_bound, name);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, name, lower_bound, upper_bound);
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY tenant ON %I TO app_role USING (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid) WITH CHECK (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid)', name, 'app.workspace_id', '');
  PERFORM count_often(name::regclass);
  RETURN true;
END $$;

-- Work that writes thousands of rows at once asks for it in its own transaction, whose rows are counted with the others. Who counts
-- already is not waited for: two such transactions would wait for each other. It reads and tells nothing of anybody.
CREATE FUNCTION count_again(target regclass) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  EXECUTE format('ANALYZE (SKIP_LOCKED) %s', target);
END $$;
REVOKE ALL ON FUNCTION count_again(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_again(regclass) TO app_role;
