CREATE SCHEMA IF NOT EXISTS exchange;
GRANT USAGE ON SCHEMA exchange TO linli_app, linli_system;

CREATE SEQUENCE exchange.export_number;

CREATE TABLE exchange.export_job (
  export_id uuid PRIMARY KEY,
  number text NOT NULL CONSTRAINT export_job_number_once UNIQUE,
  list_key text NOT NULL,
  query jsonb NOT NULL,
  format text NOT NULL CHECK (format IN ('xlsx', 'csv')),
  lang text NOT NULL CHECK (lang IN ('zh', 'en')),
  columns text[] NOT NULL CHECK (cardinality(columns) > 0),
  purpose text NOT NULL CHECK (purpose <> ''),
  account_id uuid NOT NULL,
  post_id uuid NOT NULL,
  org_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'canceled', 'held')),
  reason text CHECK (reason IN ('by-person', 'refused', 'post-ended', 'interrupted', 'no-room', 'fault')),
  held_for text CHECK (held_for IN ('night', 'volume')),
  rows_expected integer NOT NULL CHECK (rows_expected >= 0),
  rows_done integer NOT NULL DEFAULT 0,
  bytes bigint,
  sha256 bytea,
  downloads integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  lease_id uuid,
  lease_until timestamptz,
  asked_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  link_until timestamptz,
  kept_until timestamptz,
  file_deleted_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  CONSTRAINT export_job_leased_while_running CHECK ((state = 'running') = (lease_id IS NOT NULL AND lease_until IS NOT NULL)),
  CONSTRAINT export_job_whole_when_done CHECK (state <> 'done' OR (bytes IS NOT NULL AND sha256 IS NOT NULL AND link_until IS NOT NULL AND kept_until IS NOT NULL)),
  CONSTRAINT export_job_held_for_something CHECK (state <> 'held' OR held_for IS NOT NULL)
);
COMMENT ON TABLE exchange.export_job IS 'One list asked for as a file (导出), by one post, for a stated purpose. The file lies in DATA_DIR/exports under its id and only when state is done; the row stays when the file is gone.';
COMMENT ON COLUMN exchange.export_job.lease_id IS 'Which worker writes it. A worker that died lets its lease run out, and the next one begins again from the first row under a lease of its own.';
COMMENT ON COLUMN exchange.export_job.held_for IS 'Why it had to wait for the security administrator, also after the decision.';
CREATE INDEX export_job_own ON exchange.export_job (post_id, asked_at DESC, export_id DESC);
CREATE INDEX export_job_of_day ON exchange.export_job (account_id, asked_at);
CREATE INDEX export_job_waiting ON exchange.export_job (asked_at, export_id) WHERE state IN ('queued', 'running');
CREATE INDEX export_job_held ON exchange.export_job (asked_at, export_id) WHERE state = 'held';
CREATE INDEX export_job_kept ON exchange.export_job (kept_until) WHERE state = 'done' AND file_deleted_at IS NULL;
-- One file at a time for one person, however many workers there are.
CREATE UNIQUE INDEX export_job_one_per_account ON exchange.export_job (account_id) WHERE state = 'running';

CREATE TABLE exchange.saved_view (
  view_id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  list_key text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  query jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT saved_view_name_once UNIQUE (account_id, list_key, name)
);
COMMENT ON TABLE exchange.saved_view IS 'A filter of a list that a person gave a name (常用视图). Belongs to the account, not to a post: what it finds is decided by the post that opens it.';

-- A request asks and reads; what becomes of an export is written by the platform.
GRANT USAGE ON SEQUENCE exchange.export_number TO linli_app;
GRANT SELECT, INSERT ON exchange.export_job TO linli_app;
GRANT SELECT, UPDATE ON exchange.export_job TO linli_system;
GRANT SELECT, INSERT, DELETE ON exchange.saved_view TO linli_app;

ALTER TABLE exchange.export_job ENABLE ROW LEVEL SECURITY; ALTER TABLE exchange.export_job FORCE ROW LEVEL SECURITY;
-- An export holds what one post saw: the same person at another post does not read it.
CREATE POLICY read_own ON exchange.export_job FOR SELECT TO linli_app USING (
  account_id = (SELECT base.setting_id('account_id')) AND post_id = (SELECT base.setting_id('post_id')));
CREATE POLICY read_held ON exchange.export_job FOR SELECT TO linli_app USING (
  held_for IS NOT NULL AND (SELECT access.may('exchange.decide')) AND access.in_own_area(area_path));
CREATE POLICY ask_own ON exchange.export_job FOR INSERT TO linli_app WITH CHECK (
  account_id = (SELECT base.setting_id('account_id')) AND post_id = (SELECT base.setting_id('post_id'))
  AND org_id = (SELECT base.setting_id('org_id')) AND area_path = (SELECT base.setting('area_path')) AND state IN ('queued', 'held'));
CREATE POLICY system_all ON exchange.export_job FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE exchange.saved_view ENABLE ROW LEVEL SECURITY; ALTER TABLE exchange.saved_view FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON exchange.saved_view FOR ALL TO linli_app
  USING (account_id = (SELECT base.setting_id('account_id'))) WITH CHECK (account_id = (SELECT base.setting_id('account_id')));
