-- "Replied, the best first" in the order of an index. With the state in one index and the score in another Postgres had to guess which of
-- them is shorter, and one guess in forty read the scores of 100,000 people to find the 200 who replied.
CREATE INDEX lead_state_by_state ON lead_state
  (workspace_id, contact_state, (CASE WHEN score IS NULL THEN -1 ELSE score END) DESC, id DESC);
DROP INDEX "lead_state_workspace_id_contact_state_id_idx";
