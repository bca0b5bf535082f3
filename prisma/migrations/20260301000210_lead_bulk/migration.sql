-- A verb over many people, with what was before, so that it can go on after a restart and be undone.
CREATE TABLE lead_bulks (
  id uuid NOT NULL PRIMARY KEY,
  workspace_id uuid NOT NULL,
  verb jsonb NOT NULL,
  actor_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'done', 'cancelled', 'undoing', 'undone')),
  progress_id uuid,
  total int NOT NULL,
  created_at timestamptz(3) NOT NULL,
  UNIQUE (workspace_id, id)
);
CREATE TABLE lead_bulk_items (
  workspace_id uuid NOT NULL,
  bulk_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  done boolean NOT NULL DEFAULT false,
  -- what undoing puts back: the owner before, or 'none' where nothing changed
  before text,
  PRIMARY KEY (workspace_id, bulk_id, lead_id),
  FOREIGN KEY (workspace_id, bulk_id) REFERENCES lead_bulks (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id) ON DELETE CASCADE
);
SELECT secure_tenant_table('lead_bulks');
SELECT secure_tenant_table('lead_bulk_items');
