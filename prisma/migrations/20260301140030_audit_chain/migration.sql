-- The audit is a chain: each entry's hash covers the one before it. Entries are sealed after they commit, in that order, so that no
-- request waits for another. Personal values lie in subject_payloads; the entry carries their salted hash, so that erasing them leaves
-- the chain whole. The application can neither change nor seal an entry.
ALTER TABLE audit_entries ADD COLUMN payload_id uuid, ADD COLUMN payload_hash text;
REVOKE INSERT ON audit_entries FROM app_role;
GRANT INSERT (id, workspace_id, actor_id, actor_kind, action, subject_type, subject_id, fields, payload_id, payload_hash) ON audit_entries TO app_role;
CREATE INDEX audit_entries_unsealed ON audit_entries (workspace_id) WHERE seq IS NULL;

-- Where each chain ends, signed with a key that is not in the database.
CREATE TABLE audit_heads (
  workspace_id uuid NOT NULL PRIMARY KEY,
  seq bigint NOT NULL,
  hash text NOT NULL,
  mac text NOT NULL
);
SELECT secure_tenant_table('audit_heads');

CREATE POLICY owner_seals ON audit_entries TO CURRENT_USER USING (workspace_id = current_workspace() OR seq IS NULL) WITH CHECK (workspace_id = current_workspace());

-- One line per entry; server/audit/domain/audit-line.ts writes the same one.
CREATE FUNCTION audit_line(e audit_entries, at_seq bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT json_build_array(at_seq, e.id, (extract(epoch FROM e.at) * 1000)::bigint, e.actor_id, e.actor_kind, e.action, e.subject_type, e.subject_id,
                          to_json(coalesce(e.fields, '{}'::text[])), e.payload_id, e.payload_hash)::text
$$;

-- Seals what has committed since the last time. One sealer at a time per workspace.
CREATE FUNCTION seal_audit() RETURNS TABLE (sealed int, last_seq bigint, last_hash text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  e audit_entries;
  n int := 0;
  s bigint;
  h text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit ' || current_workspace()::text, 0));
  SELECT a.seq, a.hash INTO s, h FROM audit_entries a WHERE a.workspace_id = current_workspace() AND a.seq IS NOT NULL ORDER BY a.seq DESC LIMIT 1;
  s := coalesce(s, 0);
  h := coalesce(h, '');
  FOR e IN SELECT * FROM audit_entries a WHERE a.workspace_id = current_workspace() AND a.seq IS NULL ORDER BY a.at, a.id LIMIT 5000 LOOP
    s := s + 1;
    h := encode(sha256(convert_to(h || E'\n' || audit_line(e, s), 'UTF8')), 'hex');
    UPDATE audit_entries SET seq = s, hash = h WHERE workspace_id = e.workspace_id AND id = e.id;
    n := n + 1;
  END LOOP;
  RETURN QUERY SELECT n, s, h;
END $$;
CREATE FUNCTION unsealed_workspaces() RETURNS TABLE (id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT DISTINCT workspace_id FROM audit_entries WHERE seq IS NULL LIMIT 500 $$;
REVOKE ALL ON FUNCTION seal_audit(), unsealed_workspaces(), audit_line(audit_entries, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_audit() TO app_role;
GRANT EXECUTE ON FUNCTION unsealed_workspaces() TO sweeper_role;
