ALTER TABLE signals.device_state ADD COLUMN online_since timestamptz, ADD COLUMN left_at timestamptz;
COMMENT ON COLUMN signals.device_state.online_since IS 'Since when it holds sessions without a gap that could hide a sign of life. Null for one that never held any.';
COMMENT ON COLUMN signals.device_state.left_at IS 'When its last session ended; null while it holds one, and where its process died with it.';
ALTER TABLE signals.ingest_node ADD COLUMN began_at timestamptz;
COMMENT ON COLUMN signals.ingest_node.began_at IS 'By the clock of the platform: before it nobody could have come in here.';

CREATE TABLE signals.timer (
  rule_key text NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('person', 'household', 'dwelling', 'building', 'device')),
  subject_id uuid NOT NULL,
  device_id uuid NOT NULL REFERENCES signals.device,
  counts_from timestamptz NOT NULL,
  due_at timestamptz,
  raised uuid[] NOT NULL DEFAULT '{}',
  CONSTRAINT timer_once PRIMARY KEY (rule_key, subject_kind, subject_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE signals.timer IS 'What waits for something that does not come: one for each rule and for what the devices are bound to. Written with the messages, so it survives a restart.';
COMMENT ON COLUMN signals.timer.counts_from IS 'The newest sign, capped at its receipt: a maximum, so that copies and the order of arrival decide nothing.';
COMMENT ON COLUMN signals.timer.due_at IS 'When it is looked at next; null when it has raised its alarms and waits for the next sign.';
COMMENT ON COLUMN signals.timer.raised IS 'The alarms that this absence raised. A sign that comes after them is written into them.';
CREATE INDEX timer_due ON signals.timer (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE signals.watch_choice (
  person_id uuid NOT NULL REFERENCES registry.person,
  rule_key text NOT NULL,
  muted_at timestamptz,
  unmuted_at timestamptz,
  own_time text,
  changed_at timestamptz NOT NULL,
  CONSTRAINT watch_choice_once PRIMARY KEY (person_id, rule_key),
  CONSTRAINT watch_choice_muted_or_not CHECK (muted_at IS NULL OR unmuted_at IS NULL)
);
COMMENT ON TABLE signals.watch_choice IS 'What a person chose about a rule that watches over them: stopped, or after another time. Who said so through which channel is in the audit.';

CREATE TABLE signals.watch_pause (
  person_id uuid NOT NULL REFERENCES registry.person,
  paused_for text NOT NULL CHECK (paused_for IN ('hospital', 'away')),
  since timestamptz NOT NULL,
  until timestamptz NOT NULL CHECK (until >= since),
  CONSTRAINT watch_pause_once PRIMARY KEY (person_id, since)
);
COMMENT ON TABLE signals.watch_pause IS 'A person is in hospital or away until then: nothing is missed at home meanwhile, and what is missed counts from the end of it.';

GRANT SELECT ON signals.watch_choice, signals.watch_pause TO linli_app;
GRANT SELECT, INSERT, UPDATE ON signals.timer, signals.watch_choice, signals.watch_pause TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['timer', 'watch_choice', 'watch_pause'] LOOP
    EXECUTE format('ALTER TABLE signals.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE signals.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON signals.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

CREATE POLICY through_person ON signals.watch_choice FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = watch_choice.person_id));
CREATE POLICY through_person ON signals.watch_pause FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = watch_pause.person_id));
