-- Who let sending go on, when and why: the reason that resuming asks for is kept and shown.
ALTER TABLE workspaces ADD COLUMN sending_resumed_at timestamptz(3), ADD COLUMN sending_resumed_by_id uuid, ADD COLUMN sending_resume_reason text;
