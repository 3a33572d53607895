CREATE SCHEMA IF NOT EXISTS signals;
GRANT USAGE ON SCHEMA signals TO linli_app, linli_system;
-- Partitions of telemetry lie apart and are granted to nobody: they are reached through their parent, whose policies hold.
CREATE SCHEMA IF NOT EXISTS signals_days;

CREATE TABLE signals.device (
  device_id uuid PRIMARY KEY,
  code text NOT NULL CONSTRAINT device_code_once UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$'),
  kind text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  protocol text NOT NULL CHECK (protocol IN ('mqtt', 'http')),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'retired')),
  suspended_for text CHECK (suspended_for IN ('maintenance', 'test', 'away', 'hospital')),
  suspended_until timestamptz,
  subject_kind text NOT NULL CHECK (subject_kind IN ('person', 'household', 'dwelling', 'building', 'device')),
  subject_id uuid NOT NULL,
  place text NOT NULL CHECK (place <> ''),
  building_id uuid,
  area_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  county_id uuid,
  township_id uuid,
  community_id uuid,
  cell_id uuid,
  owner_org_id uuid NOT NULL,
  maintainer_org_id uuid NOT NULL,
  registered_at timestamptz NOT NULL,
  registered_by uuid,
  changed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT device_suspended_for_something CHECK ((state = 'suspended') = (suspended_for IS NOT NULL AND suspended_until IS NOT NULL)),
  CONSTRAINT device_about_itself CHECK (subject_kind <> 'device' OR subject_id = device_id)
);
COMMENT ON TABLE signals.device IS 'The one ledger of sensing devices (感知终端台账). What is not in it sends nothing: its connection is refused and logged.';
COMMENT ON COLUMN signals.device.subject_kind IS 'What its signals are about: a person, a household, a dwelling, a building, or the device itself. Alarms are one per rule and subject.';
COMMENT ON COLUMN signals.device.changed_at IS 'Time of the database, not of the platform: ingest processes look for what changed lately and close the sessions it ends.';
CREATE INDEX device_by_cell ON signals.device (cell_id, code);
CREATE INDEX device_by_community ON signals.device (community_id, code);
CREATE INDEX device_by_township ON signals.device (township_id, code);
CREATE INDEX device_by_county ON signals.device (county_id, code);
CREATE INDEX device_of_owner ON signals.device (owner_org_id, code);
CREATE INDEX device_of_maintainer ON signals.device (maintainer_org_id, code);
CREATE INDEX device_changed ON signals.device (changed_at);
CREATE INDEX device_of_subject ON signals.device (subject_kind, subject_id);

CREATE TABLE signals.device_credential (
  credential_id uuid PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES signals.device,
  secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
  made_at timestamptz NOT NULL,
  made_by uuid,
  revoked_at timestamptz
);
COMMENT ON TABLE signals.device_credential IS 'Secrets of devices: 256 random bits each, shown once, kept as a hash under the master key. A revoked one opens nothing.';
CREATE UNIQUE INDEX device_credential_one_live ON signals.device_credential (device_id) WHERE revoked_at IS NULL;

CREATE TABLE signals.ingest_node (
  node_id uuid PRIMARY KEY,
  beat_at timestamptz NOT NULL
);
COMMENT ON TABLE signals.ingest_node IS 'Processes that hold device sessions, by the clock of the database. A session of one that stopped beating is over, whatever it last wrote.';

CREATE TABLE signals.device_state (
  device_id uuid PRIMARY KEY REFERENCES signals.device,
  latest jsonb NOT NULL DEFAULT '{}',
  newest_at timestamptz NOT NULL DEFAULT '-infinity',
  last_seen_at timestamptz,
  node_id uuid
) WITH (fillfactor = 60);
COMMENT ON TABLE signals.device_state IS 'Latest value and presence of each device. latest is {value: [number, at in milliseconds]}; of two at one instant the greater stands, so that the order of arrival decides nothing.';
COMMENT ON COLUMN signals.device_state.node_id IS 'The ingest process that holds its session.';

CREATE FUNCTION signals.merge_latest(held jsonb, brought jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT coalesce(jsonb_object_agg(key, CASE WHEN h.value IS NULL OR (b.value -> 1, b.value -> 0) > (h.value -> 1, h.value -> 0) THEN b.value ELSE h.value END), '{}')
    FROM jsonb_each(held) h FULL JOIN jsonb_each(brought) b USING (key));

