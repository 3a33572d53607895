CREATE TABLE signals.episode_visit (
  visit_id uuid PRIMARY KEY,
  episode_id uuid NOT NULL REFERENCES signals.episode,
  met text NOT NULL CHECK (met IN ('person', 'family', 'neighbor', 'nobody')),
  result text NOT NULL CHECK (result IN ('well', 'concern', 'help', 'notMet')),
  made_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE signals.episode_visit IS 'Which visit (走访) an alarm led to, append-only: what was found at the door. A rule may ask for one before its alarms can end as anything but a test, a duplicate or a faulty device. Words of the visit stay in the file of the person.';
COMMENT ON COLUMN signals.episode_visit.made_at IS 'By the clock of the phone, which may have had no signal.';
CREATE INDEX episode_visit_episode ON signals.episode_visit (episode_id, recorded_at DESC);

GRANT SELECT ON signals.episode_visit TO linli_app;
GRANT SELECT, INSERT ON signals.episode_visit TO linli_system;
ALTER TABLE signals.episode_visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE signals.episode_visit FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON signals.episode_visit FOR ALL TO linli_system USING (true) WITH CHECK (true);
CREATE POLICY through_episode ON signals.episode_visit FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM signals.episode e WHERE e.episode_id = episode_visit.episode_id));
