-- Some kinds of work have levels of urgency, and their limits follow from them.
ALTER TABLE cases.case_file ADD COLUMN level text;
COMMENT ON COLUMN cases.case_file.level IS 'How urgent the matter is, by a key of its case type; null where the type has no levels.';