CREATE TABLE signals.telemetry (
  device_id uuid NOT NULL,
  at timestamptz NOT NULL,
  message_key text NOT NULL,
  received_at timestamptz NOT NULL,
  values jsonb NOT NULL,
  time_source text NOT NULL CHECK (time_source IN ('device', 'receipt', 'replaced')),
  device_ts text,
  is_probed boolean NOT NULL,
  CONSTRAINT telemetry_once PRIMARY KEY (device_id, at, message_key)
) PARTITION BY RANGE (at);
COMMENT ON TABLE signals.telemetry IS 'What devices sent, by day. A trace, not a truth: it expires by partition. message_key is the id the device gave or a hash of its time and values, so a message sent again is stored once.';
COMMENT ON COLUMN signals.telemetry.at IS 'When it happened: the device''s own time where that is plausible, else the receipt (time_source says which; device_ts keeps what the device said).';
COMMENT ON COLUMN signals.telemetry.is_probed IS 'The primary key alone cannot find its second copy, for that would be at another time: it is looked for by its key.';
CREATE INDEX telemetry_probed ON signals.telemetry (device_id, message_key) WHERE is_probed;
CREATE TABLE signals_days.other PARTITION OF signals.telemetry DEFAULT;
ALTER TABLE signals_days.other ENABLE ROW LEVEL SECURITY;

-- Makes the days that are missing and drops those before `expired`. DDL belongs to the owner; workers may only ask for this.
CREATE FUNCTION signals.keep_days(first_day date, last_day date, expired date) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  day date;
  name text;
  low timestamptz;
  changed integer := 0;
BEGIN
  FOR day IN SELECT d::date FROM generate_series(first_day, last_day, interval '1 day') d LOOP
    name := 'd' || to_char(day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass('signals_days.' || name) IS NOT NULL;
    low := day::timestamp AT TIME ZONE 'Asia/Shanghai';
    EXECUTE format('CREATE TABLE signals_days.%I (LIKE signals.telemetry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('ALTER TABLE signals_days.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('WITH moved AS (DELETE FROM signals_days.other WHERE at >= %L AND at < %L RETURNING *) INSERT INTO signals_days.%I SELECT * FROM moved',
      low, low + interval '1 day', name);
    EXECUTE format('ALTER TABLE signals.telemetry ATTACH PARTITION signals_days.%I FOR VALUES FROM (%L) TO (%L)', name, low, low + interval '1 day');
    changed := changed + 1;
  END LOOP;
  FOR name IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'signals_days' AND c.relkind = 'r' AND c.relname ~ '^d[0-9]{8}$' AND to_date(substr(c.relname, 2), 'YYYYMMDD') < expired LOOP
    EXECUTE format('DROP TABLE signals_days.%I', name);
    changed := changed + 1;
  END LOOP;
  DELETE FROM signals_days.other WHERE at < expired::timestamp AT TIME ZONE 'Asia/Shanghai';
  RETURN changed;
END $$;
REVOKE EXECUTE ON FUNCTION signals.keep_days(date, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION signals.keep_days(date, date, date) TO linli_system;

CREATE TABLE signals.quarantine (
  quarantine_id uuid PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES signals.device,
  reason text NOT NULL,
  field text,
  payload bytea NOT NULL,
  payload_bytes integer NOT NULL,
  payload_hash bytea NOT NULL,
  channel text NOT NULL CHECK (channel IN ('mqtt', 'http')),
  times integer NOT NULL DEFAULT 1,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'resent', 'dropped')),
  decided_at timestamptz,
  decided_by uuid,
  decision_reason text,
  area_path text COLLATE "C" NOT NULL,
  CONSTRAINT quarantine_decided_by_somebody CHECK ((state = 'waiting') = (decided_at IS NULL))
);
COMMENT ON TABLE signals.quarantine IS 'Messages that could not be taken (隔离区), with the reason, committed before they were acknowledged. A device that repeats itself counts up one row.';
COMMENT ON COLUMN signals.quarantine.payload IS 'The first 4 KiB; payload_bytes says how long it was.';
CREATE UNIQUE INDEX quarantine_waiting_once ON signals.quarantine (device_id, reason, payload_hash) WHERE state = 'waiting';
CREATE INDEX quarantine_latest ON signals.quarantine (state, last_at DESC, quarantine_id DESC);
CREATE INDEX quarantine_of_device ON signals.quarantine (device_id, last_at DESC);

GRANT SELECT ON signals.device, signals.device_state, signals.telemetry, signals.quarantine TO linli_app;
GRANT SELECT, INSERT, UPDATE ON signals.device, signals.device_credential, signals.device_state, signals.quarantine, signals.ingest_node TO linli_system;
GRANT SELECT, INSERT ON signals.telemetry TO linli_system;
GRANT DELETE ON signals.ingest_node, signals.quarantine TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['device', 'device_credential', 'device_state', 'telemetry', 'quarantine', 'ingest_node'] LOOP
    EXECUTE format('ALTER TABLE signals.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE signals.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON signals.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

CREATE POLICY territory_reads ON signals.device FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
-- A property company or a department sees the devices it owns or keeps in order, wherever they hang.
CREATE POLICY keeper_reads ON signals.device FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) = 'line' AND (SELECT base.setting_id('org_id')) IN (owner_org_id, maintainer_org_id));
CREATE POLICY through_device ON signals.device_state FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM signals.device d WHERE d.device_id = device_state.device_id));
CREATE POLICY through_device ON signals.telemetry FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM signals.device d WHERE d.device_id = telemetry.device_id));
CREATE POLICY through_device ON signals.quarantine FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM signals.device d WHERE d.device_id = quarantine.device_id));
