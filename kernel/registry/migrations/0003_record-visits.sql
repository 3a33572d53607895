CREATE TABLE registry.visit (
  visit_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  request_id uuid NOT NULL,
  account_id uuid NOT NULL,
  post_id uuid,
  org_id uuid,
  by_name text NOT NULL,
  address_id uuid REFERENCES registry.address,
  made_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  is_clock_off boolean NOT NULL,
  met text NOT NULL CHECK (met IN ('person', 'family', 'neighbor', 'nobody')),
  result text NOT NULL CHECK (result IN ('well', 'concern', 'help', 'notMet')),
  note text,
  fields text[] NOT NULL,
  care_groups text[] NOT NULL,
  attachments uuid[] NOT NULL,
  file_seq integer NOT NULL CHECK (file_seq > 0),
  CONSTRAINT visit_request_once UNIQUE (account_id, request_id),
  CONSTRAINT visit_not_met_is_said_once CHECK ((met = 'nobody') = (result = 'notMet'))
);
COMMENT ON TABLE registry.visit IS 'Truth, append-only: who was visited (走访), by whom, what was found and which values of the file it brought. The note is ciphertext under the key of that person.';
COMMENT ON COLUMN registry.visit.request_id IS 'A phone that had no signal sends the same visit until it has an answer, perhaps for weeks: the account and this id are one visit for ever.';
COMMENT ON COLUMN registry.visit.made_at IS 'By the clock of the phone; where that clock cannot be right (is_clock_off), when the platform heard of it.';
COMMENT ON COLUMN registry.visit.address_id IS 'The dwelling of the person at that time; null while none was settled.';
COMMENT ON COLUMN registry.visit.file_seq IS 'How far the file was with what the visit brought.';
CREATE INDEX visit_person ON registry.visit (person_id, made_at DESC);

CREATE TABLE registry.correction (
  correction_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  visit_id uuid NOT NULL REFERENCES registry.visit,
  field text NOT NULL,
  why text NOT NULL CHECK (why IN ('owned', 'changed', 'taken')),
  sealed text NOT NULL,
  masked text,
  raised_at timestamptz NOT NULL,
  settled_at timestamptz CHECK (settled_at >= raised_at),
  settled_by uuid,
  outcome text CHECK (outcome IN ('applied', 'kept', 'sent')),
  CONSTRAINT correction_once UNIQUE (visit_id, field),
  CONSTRAINT correction_settled_whole CHECK ((settled_at IS NULL) = (outcome IS NULL)),
  CONSTRAINT correction_of_an_owner_is_sent CHECK (why <> 'owned' OR outcome IS DISTINCT FROM 'applied')
);
COMMENT ON TABLE registry.correction IS 'A value that a visit found and the file did not take (待核对): its owner says otherwise (owned), somebody changed it in between (changed), or the number is of another file (taken). Both values stay until a person has looked.';
COMMENT ON COLUMN registry.correction.sealed IS 'The value found, ciphertext under the key of that person.';
CREATE INDEX correction_open ON registry.correction (person_id) WHERE settled_at IS NULL;

GRANT SELECT, INSERT ON registry.visit TO linli_system;
GRANT SELECT, INSERT, UPDATE ON registry.correction TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['visit', 'correction'] LOOP
    EXECUTE format('ALTER TABLE registry.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE registry.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON registry.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
