-- A few words for subject lines.
ALTER TABLE offer_versions ADD COLUMN topic text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX offers_one_default ON offers (workspace_id) WHERE is_default AND archived_at IS NULL;
CREATE INDEX claims_of_version ON claims (workspace_id, offer_version_id, position);

-- Who changed a draft by hand, for the report on edits.
ALTER TABLE drafts ADD COLUMN edited_by_id uuid, ADD COLUMN edited_at timestamptz(3);
-- One suggested answer waits per reply: writing it twice finds the first.
CREATE UNIQUE INDEX drafts_one_waiting_per_reply ON drafts (workspace_id, reply_id) WHERE purpose = 'reply' AND status IN ('writing', 'ready', 'needs_look');
CREATE INDEX drafts_waiting ON drafts (workspace_id, created_at, id) WHERE status IN ('ready', 'needs_look');
ALTER TABLE drafts ADD CHECK (purpose IN ('campaign', 'reply', 'meeting')), ADD CHECK (writer IN ('embedded', 'model', 'person')),
  ADD CHECK (rejected_reason IN ('wrong_fact', 'wrong_person', 'tone', 'weak', 'other'));
