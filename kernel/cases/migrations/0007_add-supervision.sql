-- A matter that a superior watches (督办).
ALTER TABLE cases.case_file ADD COLUMN supervised_at timestamptz;
COMMENT ON COLUMN cases.case_file.supervised_at IS 'Since when a superior wants to see the end of it; null once it is taken up anew.';
