-- Roles exist before any migration (deploy/roles.sql): linli_owner runs this, linli_app serves requests, linli_system runs workers.
CREATE SCHEMA IF NOT EXISTS base;
GRANT USAGE ON SCHEMA base TO linli_app, linli_system;

-- The acting post of a transaction, read by every policy. Unset or empty sees nothing.
CREATE FUNCTION base.setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.' || name, true), '');
CREATE FUNCTION base.setting_id(name text) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.' || name, true), '')::uuid;

CREATE TABLE base.database_mark (
  name text PRIMARY KEY,
  value text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE base.database_mark IS 'What kind of database this is (demo, test, test_clock): a demo one refuses a public address, a test one allows the test clock.';

CREATE TABLE base.idempotent_request (
  sender text NOT NULL,
  request_id uuid NOT NULL,
  body_hash bytea NOT NULL,
  sealed_result bytea NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT idempotent_request_once PRIMARY KEY (sender, request_id)
);
COMMENT ON TABLE base.idempotent_request IS 'Answers of idempotent writes, kept 30 days, sealed with the master key: a client that lost an answer asks again and gets the same.';
CREATE INDEX idempotent_request_age ON base.idempotent_request (made_at);

CREATE TABLE base.outbox (
  outbox_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event text NOT NULL,
  payload jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  xact_id xid8 NOT NULL DEFAULT pg_current_xact_id()
);
COMMENT ON TABLE base.outbox IS 'Events in the transaction that made them true. Readers stay below pg_snapshot_xmin: never "id > last".';
CREATE INDEX outbox_order ON base.outbox (xact_id, outbox_id);

CREATE TABLE base.outbox_cursor (
  subscriber text PRIMARY KEY,
  xact_id xid8 NOT NULL,
  outbox_id bigint NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  retry_at timestamptz
);

CREATE TABLE base.outbox_dead (
  subscriber text NOT NULL,
  outbox_id bigint NOT NULL,
  error text NOT NULL,
  dead_at timestamptz NOT NULL,
  resent_at timestamptz,
  PRIMARY KEY (subscriber, outbox_id)
);

CREATE TABLE base.audit_entry (
  audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  action text NOT NULL,
  account_id uuid,
  post_id uuid,
  org_id uuid,
  subject_kind text,
  subject_id text,
  area_path text COLLATE "C",
  purpose text,
  detail jsonb NOT NULL DEFAULT '{}',
  trace_id text NOT NULL,
  xact_id xid8 NOT NULL DEFAULT pg_current_xact_id()
);
COMMENT ON TABLE base.audit_entry IS 'Append-only. Holds no personal values in clear; the sealer links rows into a hash chain in batches.';
CREATE INDEX audit_entry_order ON base.audit_entry (xact_id, audit_id);
CREATE INDEX audit_entry_time ON base.audit_entry (at DESC, audit_id DESC);
CREATE INDEX audit_entry_subject ON base.audit_entry (subject_id, at DESC, audit_id DESC);
CREATE INDEX audit_entry_account ON base.audit_entry (account_id, at DESC, audit_id DESC);

CREATE TABLE base.audit_seal (
  seal_no bigint PRIMARY KEY,
  first_xact_id xid8 NOT NULL,
  first_audit_id bigint NOT NULL,
  last_xact_id xid8 NOT NULL,
  last_audit_id bigint NOT NULL,
  audit_ids bigint[] NOT NULL,
  row_hashes bytea NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL,
  CONSTRAINT audit_seal_hash_per_row CHECK (octet_length(row_hashes) = 32 * cardinality(audit_ids))
);
COMMENT ON TABLE base.audit_seal IS 'One link per batch: hash = SHA-256(previous_hash || header || row_hashes); row_hashes are 32-byte SHA-256 of the canonical rows, in the order of audit_ids, so the first bad row can be named, also a missing one.';

CREATE TABLE base.person_key (
  key_id uuid PRIMARY KEY,
  wrapped_key bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE base.person_key IS 'One data key per person, wrapped by the master key. Deleting the row erases every value sealed with it.';

CREATE TABLE base.file (
  file_id uuid PRIMARY KEY,
  sha256 bytea NOT NULL,
  media_type text NOT NULL,
  bytes integer NOT NULL,
  width integer,
  height integer,
  taken_lon double precision,
  taken_lat double precision,
  area_path text COLLATE "C",
  owner_kind text,
  owner_id uuid,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL
);
COMMENT ON TABLE base.file IS 'A stored upload. Without an owner after a day it is swept; with an owner it is read through its owner.';
CREATE INDEX file_owner ON base.file (owner_kind, owner_id);
CREATE INDEX file_orphan ON base.file (made_at) WHERE owner_id IS NULL;

-- Who may do what. Requests (linli_app) append truth; workers (linli_system) move cursors and seal.
GRANT SELECT, INSERT, UPDATE ON base.database_mark TO linli_system;
GRANT INSERT ON base.idempotent_request, base.outbox, base.audit_entry, base.person_key, base.file TO linli_app;
GRANT SELECT ON base.idempotent_request, base.audit_entry, base.audit_seal, base.file TO linli_app;
GRANT SELECT, INSERT ON base.outbox, base.audit_entry, base.audit_seal, base.idempotent_request, base.outbox_cursor, base.outbox_dead, base.person_key, base.file TO linli_system;
GRANT UPDATE ON base.outbox_cursor, base.outbox_dead TO linli_system;
GRANT UPDATE (owner_kind, owner_id, area_path) ON base.file TO linli_system;
GRANT DELETE ON base.idempotent_request, base.outbox, base.file, base.person_key TO linli_system;

ALTER TABLE base.idempotent_request ENABLE ROW LEVEL SECURITY; ALTER TABLE base.idempotent_request FORCE ROW LEVEL SECURITY;
CREATE POLICY own_requests ON base.idempotent_request FOR ALL TO linli_app
  USING (sender = base.setting('sender')) WITH CHECK (sender = base.setting('sender'));
CREATE POLICY system_all ON base.idempotent_request FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE base.outbox ENABLE ROW LEVEL SECURITY; ALTER TABLE base.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY append ON base.outbox FOR INSERT TO linli_app WITH CHECK (base.setting('sender') IS NOT NULL);
CREATE POLICY system_all ON base.outbox FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE base.audit_entry ENABLE ROW LEVEL SECURITY; ALTER TABLE base.audit_entry FORCE ROW LEVEL SECURITY;
-- Nobody writes a line in somebody else's name; a line without an account is the platform's, within the request of whoever asked.
CREATE POLICY append ON base.audit_entry FOR INSERT TO linli_app
  WITH CHECK (base.setting('sender') IS NOT NULL AND (account_id IS NULL OR account_id = base.setting_id('account_id')));
CREATE POLICY read_as_auditor ON base.audit_entry FOR SELECT TO linli_app
  USING (base.setting('auditor') = 'yes');
CREATE POLICY system_all ON base.audit_entry FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE base.audit_seal ENABLE ROW LEVEL SECURITY; ALTER TABLE base.audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY read_as_auditor ON base.audit_seal FOR SELECT TO linli_app USING (base.setting('auditor') = 'yes');
CREATE POLICY system_all ON base.audit_seal FOR ALL TO linli_system USING (true) WITH CHECK (true);

-- Requests make keys and never read one: the platform opens a contact after it has shown the right to it.
ALTER TABLE base.person_key ENABLE ROW LEVEL SECURITY; ALTER TABLE base.person_key FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_in_or_public_insert ON base.person_key FOR INSERT TO linli_app WITH CHECK (base.setting('reach') IS NOT NULL);
CREATE POLICY system_all ON base.person_key FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE base.file ENABLE ROW LEVEL SECURITY; ALTER TABLE base.file FORCE ROW LEVEL SECURITY;
-- An upload belongs to nothing until the platform gives it to its owner. `public` is everybody, so it lists nobody's uploads.
CREATE POLICY upload ON base.file FOR INSERT TO linli_app WITH CHECK (made_by = base.setting('sender') AND owner_id IS NULL);
CREATE POLICY own_unowned ON base.file FOR SELECT TO linli_app
  USING (owner_id IS NULL AND made_by = base.setting('sender') AND made_by <> 'public');
CREATE POLICY system_all ON base.file FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE base.outbox_cursor ENABLE ROW LEVEL SECURITY; ALTER TABLE base.outbox_cursor FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON base.outbox_cursor FOR ALL TO linli_system USING (true) WITH CHECK (true);
ALTER TABLE base.outbox_dead ENABLE ROW LEVEL SECURITY; ALTER TABLE base.outbox_dead FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON base.outbox_dead FOR ALL TO linli_system USING (true) WITH CHECK (true);
ALTER TABLE base.database_mark ENABLE ROW LEVEL SECURITY; ALTER TABLE base.database_mark FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON base.database_mark FOR ALL TO linli_system USING (true) WITH CHECK (true);
