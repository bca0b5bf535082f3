-- Lists that read a whole workspace at 100,000 rows of it, seen by server/testing/plans.int.test.ts.

-- Whom somebody sees is now one set of ids, read by index. The policies of rows about a person asked `leads` instead, whose own policy let
-- no index be used: every such list read everybody of the workspace first.
CREATE FUNCTION seen_leads(seen uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 1000 COST 5000 AS $$
  SELECT l.id FROM leads l WHERE l.workspace_id = current_workspace() AND l.owner_id = ANY (seen)
  UNION ALL SELECT worked_on(seen)
$$;
REVOKE ALL ON FUNCTION seen_leads(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seen_leads(uuid[]) TO app_role;

CREATE OR REPLACE FUNCTION secure_visibility(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  rule text;
  has_lead boolean := EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = target AND attname = 'lead_id' AND NOT attisdropped);
BEGIN
  rule := CASE target::text
    WHEN 'leads' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[]) OR id IN (SELECT worked_on((SELECT seen_owners())))'
    WHEN 'accounts' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[]) OR id IN (SELECT known_accounts((SELECT seen_owners())))'
    WHEN 'meetings' THEN 'host_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'replies' THEN 'owner_id IS NULL OR owner_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'deals' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'tasks' THEN 'owner_id = ANY ((SELECT seen_owners())::uuid[])'
    WHEN 'deal_stage_changes' THEN 'EXISTS (SELECT 1 FROM deals d WHERE d.workspace_id = deal_stage_changes.workspace_id AND d.id = deal_stage_changes.deal_id)'
    WHEN 'observations' THEN format('(subject_type = %L AND EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = observations.workspace_id AND l.id = observations.subject_id)) OR (subject_type <> %L AND EXISTS (SELECT 1 FROM accounts a WHERE a.workspace_id = observations.workspace_id AND a.id = observations.subject_id))', 'lead', 'lead')
    ELSE CASE WHEN has_lead THEN 'lead_id IS NULL OR lead_id IN (SELECT seen_leads((SELECT seen_owners())))' END
  END;
  -- Read with their person and sorted by their own index: a second look at the person would double the cost of every page of People.
  IF rule IS NULL OR target::text IN ('lead_scores', 'lead_search') THEN RETURN; END IF;
  EXECUTE format('DROP POLICY IF EXISTS visible ON %s', target);
  EXECUTE format('CREATE POLICY visible ON %s AS RESTRICTIVE FOR SELECT TO viewer_role USING (%s)', target, rule);
END $$;
DO $$
DECLARE t regclass;
BEGIN
  FOR t IN SELECT polrelid::regclass FROM pg_policy WHERE polname = 'visible' AND pg_get_expr(polqual, polrelid) LIKE '%lead_id IS NULL%'
  LOOP PERFORM secure_visibility(t); END LOOP;
END $$;

-- What somebody works on, and the lists of it.
CREATE INDEX deals_of_owner ON deals (workspace_id, owner_id, stage_since, id);
CREATE INDEX deals_by_change ON deals (workspace_id, stage_since, id);
CREATE INDEX deals_open ON deals (workspace_id, stage_since, id) WHERE closed_at IS NULL;
CREATE INDEX deals_by_stage ON deals (workspace_id, stage_id, stage_since, id);
CREATE INDEX deals_of_account ON deals (workspace_id, account_id);
CREATE INDEX deals_accepted ON deals (workspace_id, accepted_at);
CREATE INDEX meetings_without_outcome ON meetings (workspace_id, starts_at, id) WHERE state = 'confirmed' AND outcome IS NULL;
CREATE INDEX meetings_of_deal ON meetings (workspace_id, deal_id);
CREATE INDEX meetings_of_campaign ON meetings (workspace_id, campaign_id);
CREATE INDEX meetings_by_booking ON meetings (workspace_id, created_at);
CREATE INDEX replies_of_campaign ON replies (workspace_id, campaign_id, received_at, id);
CREATE INDEX replies_unsure ON replies (workspace_id, received_at, id) WHERE class = 'unsure' AND status <> 'done';
CREATE INDEX drafts_of_campaign ON drafts (workspace_id, campaign_id, status);
CREATE INDEX messages_of_campaign ON messages (workspace_id, campaign_id, step_id, status);
CREATE INDEX mail_events_by_kind ON mail_events (workspace_id, kind, occurred_at);
CREATE INDEX leads_by_country ON leads (workspace_id, country);
CREATE INDEX leads_by_arrival ON leads (workspace_id, created_at);
CREATE INDEX tasks_ended ON tasks (workspace_id, status, (CASE WHEN done_at IS NULL THEN due_at ELSE done_at END), id);
CREATE INDEX progress_by_status ON progress (workspace_id, status, started_at);
CREATE INDEX audit_entries_by_actor ON audit_entries (workspace_id, actor_id, at);
CREATE INDEX suppressions_live ON suppressions (workspace_id, created_at, id) WHERE lifted_at IS NULL;

-- Free text: row security lets no trigram index be used, so each noun has a function that looks below it, at this workspace and at what is seen.
CREATE INDEX replies_text ON replies USING gin (lower(subject) gin_trgm_ops, from_address gin_trgm_ops);
CREATE INDEX deals_title ON deals USING gin (lower(title) gin_trgm_ops);
CREATE INDEX suppressions_value_text ON suppressions USING gin (value gin_trgm_ops) WHERE lifted_at IS NULL;
CREATE POLICY owner_reads ON suppressions FOR SELECT TO CURRENT_USER USING (workspace_id = current_workspace());
CREATE FUNCTION like_pattern(term text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT '%' || replace(replace(replace(lower(term), '\', '\\'), '%', '\%'), '_', '\_') || '%' $$;
CREATE FUNCTION search_replies(term text, most int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.id FROM replies r
  WHERE r.workspace_id = current_workspace()
    AND (lower(r.subject) LIKE like_pattern(term) OR r.from_address LIKE like_pattern(term) OR r.lead_id = ANY (ARRAY(SELECT search_leads(term, most))))
    AND (nullif(current_setting('app.viewer_id', true), '') IS NULL OR r.owner_id IS NULL OR r.owner_id = ANY ((SELECT seen_owners())::uuid[]))
  LIMIT most $$;
CREATE FUNCTION search_deals(term text, most int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT d.id FROM deals d
  WHERE d.workspace_id = current_workspace()
    AND (lower(d.title) LIKE like_pattern(term) OR d.lead_id = ANY (ARRAY(SELECT search_leads(term, most)))
         OR d.account_id = ANY (ARRAY(SELECT a.id FROM accounts a WHERE a.workspace_id = current_workspace() AND lower(a.name) LIKE like_pattern(term))))
    AND (nullif(current_setting('app.viewer_id', true), '') IS NULL OR d.owner_id = ANY ((SELECT seen_owners())::uuid[]))
  LIMIT most $$;
CREATE FUNCTION search_suppressions(term text, most int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT s.id FROM suppressions s
  WHERE s.workspace_id = current_workspace() AND s.lifted_at IS NULL
    AND (s.value LIKE like_pattern(term)
         OR s.value = ANY (ARRAY(SELECT a.id::text FROM accounts a WHERE a.workspace_id = current_workspace() AND lower(a.name) LIKE like_pattern(term))))
  LIMIT most $$;
REVOKE ALL ON FUNCTION search_replies(text, int), search_deals(text, int), search_suppressions(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_replies(text, int), search_deals(text, int), search_suppressions(text, int) TO app_role;
