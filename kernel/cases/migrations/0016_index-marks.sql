-- What few cases have is not looked for among all of them. A case that has neither is in neither index.
CREATE INDEX case_file_rated ON cases.case_file (score) WHERE score IS NOT NULL;
CREATE INDEX case_file_supervised ON cases.case_file (supervised_at) WHERE supervised_at IS NOT NULL;
