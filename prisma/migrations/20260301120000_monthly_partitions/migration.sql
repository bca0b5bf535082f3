-- Event tables get a partition for each month, made ahead. What falls outside (a pretend workspace whose clock is far
-- ahead) waits in the default partition and is moved when its month is made.

-- Rows are reached through the parent, whose policies count. Nobody is given a partition itself.
REVOKE ALL ON activities_default, mail_events_default FROM app_role;
-- The function below runs as the owner, who is under FORCE too where it is no superuser.
CREATE POLICY owner_moves ON activities_default TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_moves ON mail_events_default TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE FUNCTION make_month_partition(parent regclass, month date) RETURNS boolean LANGUAGE plpgsql AS $$
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
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION make_month_partition(regclass, date) FROM PUBLIC;

-- This month, the next `ahead` ones and every month that has rows in a default partition. Months are UTC's.
CREATE FUNCTION make_month_partitions(ahead int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET lock_timeout = '3s' AS $$
DECLARE
  parent regclass;
  month date;
  made int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7346024);
  FOR parent IN SELECT partrelid FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
                WHERE c.relnamespace = 'public'::regnamespace AND to_regclass(format('public.%I', c.relname || '_default')) IS NOT NULL ORDER BY 1
  LOOP
    FOR month IN EXECUTE format(
      'SELECT (date_trunc(''month'', clock_timestamp() AT TIME ZONE ''UTC'') + n * interval ''1 month'')::date FROM generate_series(0, $1) n
       UNION SELECT date_trunc(''month'', occurred_at AT TIME ZONE ''UTC'')::date FROM %s_default ORDER BY 1', parent) USING ahead
    LOOP
      IF make_month_partition(parent, month) THEN made := made + 1; END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION make_month_partitions(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_month_partitions(int) TO sweeper_role;

SELECT make_month_partitions(3);
