-- Residents sign in with their phone and a code sent to it. Who they are in the registry is looked up by the number at each sign-in.
CREATE TABLE access.resident (
  resident_id uuid PRIMARY KEY,
  phone_hash bytea NOT NULL CONSTRAINT resident_phone_once UNIQUE CHECK (length(phone_hash) = 32),
  sealed_phone bytea NOT NULL,
  masked_phone text NOT NULL,
  person_id uuid,
  made_at timestamptz NOT NULL,
  signed_in_at timestamptz NOT NULL
);
COMMENT ON TABLE access.resident IS 'A phone that somebody signed in with. The number is sealed; its keyed hash finds it again.';
COMMENT ON COLUMN access.resident.person_id IS 'The one person file that bears this number; null where none or several do.';

CREATE TABLE access.sign_in_code (
  code_id uuid PRIMARY KEY,
  phone_hash bytea NOT NULL CHECK (length(phone_hash) = 32),
  code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  tries smallint NOT NULL DEFAULT 0,
  ended_at timestamptz
);
COMMENT ON TABLE access.sign_in_code IS 'Codes sent to phones, hashed: the latest of a number counts, for five minutes and five tries.';
CREATE INDEX sign_in_code_phone ON access.sign_in_code (phone_hash, made_at DESC);
CREATE INDEX sign_in_code_age ON access.sign_in_code (made_at);

CREATE TABLE access.resident_session (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  resident_id uuid NOT NULL REFERENCES access.resident,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
COMMENT ON TABLE access.resident_session IS 'Residents who are signed in, by the SHA-256 of the token. It does not idle out: an elder is not asked for a code every morning.';
CREATE INDEX resident_session_resident ON access.resident_session (resident_id);
CREATE INDEX resident_session_age ON access.resident_session (expires_at);

GRANT SELECT, INSERT, UPDATE ON access.resident TO linli_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON access.sign_in_code, access.resident_session TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['resident', 'sign_in_code', 'resident_session'] LOOP
    EXECUTE format('ALTER TABLE access.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE access.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON access.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
