-- A list that somebody brought in shows its rows: it is theirs, as what they own is.
CREATE POLICY owner_reads ON lead_imports FOR SELECT TO CURRENT_USER USING (workspace_id = current_workspace());
CREATE OR REPLACE FUNCTION names_hidden(ids uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
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
    OR EXISTS (SELECT 1 FROM lead_imports i, seen s WHERE i.workspace_id = current_workspace() AND i.id = ANY (ids) AND NOT i.created_by_id = ANY (s.owners))
$$;
