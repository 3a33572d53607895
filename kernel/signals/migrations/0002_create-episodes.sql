CREATE SEQUENCE signals.episode_number AS bigint CACHE 20;

CREATE TABLE signals.episode (
  episode_id uuid PRIMARY KEY,
  number text NOT NULL CONSTRAINT episode_number_once UNIQUE,
  rule_key text NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('person', 'household', 'dwelling', 'building', 'device')),
  subject_id uuid NOT NULL,
  device_id uuid NOT NULL REFERENCES signals.device,
  place text NOT NULL,
  area_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  county_id uuid,
  township_id uuid,
  community_id uuid,
  cell_id uuid,
  stage text NOT NULL CHECK (stage IN ('raised', 'acknowledged', 'departed', 'arrived', 'settled')),
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 4),
  highest_level smallint NOT NULL CHECK (highest_level BETWEEN 1 AND 4),
  first_signal_at timestamptz NOT NULL,
  last_signal_at timestamptz NOT NULL,
  raised_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  settled_at timestamptz,
  outcome text CHECK (outcome IN ('REAL', 'FALSE_ENV', 'FALSE_DEVICE', 'TEST', 'DUPLICATE', 'UNREACHABLE')),
  case_id uuid,
  seq integer NOT NULL,
  next_rung integer,
  next_attempt integer,
  next_step_at timestamptz,
  CONSTRAINT episode_ends_with_an_outcome CHECK ((stage = 'settled') = (settled_at IS NOT NULL) AND (settled_at IS NULL) = (outcome IS NULL))
);
COMMENT ON TABLE signals.episode IS 'One alarm (告警): open until it is settled with an outcome, and while it is open the only one of its rule and subject. The projection of its entries.';
COMMENT ON COLUMN signals.episode.first_signal_at IS 'Earliest and latest signal of all its devices, whatever the order in which they came.';
COMMENT ON COLUMN signals.episode.next_step_at IS 'When somebody else must be told; the timer of the contact ladder is this row, so it survives a restart. Null once somebody has arrived.';
CREATE UNIQUE INDEX episode_one_open ON signals.episode (rule_key, subject_kind, subject_id) WHERE settled_at IS NULL;
CREATE INDEX episode_by_cell ON signals.episode (cell_id, raised_at DESC, episode_id DESC);
CREATE INDEX episode_by_community ON signals.episode (community_id, raised_at DESC, episode_id DESC);
CREATE INDEX episode_by_township ON signals.episode (township_id, raised_at DESC, episode_id DESC);
CREATE INDEX episode_by_county ON signals.episode (county_id, raised_at DESC, episode_id DESC);
CREATE INDEX episode_due_step ON signals.episode (next_step_at) WHERE settled_at IS NULL AND next_step_at IS NOT NULL;

CREATE TABLE signals.episode_entry (
  episode_id uuid NOT NULL REFERENCES signals.episode,
  seq integer NOT NULL CHECK (seq >= 1),
  move text NOT NULL,
  data jsonb NOT NULL,
  account_id uuid,
  post_id uuid,
  org_id uuid,
  made_at timestamptz NOT NULL,
  xact_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT episode_entry_one_writer PRIMARY KEY (episode_id, seq)
);
COMMENT ON TABLE signals.episode_entry IS 'The truth about an alarm, append-only: nobody may update or delete.';

CREATE TABLE signals.episode_detector (
  episode_id uuid NOT NULL REFERENCES signals.episode,
  device_id uuid NOT NULL REFERENCES signals.device,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  signals integer NOT NULL,
  PRIMARY KEY (episode_id, device_id)
);
COMMENT ON TABLE signals.episode_detector IS 'Which devices raised an alarm, how often and between when: sums and extremes, so that the order of arrival decides nothing.';
CREATE INDEX episode_detector_device ON signals.episode_detector (device_id);

CREATE TABLE signals.ladder_step (
  episode_id uuid NOT NULL REFERENCES signals.episode,
  rung integer NOT NULL CHECK (rung >= 0),
  attempt integer NOT NULL CHECK (attempt >= 1),
  rung_key text NOT NULL,
  taken_at timestamptz NOT NULL,
  told integer,
  told_at timestamptz,
  outcome text NOT NULL DEFAULT 'waiting' CHECK (outcome IN ('waiting', 'answered', 'unanswered', 'nobody')),
  CONSTRAINT ladder_step_once PRIMARY KEY (episode_id, rung, attempt)
);
COMMENT ON TABLE signals.ladder_step IS 'Who was told when (联系梯). Each attempt of each rung of an alarm is taken once, however many workers there are and however often they are killed.';

GRANT SELECT ON signals.episode, signals.episode_entry, signals.episode_detector, signals.ladder_step TO linli_app;
GRANT SELECT, INSERT, UPDATE ON signals.episode, signals.episode_detector, signals.ladder_step TO linli_system;
GRANT SELECT, INSERT ON signals.episode_entry TO linli_system;
GRANT USAGE ON SEQUENCE signals.episode_number TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['episode', 'episode_entry', 'episode_detector', 'ladder_step'] LOOP
    EXECUTE format('ALTER TABLE signals.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE signals.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON signals.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

CREATE POLICY territory_reads ON signals.episode FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
CREATE POLICY through_episode ON signals.episode_entry FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM signals.episode e WHERE e.episode_id = episode_entry.episode_id));
CREATE POLICY through_episode ON signals.episode_detector FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM signals.episode e WHERE e.episode_id = episode_detector.episode_id));
CREATE POLICY through_episode ON signals.ladder_step FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM signals.episode e WHERE e.episode_id = ladder_step.episode_id));
