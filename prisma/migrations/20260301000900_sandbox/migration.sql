-- What the people of a pretend workspace do about our mails, planned when a mail is sent and done when its time comes.
CREATE TABLE sandbox_reactions (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL,
  message_id uuid NOT NULL,
  ordinal int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('silent', 'reply', 'automatic', 'bounce', 'book', 'accept-invitation')),
  payload jsonb NOT NULL,
  due_at timestamptz(3) NOT NULL,
  done_at timestamptz(3)
);
CREATE UNIQUE INDEX sandbox_reactions_workspace_id_id_key ON sandbox_reactions (workspace_id, id);
CREATE UNIQUE INDEX sandbox_reactions_workspace_id_message_id_ordinal_key ON sandbox_reactions (workspace_id, message_id, ordinal);
ALTER TABLE sandbox_reactions ADD CONSTRAINT sandbox_reactions_message_id_tenant FOREIGN KEY (workspace_id, message_id) REFERENCES messages (workspace_id, id);
SELECT secure_tenant_table('sandbox_reactions');
