-- All the words of a search at once. One word at a time, each cut off at `most`, two common words had hardly anybody in common: among
-- thousands of Annas, Anna Kowalska was not found. The first word goes through the index, so callers put the longest first.
CREATE FUNCTION search_people(terms text[], most int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT s.lead_id FROM lead_search s
  WHERE s.workspace_id = current_workspace()
    AND s.text LIKE '%' || replace(replace(replace(lower(unaccent(terms[1])), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    AND NOT EXISTS (SELECT 1 FROM unnest(terms[2:]) AS other (term) WHERE position(lower(unaccent(other.term)) IN s.text) = 0)
    AND (nullif(current_setting('app.viewer_id', true), '') IS NULL
         OR EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = s.workspace_id AND l.id = s.lead_id AND l.owner_id = ANY ((SELECT seen_owners())::uuid[]))
         OR s.lead_id IN (SELECT worked_on((SELECT seen_owners()))))
  LIMIT most $$;
REVOKE ALL ON FUNCTION search_people(text[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_people(text[], int) TO app_role;

-- What is searched in is folded as what is searched for. These few were kept with letters that the question never holds: ı, œ, þ, ’.
UPDATE lead_search SET text = lower(unaccent(text)) WHERE text ~ '[^\x01-\x7f]';
