-- These rows are rewritten several times in their first minutes. Room on the same page lets an update that touches no indexed column leave the
-- indexes alone. For pages written from now on.
ALTER TABLE messages SET (fillfactor = 75);
ALTER TABLE enrolments SET (fillfactor = 75);
ALTER TABLE threads SET (fillfactor = 80);
ALTER TABLE lead_state SET (fillfactor = 75);
