-- Who sees what (own, team, all) is kept by the database. A request of somebody who may not see everything reads as viewer_role, which has
-- what app_role has (it is a member of it, see server/core/migrate.ts) and, on top, the restrictive policies below. Jobs, owners and admins stay app_role and pay nothing.

-- The one place of the rule. Runs with the caller's rights; null for nobody.
CREATE FUNCTION visible_owners(viewer uuid) RETURNS uuid[] LANGUAGE sql STABLE SET search_path = public AS $$
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
    OR (m.covered_by_id = viewer AND m.away_from <= workspace_now(w.id)::date AND m.away_until >= workspace_now(w.id)::date))
$$;
-- Those of the person whose request this is; evaluated once a query, as `(SELECT seen_owners())`.
CREATE FUNCTION seen_owners() RETURNS uuid[] LANGUAGE sql STABLE SET search_path = public
  AS $$ SELECT visible_owners(nullif(current_setting('app.viewer_id', true), '')::uuid) $$;

-- Whoever works on a person sees them: a visible deal, task, meeting, reply or campaign never names somebody who is not there. Definer,
-- because it looks below the policies that it serves; the owner is under FORCE too, hence the policies for it.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['leads', 'accounts', 'deals', 'tasks', 'meetings', 'replies', 'enrolments', 'campaigns', 'members', 'teams', 'lead_search']
  LOOP EXECUTE format('CREATE POLICY owner_reads ON %I FOR SELECT TO CURRENT_USER USING (workspace_id = current_workspace())', t); END LOOP;
END $$;
CREATE FUNCTION is_worked_on(lead uuid, seen uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public COST 2000 AS $$
  SELECT EXISTS (SELECT 1 FROM deals d WHERE d.workspace_id = current_workspace() AND d.lead_id = lead AND d.owner_id = ANY (seen))
    OR EXISTS (SELECT 1 FROM tasks t WHERE t.workspace_id = current_workspace() AND t.lead_id = lead AND t.owner_id = ANY (seen))
    OR EXISTS (SELECT 1 FROM meetings m WHERE m.workspace_id = current_workspace() AND m.lead_id = lead AND m.host_id = ANY (seen))
    OR EXISTS (SELECT 1 FROM replies r WHERE r.workspace_id = current_workspace() AND r.lead_id = lead AND (r.owner_id IS NULL OR r.owner_id = ANY (seen)))
    OR EXISTS (SELECT 1 FROM enrolments e JOIN campaigns c ON c.workspace_id = e.workspace_id AND c.id = e.campaign_id
               WHERE e.workspace_id = current_workspace() AND e.lead_id = lead AND (e.sender_id = ANY (seen) OR c.owner_id = ANY (seen)))
$$;
-- A company is seen by whoever owns it, a person there, or a deal with it.
CREATE FUNCTION is_account_known(account uuid, seen uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public COST 2000 AS $$
  SELECT EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = current_workspace() AND l.account_id = account AND l.owner_id = ANY (seen))
    OR EXISTS (SELECT 1 FROM deals d WHERE d.workspace_id = current_workspace() AND d.account_id = account AND d.owner_id = ANY (seen))
    OR EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = current_workspace() AND l.account_id = account AND is_worked_on(l.id, seen))
$$;
REVOKE ALL ON FUNCTION visible_owners(uuid), seen_owners(), is_worked_on(uuid, uuid[]), is_account_known(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visible_owners(uuid), seen_owners(), is_worked_on(uuid, uuid[]), is_account_known(uuid, uuid[]) TO app_role;

-- Tables whose rows always come with their person, or hold nothing about one, need no policy of their own.
CREATE FUNCTION secure_visibility(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  rule text;
  has_lead boolean := EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = target AND attname = 'lead_id' AND NOT attisdropped);
BEGIN
  rule := CASE target::text
    WHEN 'leads' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[]) OR is_worked_on(id, (SELECT seen_owners()))'
    WHEN 'accounts' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[]) OR is_account_known(id, (SELECT seen_owners()))'
    WHEN 'meetings' THEN 'host_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'replies' THEN 'owner_id IS NULL OR owner_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'deals' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'tasks' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'deal_stage_changes' THEN 'EXISTS (SELECT 1 FROM deals d WHERE d.workspace_id = deal_stage_changes.workspace_id AND d.id = deal_stage_changes.deal_id)'
    WHEN 'observations' THEN format('(subject_type = %L AND EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = observations.workspace_id AND l.id = observations.subject_id)) OR (subject_type <> %L AND EXISTS (SELECT 1 FROM accounts a WHERE a.workspace_id = observations.workspace_id AND a.id = observations.subject_id))', 'lead', 'lead')
    ELSE CASE WHEN has_lead THEN format('lead_id IS NULL OR EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = %1$s.workspace_id AND l.id = %1$s.lead_id)', target) END
  END;
  -- Read with their person and sorted by their own index: a second look at the person would double the cost of every page of People.
  IF rule IS NULL OR target::text IN ('lead_scores', 'lead_search') THEN RETURN; END IF;
  EXECUTE format('CREATE POLICY visible ON %s AS RESTRICTIVE FOR SELECT TO viewer_role USING (%s)', target, rule);
