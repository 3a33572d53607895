CREATE TABLE signals.storm (
  rule_key text NOT NULL,
  community_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  storm_id uuid NOT NULL,
  began_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  CONSTRAINT storm_one_at_a_time PRIMARY KEY (rule_key, community_id)
);
COMMENT ON TABLE signals.storm IS 'The latest storm of a rule in a community: while it lasts its alarms are told to staff together, and each is still an alarm of its own.';
COMMENT ON COLUMN signals.storm.last_at IS 'When its latest alarm was raised; ten minutes later it is over.';

ALTER TABLE signals.ladder_step ADD COLUMN is_merged boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN signals.ladder_step.is_merged IS 'Told in one message with the other alarms of a storm.';

GRANT SELECT ON signals.storm TO linli_app;
GRANT SELECT, INSERT, UPDATE ON signals.storm TO linli_system;
ALTER TABLE signals.storm ENABLE ROW LEVEL SECURITY;
ALTER TABLE signals.storm FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON signals.storm FOR ALL TO linli_system USING (true) WITH CHECK (true);
CREATE POLICY territory_reads ON signals.storm FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
