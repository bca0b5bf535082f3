-- The send ledger: what may become of a message is decided here, not by the code that happens to run.
ALTER TABLE messages ADD COLUMN followed_up_at timestamptz(3), ADD COLUMN settled_by_evidence text;
ALTER TABLE messages ADD CHECK (purpose IN ('campaign', 'reply', 'meeting', 'report', 'proof')),
  ADD CHECK (status <> 'sending' OR (lease_until IS NOT NULL AND worker_id IS NOT NULL)),
  ADD CHECK (status <> 'sent' OR sent_at IS NOT NULL);
-- A message is never forgotten: its dedupe key is what keeps the step from being sent again.
REVOKE DELETE ON messages FROM app_role;

CREATE FUNCTION guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'reserved' THEN RAISE EXCEPTION 'ledger: a message begins as reserved, not %', NEW.status USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF NEW.dedupe_key <> OLD.dedupe_key OR NEW.message_id_header <> OLD.message_id_header OR NEW.workspace_id <> OLD.workspace_id OR NEW.mailbox_id <> OLD.mailbox_id THEN
    RAISE EXCEPTION 'ledger: dedupe key, Message-ID and mailbox of a message never change' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status = OLD.status THEN
    IF NEW.attempt <> OLD.attempt THEN RAISE EXCEPTION 'ledger: an attempt begins with sending' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF NOT (CASE OLD.status
    WHEN 'reserved' THEN NEW.status = 'cancelled' OR (NEW.status = 'sending' AND NEW.attempt = OLD.attempt + 1)
    WHEN 'sending' THEN NEW.status IN ('sent', 'deferred', 'failed', 'uncertain')
    WHEN 'deferred' THEN NEW.status = 'reserved'
    -- By evidence to sent or failed; back to deferred only by a person who is named.
    WHEN 'uncertain' THEN (NEW.status IN ('sent', 'failed') AND (NEW.settled_by_id IS NOT NULL OR NEW.settled_by_evidence IS NOT NULL))
      OR (NEW.status = 'deferred' AND NEW.settled_by_id IS NOT NULL)
    ELSE false END) THEN
    RAISE EXCEPTION 'ledger: % cannot become %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status <> 'sending' AND NEW.attempt <> OLD.attempt THEN
    RAISE EXCEPTION 'ledger: an attempt begins with sending' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER messages_ledger BEFORE INSERT OR UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION guard_ledger();

-- Everything that judgeClaim (server/sending/domain/judge-claim.ts) decides from, read under row locks. One call, so that the locks
-- are held for two round trips. Order of locks: person, enrolment, campaign, workspace, mailbox, draft, message; stops take them in that order too.
-- Each statement of a volatile function sees what was committed before it, so what is read after a lock is what the lock waited for.
CREATE FUNCTION ledger_claim_facts(target uuid, suppression_hash text) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  ws uuid := current_workspace();
  m messages%ROWTYPE; l leads%ROWTYPE; e enrolments%ROWTYPE; c campaigns%ROWTYPE; w workspaces%ROWTYPE; b mailboxes%ROWTYPE;
  draft_status text; host text[]; stops jsonb := '[]'::jsonb; replied boolean := false; has_earlier boolean := false;