END $$;

DO $$
DECLARE t regclass;
BEGIN
  FOR t IN SELECT c.oid::regclass FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  LOOP PERFORM secure_visibility(t); END LOOP;
END $$;

-- Tables of later migrations get theirs with their row security.
CREATE OR REPLACE FUNCTION secure_tenant_table(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY tenant ON %1$s TO app_role USING (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid) WITH CHECK (workspace_id = nullif(current_setting(%2$L, true), %3$L)::uuid)', target, 'app.workspace_id', '');
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO app_role', target);
  PERFORM secure_visibility(target);
END $$;

-- The search stops after so many hits, so it must count only what may be seen.
CREATE OR REPLACE FUNCTION search_leads(term text, most int) RETURNS TABLE (lead_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT s.lead_id FROM lead_search s
        WHERE s.workspace_id = current_workspace()
          AND s.text LIKE '%' || replace(replace(replace(lower(unaccent(term)), '\', '\\'), '%', '\%'), '_', '\_') || '%'
          AND (nullif(current_setting('app.viewer_id', true), '') IS NULL
               OR EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = s.workspace_id AND l.id = s.lead_id
                          AND (l.owner_id = ANY ((SELECT seen_owners())::uuid[]) OR is_worked_on(l.id, (SELECT seen_owners())))))
        LIMIT most $$;

-- True when one of these ids is a record that the person of this request may not see. Asked as app_role before a change is made, because
-- a change must reach everything that it concerns, but may only be asked for on what is seen.
CREATE FUNCTION names_hidden(ids uuid[]) RETURNS boolean LANGUAGE sql STABLE SET search_path = public AS $$
  WITH seen AS MATERIALIZED (SELECT seen_owners() AS owners),
  people AS MATERIALIZED (
    SELECT l.id FROM leads l WHERE l.workspace_id = current_workspace() AND l.id = ANY (ids)
    UNION SELECT d.lead_id FROM drafts d WHERE d.workspace_id = current_workspace() AND d.id = ANY (ids)
    UNION SELECT e.lead_id FROM enrolments e WHERE e.workspace_id = current_workspace() AND e.id = ANY (ids)
    UNION SELECT m.lead_id FROM messages m WHERE m.workspace_id = current_workspace() AND m.id = ANY (ids) AND m.lead_id IS NOT NULL
    UNION SELECT n.lead_id FROM notes n WHERE n.workspace_id = current_workspace() AND n.id = ANY (ids))
  SELECT EXISTS (SELECT 1 FROM leads l JOIN people p ON p.id = l.id, seen s
                 WHERE l.workspace_id = current_workspace() AND NOT (l.owner_id = ANY (s.owners) OR is_worked_on(l.id, s.owners)))
    OR EXISTS (SELECT 1 FROM accounts a, seen s WHERE a.workspace_id = current_workspace() AND a.id = ANY (ids)
               AND NOT (a.owner_id = ANY (s.owners) OR is_account_known(a.id, s.owners)))
    OR EXISTS (SELECT 1 FROM deals d, seen s WHERE d.workspace_id = current_workspace() AND d.id = ANY (ids) AND NOT d.owner_id = ANY (s.owners))
    OR EXISTS (SELECT 1 FROM tasks t, seen s WHERE t.workspace_id = current_workspace() AND t.id = ANY (ids) AND NOT t.owner_id = ANY (s.owners))
    OR EXISTS (SELECT 1 FROM meetings m, seen s WHERE m.workspace_id = current_workspace() AND m.id = ANY (ids) AND NOT m.host_id = ANY (s.owners))
    OR EXISTS (SELECT 1 FROM replies r, seen s WHERE r.workspace_id = current_workspace() AND r.id = ANY (ids) AND r.owner_id IS NOT NULL AND NOT r.owner_id = ANY (s.owners))
    OR EXISTS (SELECT 1 FROM campaigns c, seen s WHERE c.workspace_id = current_workspace() AND c.id = ANY (ids) AND NOT c.owner_id = ANY (s.owners))
$$;
REVOKE ALL ON FUNCTION names_hidden(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION names_hidden(uuid[]) TO app_role;
