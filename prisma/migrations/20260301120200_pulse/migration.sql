-- The worker's sign of life, so that the health page can say that it stands still, stood still, or that a clock was set back.
-- Real time, of the database.
CREATE TABLE pulse (
  id int PRIMARY KEY CHECK (id = 1),
  worker_started_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  -- the latest instant that was ever seen: later than now after a clock was set back
  latest timestamptz NOT NULL,
  -- the last time that nobody gave a sign for some minutes
  gap_from timestamptz,
  gap_to timestamptz
);
GRANT SELECT, INSERT, UPDATE ON pulse TO engine_role;
-- The operator of the instance asks through this.
CREATE FUNCTION read_pulse() RETURNS TABLE (worker_started_at timestamptz, at timestamptz, latest timestamptz, gap_from timestamptz, gap_to timestamptz, now timestamptz, database_started_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT worker_started_at, at, latest, gap_from, gap_to, clock_timestamp(), pg_postmaster_start_time() FROM public.pulse $$;
REVOKE ALL ON FUNCTION read_pulse() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_pulse() TO operator_role;
