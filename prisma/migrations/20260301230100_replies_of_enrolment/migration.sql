-- Undo of an add removes enrolments, up to 10,000 at once: without it each of them reads through all replies to see that none is its own.
CREATE INDEX replies_of_enrolment ON replies (workspace_id, enrolment_id);
