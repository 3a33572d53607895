CREATE TABLE cases.case_person (
  case_id uuid NOT NULL REFERENCES cases.case_file ON DELETE CASCADE,
  person_id uuid NOT NULL REFERENCES registry.person,
  linked_at timestamptz NOT NULL,
  CONSTRAINT case_person_once PRIMARY KEY (case_id, person_id)
);
COMMENT ON TABLE cases.case_person IS 'Whose matter it is: the one person file that bears the telephone the reporter left. Never of a tip (举报), whose reporter is sealed. Only the file leads to its matters; no matter leads to a file.';
CREATE INDEX case_person_person ON cases.case_person (person_id);

GRANT SELECT, INSERT ON cases.case_person TO linli_system;
ALTER TABLE cases.case_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.case_person FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON cases.case_person FOR ALL TO linli_system USING (true) WITH CHECK (true);
