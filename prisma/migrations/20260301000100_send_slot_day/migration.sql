-- The day whose budgets a slot consumed, so that releasing it gives exactly those back, whatever zone the mailbox has by then.
ALTER TABLE send_slots ADD COLUMN budget_day date NOT NULL;
