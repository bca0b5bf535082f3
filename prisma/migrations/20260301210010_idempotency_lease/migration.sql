-- Since when a claim is somebody's, by the database's clock: who holds it is told by the instant, and rows are cleared after a day.
ALTER TABLE idempotency_keys ADD COLUMN claimed_at timestamptz(6) NOT NULL DEFAULT clock_timestamp();

CREATE POLICY owner_clears ON idempotency_keys TO CURRENT_USER USING (claimed_at < clock_timestamp() - interval '24 hours');
CREATE FUNCTION clear_idempotency_keys() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  WITH cleared AS (DELETE FROM idempotency_keys WHERE claimed_at < clock_timestamp() - interval '24 hours' RETURNING 1)
  SELECT count(*)::int FROM cleared
$$;
REVOKE ALL ON FUNCTION clear_idempotency_keys() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clear_idempotency_keys() TO sweeper_role;
