-- The list's orders, each with a total order for paging by row comparison. Unscored people and those never touched come last, which
-- an index on the bare column would put first.
CREATE INDEX lead_state_by_score ON lead_state (workspace_id, coalesce(score, -1) DESC, id DESC);
CREATE INDEX lead_state_by_activity ON lead_state (workspace_id, coalesce(last_activity_at, '1970-01-01 00:00:00+00'::timestamptz) DESC, id DESC);
DROP INDEX "lead_state_workspace_id_score_id_idx";
DROP INDEX "lead_state_workspace_id_last_activity_at_id_idx";
CREATE INDEX "leads_workspace_id_full_name_id_idx" ON leads (workspace_id, full_name, id);
