-- The first and the last day away are days of the member's calendar, as Today and the booking page read them: whoever covers sees the
-- colleague's work exactly on those days, and not some hours before or after them.

-- The day on the wall in a zone; in one that this server does not know, UTC's: a strange word in one row must not close the whole workspace.
CREATE FUNCTION day_in(zone text, at timestamptz) RETURNS date LANGUAGE plpgsql STABLE SET search_path = public AS $$
BEGIN
  RETURN (at AT TIME ZONE zone)::date;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN (at AT TIME ZONE 'UTC')::date;
END $$;
REVOKE ALL ON FUNCTION day_in(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION day_in(text, timestamptz) TO app_role;

CREATE OR REPLACE FUNCTION visible_owners(viewer uuid) RETURNS uuid[] LANGUAGE sql STABLE SET search_path = public AS $$
  SELECT coalesce(array_agg(m.user_id), '{}'::uuid[])
  FROM workspaces w
  JOIN members me ON me.workspace_id = w.id AND me.user_id = viewer
  JOIN members m ON m.workspace_id = w.id
  WHERE w.id = current_workspace() AND (
    m.user_id = viewer
    OR me.role IN ('owner', 'admin')
    OR w.visibility = 'all'
    OR (w.visibility = 'team' AND m.team_id IS NOT DISTINCT FROM me.team_id)
    OR EXISTS (SELECT 1 FROM teams t WHERE t.workspace_id = w.id AND t.manager_id = viewer AND t.id = m.team_id)
    OR (m.covered_by_id = viewer
        AND day_in(m.time_zone, workspace_now(w.id)) BETWEEN m.away_from AND m.away_until))
$$;
