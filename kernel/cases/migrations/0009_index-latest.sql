-- What came in last, and what came in since a day, without sorting a county. New rows go to its end, and no step of a case touches it.
CREATE INDEX case_file_latest ON cases.case_file (opened_at, case_id);
