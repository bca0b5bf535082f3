-- Who owned what, from the first row: the first owner is the `from` of the first change, or today's when there was none. Written by the
-- database, so that no way of changing an owner forgets it. `by_id` is null for the agent.
CREATE TABLE ownership_changes (
  id uuid NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL,
  noun text NOT NULL CHECK (noun IN ('leads', 'accounts', 'deals', 'tasks', 'mailboxes', 'meetings', 'campaigns', 'replies')),
  record_id uuid NOT NULL,
  from_id uuid,
  to_id uuid,
  by_id uuid,
  at timestamptz(3) NOT NULL,
  UNIQUE (workspace_id, id)
);
CREATE INDEX ownership_changes_of_record ON ownership_changes (workspace_id, record_id, at);
SELECT secure_tenant_table('ownership_changes');
REVOKE UPDATE ON ownership_changes FROM app_role;

CREATE FUNCTION note_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ownership_changes (workspace_id, noun, record_id, from_id, to_id, by_id, at)
  VALUES (NEW.workspace_id, TG_TABLE_NAME, NEW.id, OLD.owner_id, NEW.owner_id,
          nullif(current_setting('app.actor_id', true), '')::uuid, workspace_now(NEW.workspace_id));
  RETURN NULL;
END $$;
CREATE FUNCTION note_host() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ownership_changes (workspace_id, noun, record_id, from_id, to_id, by_id, at)
  VALUES (NEW.workspace_id, TG_TABLE_NAME, NEW.id, OLD.host_id, NEW.host_id,
          nullif(current_setting('app.actor_id', true), '')::uuid, workspace_now(NEW.workspace_id));
  RETURN NULL;
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['leads', 'accounts', 'deals', 'tasks', 'mailboxes', 'campaigns', 'replies']
  LOOP EXECUTE format('CREATE TRIGGER owner_noted AFTER UPDATE OF owner_id ON %I FOR EACH ROW WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id) EXECUTE FUNCTION note_owner()', t); END LOOP;
END $$;
CREATE TRIGGER host_noted AFTER UPDATE OF host_id ON meetings FOR EACH ROW WHEN (OLD.host_id IS DISTINCT FROM NEW.host_id) EXECUTE FUNCTION note_host();