BEGIN
  SELECT * INTO m FROM messages WHERE workspace_id = ws AND id = target AND status = 'reserved';
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF m.lead_id IS NOT NULL THEN SELECT * INTO l FROM leads WHERE workspace_id = ws AND id = m.lead_id FOR SHARE; END IF;
  IF m.enrolment_id IS NOT NULL THEN SELECT * INTO e FROM enrolments WHERE workspace_id = ws AND id = m.enrolment_id FOR SHARE; END IF;
  IF m.campaign_id IS NOT NULL THEN SELECT * INTO c FROM campaigns WHERE workspace_id = ws AND id = m.campaign_id FOR SHARE; END IF;
  SELECT * INTO w FROM workspaces WHERE id = ws FOR SHARE;
  SELECT * INTO b FROM mailboxes WHERE workspace_id = ws AND id = m.mailbox_id FOR SHARE;
  IF m.draft_id IS NOT NULL THEN SELECT status INTO draft_status FROM drafts WHERE workspace_id = ws AND id = m.draft_id FOR SHARE; END IF;
  SELECT * INTO m FROM messages WHERE workspace_id = ws AND id = target AND status = 'reserved' FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN NULL; END IF;

  host := string_to_array(split_part(m.to_address, '@', 2), '.');
  SELECT coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'reason', s.reason)), '[]'::jsonb) INTO stops FROM suppressions s
  WHERE s.workspace_id = ws AND s.lifted_at IS NULL AND (s.until IS NULL OR s.until > workspace_now(ws))
    AND s.value = ANY (ARRAY[m.to_address, l.account_id::text, suppression_hash] || ARRAY(SELECT array_to_string(host[i:], '.') FROM generate_subscripts(host, 1) i))
    AND ((s.kind = 'address' AND s.value = m.to_address) OR (s.kind = 'company' AND s.value = l.account_id::text)
      OR (s.kind = 'hash' AND s.value = suppression_hash) OR (s.kind = 'domain' AND s.value <> m.to_address));
  IF m.purpose = 'campaign' THEN
    SELECT EXISTS (SELECT 1 FROM replies r WHERE r.workspace_id = ws AND r.lead_id = m.lead_id AND NOT r.is_automatic
      AND r.class NOT IN ('away', 'bounce', 'automatic') AND r.received_at >= e.entered_at) INTO replied;
    SELECT EXISTS (SELECT 1 FROM messages o WHERE o.workspace_id = ws AND o.enrolment_id = m.enrolment_id AND o.id <> m.id
      AND o.status IN ('sending', 'sent', 'uncertain')) INTO has_earlier;
  END IF;

  RETURN jsonb_build_object(
    'now', workspace_now(ws), 'purpose', m.purpose, 'dueAt', m.due_at, 'attempt', m.attempt, 'toAddress', m.to_address,
    'lead', CASE WHEN l.id IS NULL THEN NULL ELSE jsonb_build_object('email', l.email, 'emailStatus', l.email_status, 'isDeleted', l.deleted_at IS NOT NULL) END,
    'enrolment', CASE WHEN e.id IS NULL THEN NULL ELSE jsonb_build_object('status', e.status, 'stepId', e.step_id, 'awayUntil', e.away_until) END,
    'stepId', m.step_id,
    'campaign', CASE WHEN c.id IS NULL THEN NULL ELSE jsonb_build_object('status', c.status, 'isDeleted', c.deleted_at IS NOT NULL) END,
    'isSendingPaused', w.sending_paused_at IS NOT NULL, 'workspaceKind', w.kind,
    'mailbox', jsonb_build_object('kind', b.kind, 'status', b.status, 'isPaused', b.paused_at IS NOT NULL, 'isRemoved', b.removed_at IS NOT NULL, 'lastReadAt', b.last_read_at),
    'draftStatus', draft_status, 'suppressions', stops, 'hasReplied', replied, 'hasEarlierMail', has_earlier);
END $$;

-- reserved → sending: the caller holds the lock that ledger_claim_facts took. The lease is by the database's own clock.
CREATE FUNCTION ledger_mark_sending(target uuid, worker text, lease_ms int, at timestamptz) RETURNS void LANGUAGE sql AS $$
  UPDATE messages SET status = 'sending', attempt = attempt + 1, sending_at = at, worker_id = worker, reason = NULL,
    lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
  WHERE workspace_id = current_workspace() AND id = target AND status = 'reserved';
  INSERT INTO message_attempts (workspace_id, message_id, attempt, started_at)
  SELECT workspace_id, id, attempt, at FROM messages WHERE workspace_id = current_workspace() AND id = target AND status = 'sending' AND worker_id = worker;
$$;

-- sending → sent | deferred | failed | uncertain, or uncertain → sent when the answer came after the lease ran out. False: somebody else settled it.
CREATE FUNCTION ledger_record_outcome(target uuid, tried int, outcome text, at timestamptz, why text, answer text, provider text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE messages SET status = outcome, sent_at = CASE WHEN outcome = 'sent' THEN at ELSE sent_at END, lease_until = NULL, reason = why, provider_id = provider,
    settled_by_evidence = CASE WHEN status = 'uncertain' THEN 'late answer' ELSE settled_by_evidence END
  WHERE workspace_id = current_workspace() AND id = target AND attempt = tried
    AND (status = 'sending' OR (status = 'uncertain' AND outcome IN ('sent', 'failed')));
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE message_attempts a SET ended_at = at, outcome = ledger_record_outcome.outcome, response = left(answer, 500)
  WHERE a.workspace_id = current_workspace() AND a.message_id = target AND a.attempt = tried;
  RETURN true;
END $$;
