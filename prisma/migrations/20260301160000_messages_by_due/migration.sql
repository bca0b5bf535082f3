-- The list of mails, latest first, was a sort of all that a workspace ever sent.
CREATE INDEX messages_workspace_id_due_at_id_idx ON messages (workspace_id, due_at, id);
