-- The last day away is a day of the person's calendar: the claim learns their zone, and the mailbox's for whom none is known, as the planner does.
CREATE OR REPLACE FUNCTION ledger_claim_facts(targets uuid[], hashes text[]) RETURNS TABLE (message_id uuid, facts jsonb) LANGUAGE plpgsql VOLATILE
-- Planning the long statement anew for each group costs more than all its reads.
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  ws uuid := current_workspace();
  people uuid[]; enrolled uuid[]; running uuid[]; boxes uuid[]; texts uuid[]; held uuid[];
  workspace_kind text; is_paused boolean; at timestamptz;
BEGIN
  SELECT array_agg(lead_id), array_agg(enrolment_id), array_agg(DISTINCT campaign_id), array_agg(DISTINCT mailbox_id), array_agg(draft_id) FILTER (WHERE draft_id IS NOT NULL)
    INTO people, enrolled, running, boxes, texts FROM messages WHERE workspace_id = ws AND id = ANY (targets) AND status = 'reserved';
  PERFORM 1 FROM leads WHERE workspace_id = ws AND id = ANY (people) ORDER BY id FOR SHARE;
  PERFORM 1 FROM enrolments WHERE workspace_id = ws AND id = ANY (enrolled) ORDER BY id FOR SHARE;
  PERFORM 1 FROM campaigns WHERE workspace_id = ws AND id = ANY (running) ORDER BY id FOR SHARE;
  SELECT kind, sending_paused_at IS NOT NULL INTO workspace_kind, is_paused FROM workspaces WHERE id = ws FOR SHARE;
  PERFORM 1 FROM mailboxes WHERE workspace_id = ws AND id = ANY (boxes) ORDER BY id FOR SHARE;
  IF texts IS NOT NULL THEN PERFORM 1 FROM drafts WHERE workspace_id = ws AND id = ANY (texts) ORDER BY id FOR SHARE; END IF;
  held := ARRAY(SELECT id FROM messages WHERE workspace_id = ws AND id = ANY (targets) AND status = 'reserved' ORDER BY id FOR UPDATE SKIP LOCKED);
  at := workspace_now(ws);

  RETURN QUERY
  SELECT m.id, jsonb_build_object(
    'now', at, 'purpose', m.purpose, 'dueAt', m.due_at, 'attempt', m.attempt, 'toAddress', m.to_address,
    'lead', CASE WHEN l.id IS NULL THEN NULL ELSE jsonb_build_object('email', l.email, 'emailStatus', l.email_status, 'isDeleted', l.deleted_at IS NOT NULL) END,
    'enrolment', CASE WHEN e.id IS NULL THEN NULL ELSE jsonb_build_object('status', e.status, 'stepId', e.step_id, 'awayUntil', e.away_until, 'zone', coalesce(l.time_zone, a.time_zone)) END,
    'stepId', m.step_id,
    'campaign', CASE WHEN c.id IS NULL THEN NULL ELSE jsonb_build_object('status', c.status, 'isDeleted', c.deleted_at IS NOT NULL) END,
    'isSendingPaused', is_paused, 'workspaceKind', workspace_kind,
    'mailbox', jsonb_build_object('kind', b.kind, 'status', b.status, 'isPaused', b.paused_at IS NOT NULL, 'isRemoved', b.removed_at IS NOT NULL, 'lastReadAt', b.last_read_at, 'zone', b.time_zone),
    'draftStatus', d.status,
    'suppressions', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'reason', s.reason)), '[]'::jsonb) FROM suppressions s
      WHERE s.workspace_id = ws AND s.lifted_at IS NULL AND (s.until IS NULL OR s.until > at)
        AND s.value = ANY (ARRAY[m.to_address, l.account_id::text, t.hash, a.domain] || ARRAY(SELECT array_to_string(h.parts[i:], '.') FROM generate_subscripts(h.parts, 1) i))
        AND ((s.kind = 'address' AND s.value = m.to_address) OR (s.kind = 'company' AND s.value = l.account_id::text)
          OR (s.kind = 'hash' AND s.value = t.hash) OR (s.kind = 'domain' AND s.value <> m.to_address))),
    'hasReplied', m.purpose = 'campaign' AND EXISTS (SELECT 1 FROM replies r WHERE r.workspace_id = ws AND r.lead_id = m.lead_id AND NOT r.is_automatic
      AND r.class NOT IN ('away', 'bounce', 'automatic') AND r.received_at >= e.entered_at),
    'hasEarlierMail', m.purpose = 'campaign' AND EXISTS (SELECT 1 FROM messages o WHERE o.workspace_id = ws AND o.enrolment_id = m.enrolment_id AND o.id <> m.id
      AND o.status IN ('sending', 'sent', 'uncertain')))
  FROM unnest(targets, hashes) AS t (id, hash)
  JOIN messages m ON m.workspace_id = ws AND m.id = t.id
  CROSS JOIN LATERAL (SELECT string_to_array(split_part(m.to_address, '@', 2), '.') AS parts) h
  JOIN mailboxes b ON b.workspace_id = ws AND b.id = m.mailbox_id
  LEFT JOIN leads l ON l.workspace_id = ws AND l.id = m.lead_id
  LEFT JOIN accounts a ON a.workspace_id = ws AND a.id = l.account_id
  LEFT JOIN enrolments e ON e.workspace_id = ws AND e.id = m.enrolment_id
  LEFT JOIN campaigns c ON c.workspace_id = ws AND c.id = m.campaign_id
  LEFT JOIN drafts d ON d.workspace_id = ws AND d.id = m.draft_id
  WHERE t.id = ANY (held);
END $$;
