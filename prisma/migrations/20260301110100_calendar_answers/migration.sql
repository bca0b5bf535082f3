-- What their calendar answered to our invitation (METHOD:REPLY or COUNTER), for the version that stands.
ALTER TABLE meetings
  ADD COLUMN attendee_answer text CHECK (attendee_answer IN ('accepted', 'declined', 'tentative', 'counter')),
  ADD COLUMN attendee_answered_at timestamptz(3),
  ADD COLUMN proposed_at timestamptz(3);
