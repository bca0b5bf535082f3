-- Under row security coalesce() counts as leaky, so a page far down the list filtered everything before it instead of starting at its
-- place in the index (30,000 rows read for row 29,000). CASE does not.
CREATE INDEX lead_state_by_score_case ON lead_state (workspace_id, (CASE WHEN score IS NULL THEN -1 ELSE score END) DESC, id DESC);
CREATE INDEX lead_state_by_activity_case ON lead_state
  (workspace_id, (CASE WHEN last_activity_at IS NULL THEN '1970-01-01 00:00:00+00'::timestamptz ELSE last_activity_at END) DESC, id DESC);
DROP INDEX lead_state_by_score;
DROP INDEX lead_state_by_activity;
ALTER INDEX lead_state_by_score_case RENAME TO lead_state_by_score;
ALTER INDEX lead_state_by_activity_case RENAME TO lead_state_by_activity;
