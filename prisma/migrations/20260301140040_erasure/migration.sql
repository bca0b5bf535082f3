-- Erasing somebody is final. What is searched for (addresses, name, phone) is sealed here while the work goes on, and gone when it is done.
ALTER TABLE leads ADD COLUMN erased_at timestamptz(3);
CREATE TABLE erasures (
  id uuid NOT NULL PRIMARY KEY,
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  requested_by_id uuid,
  terms bytea,
  requested_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  UNIQUE (workspace_id, id),
  UNIQUE (workspace_id, lead_id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id)
);
SELECT secure_tenant_table('erasures');
