-- Several reports of one matter (重复件): one goes on, the others end in it and their reporters are told.
ALTER TABLE cases.case_file ADD COLUMN merged_into uuid REFERENCES cases.case_file;
COMMENT ON COLUMN cases.case_file.merged_into IS 'The matter that this report is one of several of; null for a matter of its own.';
CREATE INDEX case_file_merged ON cases.case_file (merged_into) WHERE merged_into IS NOT NULL;
