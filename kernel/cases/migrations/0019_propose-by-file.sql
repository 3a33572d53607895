-- Lines of a duty list that came in a file are proposals like others; the file can be taken back as a whole while nobody has decided.
ALTER TABLE cases.duty_change ADD COLUMN batch_id uuid;
COMMENT ON COLUMN cases.duty_change.batch_id IS 'The file that it was proposed by; null for one that somebody typed.';
CREATE INDEX duty_change_of_batch ON cases.duty_change (batch_id) WHERE batch_id IS NOT NULL;
