-- One reply per Message-ID: the other mailboxes of ours that got a copy are noted on it.
ALTER TABLE replies ADD COLUMN also_mailbox_ids uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX inbound_mails_by_header ON inbound_mails (workspace_id, message_id_header) WHERE message_id_header IS NOT NULL;

-- What a person of ours wrote to a lead in their own mail program. The ledger sent none of it, so it is no message.
CREATE TABLE handwritten_mails (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL,
  inbound_id uuid NOT NULL,
  thread_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  author_id uuid,
  from_address text NOT NULL,
  to_address text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  quoted_text text,
  message_id_header text,
  sent_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX handwritten_mails_workspace_id_id_key ON handwritten_mails (workspace_id, id);
CREATE UNIQUE INDEX handwritten_mails_workspace_id_inbound_id_key ON handwritten_mails (workspace_id, inbound_id);
CREATE UNIQUE INDEX handwritten_mails_workspace_id_message_id_header_key ON handwritten_mails (workspace_id, message_id_header);
CREATE INDEX handwritten_mails_workspace_id_thread_id_sent_at_idx ON handwritten_mails (workspace_id, thread_id, sent_at);
CREATE INDEX handwritten_mails_workspace_id_lead_id_idx ON handwritten_mails (workspace_id, lead_id);
ALTER TABLE handwritten_mails
  ADD CONSTRAINT handwritten_mails_inbound_id_tenant FOREIGN KEY (workspace_id, inbound_id) REFERENCES inbound_mails (workspace_id, id),
  ADD CONSTRAINT handwritten_mails_thread_id_tenant FOREIGN KEY (workspace_id, thread_id) REFERENCES threads (workspace_id, id),
  ADD CONSTRAINT handwritten_mails_lead_id_tenant FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id),
  ADD CONSTRAINT handwritten_mails_mailbox_id_tenant FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes (workspace_id, id);
SELECT secure_tenant_table('handwritten_mails');
