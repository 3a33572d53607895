CREATE SEQUENCE exchange.import_number;

CREATE TABLE exchange.import_batch (
  batch_id uuid PRIMARY KEY,
  number text NOT NULL CONSTRAINT import_batch_number_once UNIQUE,
  file_name text NOT NULL,
  file_bytes bigint NOT NULL CHECK (file_bytes > 0),
  file_sha256 bytea NOT NULL,
  mapping jsonb,
  mode text NOT NULL DEFAULT 'each' CHECK (mode IN ('each', 'whole')),
  account_id uuid,
  post_id uuid,
  org_id uuid,
  area_path text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'queued', 'running', 'done', 'failed', 'canceled', 'undoing', 'undone')),
  reason text CHECK (reason IN ('by-person', 'rows-refused', 'file-unreadable', 'post-ended', 'interrupted', 'fault')),
  reason_detail text,
  line_done integer NOT NULL DEFAULT 0,
  rows_done integer NOT NULL DEFAULT 0,
  bytes_done bigint NOT NULL DEFAULT 0,
  added integer NOT NULL DEFAULT 0,
  there integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  refused integer NOT NULL DEFAULT 0,
  agreeing integer NOT NULL DEFAULT 0,
  differing integer NOT NULL DEFAULT 0,
  removed integer NOT NULL DEFAULT 0,
  removed_hash bytea,
  kept integer,
  kept_numbers text[],
  attempts integer NOT NULL DEFAULT 0,
  lease_id uuid,
  lease_until timestamptz,
  made_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  undo_reason text,
  undone_at timestamptz,
  file_deleted_at timestamptz,
  CONSTRAINT import_batch_mapped CHECK (state = 'draft' OR mapping IS NOT NULL OR state = 'canceled'),
  CONSTRAINT import_batch_by_post CHECK ((account_id IS NULL) = (post_id IS NULL)),
  CONSTRAINT import_batch_undone_for_a_reason CHECK (state NOT IN ('undoing', 'undone') OR undo_reason IS NOT NULL)
);
COMMENT ON TABLE exchange.import_batch IS 'One file brought in by one mapping (导入批次): who, when, which file, what became of its rows. Without an account it was the operator, at the command line. The row stays when the batch is undone and when the file is gone.';
COMMENT ON COLUMN exchange.import_batch.line_done IS 'Every row up to this line is committed, in the transaction that says so: after a kill the work goes on behind it.';
COMMENT ON COLUMN exchange.import_batch.agreeing IS 'Rows whose own verdict (on time or not) is what the platform works out; differing: where it is not.';
COMMENT ON COLUMN exchange.import_batch.removed_hash IS 'Chain over what was removed: SHA-256 of the hash before and the numbers of a piece, one to a line.';
CREATE INDEX import_batch_latest ON exchange.import_batch (made_at DESC, batch_id DESC);
CREATE INDEX import_batch_waiting ON exchange.import_batch (made_at, batch_id) WHERE state IN ('queued', 'running', 'undoing');

CREATE TABLE exchange.import_fault (
  batch_id uuid NOT NULL REFERENCES exchange.import_batch,
  line integer NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('refused', 'changed')),
  problems jsonb NOT NULL,
  PRIMARY KEY (batch_id, line)
);
COMMENT ON TABLE exchange.import_fault IS 'Rows of a file that were not taken, by their line. What stood in a cell is cut short and masked, and goes with the file.';

GRANT USAGE ON SEQUENCE exchange.import_number TO linli_app, linli_system;
GRANT SELECT, INSERT ON exchange.import_batch TO linli_app;
GRANT SELECT ON exchange.import_fault TO linli_app;
GRANT SELECT, INSERT, UPDATE ON exchange.import_batch TO linli_system;
GRANT SELECT, INSERT, DELETE ON exchange.import_fault TO linli_system;

ALTER TABLE exchange.import_batch ENABLE ROW LEVEL SECURITY; ALTER TABLE exchange.import_batch FORCE ROW LEVEL SECURITY;
-- What came into an area is the business of everyone there who may import: a colleague undoes what somebody left behind.
CREATE POLICY read_own_area ON exchange.import_batch FOR SELECT TO linli_app USING (
  account_id IS NOT NULL AND (SELECT access.may('exchange.import')) AND access.in_own_area(area_path));
CREATE POLICY bring_own ON exchange.import_batch FOR INSERT TO linli_app WITH CHECK (
  account_id = (SELECT base.setting_id('account_id')) AND post_id = (SELECT base.setting_id('post_id'))
  AND org_id = (SELECT base.setting_id('org_id')) AND area_path = (SELECT base.setting('area_path')) AND state = 'draft'
  AND (SELECT access.may('exchange.import')));
CREATE POLICY system_all ON exchange.import_batch FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE exchange.import_fault ENABLE ROW LEVEL SECURITY; ALTER TABLE exchange.import_fault FORCE ROW LEVEL SECURITY;
CREATE POLICY through_batch ON exchange.import_fault FOR SELECT TO linli_app USING (
  EXISTS (SELECT FROM exchange.import_batch b WHERE b.batch_id = import_fault.batch_id));
CREATE POLICY system_all ON exchange.import_fault FOR ALL TO linli_system USING (true) WITH CHECK (true);
