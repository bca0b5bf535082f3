-- Why no answer may follow by itself, in words: the inbox shows it, and it is decided once, from the mail's own form.
ALTER TABLE replies ADD COLUMN no_answer_because text;

-- The inbox reads by owner and by class, newest first.
CREATE INDEX replies_by_owner ON replies (workspace_id, owner_id, status, received_at DESC, id DESC);
CREATE INDEX replies_by_thread ON replies (workspace_id, thread_id, received_at);
CREATE INDEX messages_by_thread ON messages (workspace_id, thread_id);
CREATE INDEX messages_by_reply ON messages (workspace_id, reply_id) WHERE reply_id IS NOT NULL;
