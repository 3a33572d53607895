-- A dispatch that was rejected twice waits for the lowest common superior of those who rejected it.
ALTER TABLE cases.case_file ADD COLUMN ruling_area_id uuid;
COMMENT ON COLUMN cases.case_file.ruling_area_id IS 'The area whose posts are to rule where the matter belongs; null when nobody is asked.';
ALTER TABLE cases.case_file DROP CONSTRAINT case_file_holder_check;
ALTER TABLE cases.case_file ADD CONSTRAINT case_file_holder_known CHECK (holder IN ('desk', 'main', 'superior', 'none'));
CREATE INDEX case_file_to_rule ON cases.case_file (ruling_area_id, list_due_at, case_id) WHERE ruling_area_id IS NOT NULL;
