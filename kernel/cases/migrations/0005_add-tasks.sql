-- A part of a matter (协办) has a clock of its own; the list of whoever does it is sorted by that one.
ALTER TABLE cases.case_party ADD COLUMN task_key text, ADD COLUMN task_started_at timestamptz, ADD COLUMN task_amber_at timestamptz;
ALTER TABLE cases.case_party ADD CONSTRAINT case_party_task_started CHECK ((task_key IS NULL) = (task_started_at IS NULL));
COMMENT ON COLUMN cases.case_party.task_key IS 'The clock of the part that this organization has in hand now; due_at is then the deadline of that part.';
