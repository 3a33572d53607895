-- Erasing a file (删除个人信息): one colleague asks, another with the right to it decides.
CREATE TABLE registry.erasure (
  erasure_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  ground text NOT NULL CHECK (ground IN ('asked', 'ended', 'mistaken')),
  reason text NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by uuid NOT NULL,
  asked_name text NOT NULL,
  decided_at timestamptz CHECK (decided_at >= asked_at),
  decided_by uuid,
  decided_name text,
  outcome text CHECK (outcome IN ('erased', 'kept')),
  CONSTRAINT erasure_decided_whole CHECK (num_nulls(decided_at, decided_by, decided_name, outcome) IN (0, 4)),
  CONSTRAINT erasure_decided_by_another CHECK (decided_by <> asked_by)
);
COMMENT ON TABLE registry.erasure IS 'Requests to erase a person file, and what was decided. Of an erased file this is what is left to read: that there was one, on which ground and by whom it was erased.';
COMMENT ON COLUMN registry.erasure.ground IS 'asked: the person wants it; ended: what it was kept for is over; mistaken: it should never have been made.';
COMMENT ON COLUMN registry.erasure.reason IS 'What whoever asked wrote, ciphertext under the key of that person: erased with the file.';
CREATE UNIQUE INDEX erasure_open_once ON registry.erasure (person_id) WHERE decided_at IS NULL;
CREATE INDEX erasure_person ON registry.erasure (person_id, asked_at DESC);

GRANT SELECT, INSERT, UPDATE ON registry.erasure TO linli_system;
ALTER TABLE registry.erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON registry.erasure FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE registry.person DROP CONSTRAINT person_status_check;
ALTER TABLE registry.person ADD CONSTRAINT person_status_check CHECK (status IN ('here', 'away', 'died', 'merged', 'erased'));
