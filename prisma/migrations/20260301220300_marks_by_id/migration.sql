-- Both marks find their mails by id. `IS TRUE` keeps the state out of reach of an index: every mail passes through `sending`, so that an
-- index by state holds a dead entry for each that left lately, and a group of fourteen read its way through all of them.
CREATE OR REPLACE FUNCTION ledger_mark_sending(targets uuid[], worker text, lease_ms int, at timestamptz) RETURNS void LANGUAGE sql AS $$
  WITH begun AS (
    UPDATE messages SET status = 'sending', attempt = attempt + 1, sending_at = at, worker_id = worker, reason = NULL,
      lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
    WHERE workspace_id = current_workspace() AND id = ANY (targets) AND (status = 'reserved') IS TRUE
    RETURNING workspace_id, id, attempt
  )
  INSERT INTO message_attempts (workspace_id, message_id, attempt, started_at) SELECT workspace_id, id, attempt, at FROM begun;
$$;

CREATE OR REPLACE FUNCTION ledger_record_sent(targets uuid[], tries int[], ats timestamptz[], answers text[], providers text[]) RETURNS SETOF uuid LANGUAGE sql AS $$
  WITH told AS (
    SELECT * FROM unnest(targets, tries, ats, answers, providers) AS t (id, attempt, at, answer, provider)
  ), settled AS (
    UPDATE messages m SET status = 'sent', sent_at = t.at, lease_until = NULL, reason = NULL, provider_id = t.provider,
      settled_by_evidence = CASE WHEN m.status = 'uncertain' THEN 'late answer' ELSE m.settled_by_evidence END
    FROM told t WHERE m.workspace_id = current_workspace() AND m.id = t.id AND m.attempt = t.attempt AND (m.status IN ('sending', 'uncertain')) IS TRUE
    RETURNING m.id
  ), written AS (
    UPDATE message_attempts a SET ended_at = t.at, outcome = 'sent', response = left(t.answer, 500)
    FROM told t JOIN settled s ON s.id = t.id WHERE a.workspace_id = current_workspace() AND a.message_id = t.id AND a.attempt = t.attempt
  )
  SELECT id FROM settled;
$$;
