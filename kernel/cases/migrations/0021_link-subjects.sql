CREATE TABLE cases.case_subject (
  case_id uuid NOT NULL REFERENCES cases.case_file ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('person', 'dwelling', 'device')),
  subject_id uuid NOT NULL,
  linked_by uuid,
  linked_at timestamptz NOT NULL,
  CONSTRAINT case_subject_once PRIMARY KEY (case_id, kind, subject_id)
);
COMMENT ON TABLE cases.case_subject IS 'What a matter is about, as whoever reported it said: a person, a dwelling, a device. Ids alone; each is named to whoever may see it. Append-only.';
CREATE INDEX case_subject_subject ON cases.case_subject (subject_id, kind);

GRANT SELECT, INSERT ON cases.case_subject TO linli_system;
ALTER TABLE cases.case_subject ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.case_subject FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON cases.case_subject FOR ALL TO linli_system USING (true) WITH CHECK (true);
