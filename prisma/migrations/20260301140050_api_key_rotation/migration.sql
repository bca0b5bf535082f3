-- A key that replaces another: the older one ends after an overlap, so that nothing stops meanwhile.
ALTER TABLE api_keys ADD COLUMN replaces_id uuid;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_replaces_tenant FOREIGN KEY (workspace_id, replaces_id) REFERENCES api_keys (workspace_id, id);
CREATE UNIQUE INDEX api_keys_replaced_once ON api_keys (workspace_id, replaces_id) WHERE replaces_id IS NOT NULL AND revoked_at IS NULL;
