-- Residents are told on their own phones: by which ways and when is for each of them to say.
CREATE TABLE messages.resident_preference (
  resident_id uuid PRIMARY KEY,
  sms text NOT NULL CHECK (sms IN ('always', 'awake', 'never')),
  voice text NOT NULL CHECK (voice IN ('always', 'awake', 'never')),
  quiet_from smallint NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_to smallint NOT NULL CHECK (quiet_to BETWEEN 0 AND 1439),
  lang text NOT NULL CHECK (lang IN ('zh', 'en')),
  changed_at timestamptz NOT NULL,
  CONSTRAINT resident_preference_quiet_is_a_span CHECK (quiet_from <> quiet_to)
);
COMMENT ON TABLE messages.resident_preference IS 'By which ways the holder of a phone (access.resident) hears of what can wait, and when; who said nothing hears of all at once. Red and orange alarms ask for none of it.';
COMMENT ON COLUMN messages.resident_preference.sms IS 'always: at any hour; awake: outside quiet hours, waiting for their end; never: not at all.';
COMMENT ON COLUMN messages.resident_preference.voice IS 'As sms, for calls.';
COMMENT ON COLUMN messages.resident_preference.quiet_from IS 'Minutes of the day, Asia/Shanghai; the span may cross midnight.';

GRANT SELECT, INSERT, UPDATE ON messages.resident_preference TO linli_system;
ALTER TABLE messages.resident_preference ENABLE ROW LEVEL SECURITY; ALTER TABLE messages.resident_preference FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON messages.resident_preference FOR ALL TO linli_system USING (true) WITH CHECK (true);
