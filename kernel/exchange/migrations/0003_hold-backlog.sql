CREATE TABLE exchange.backlog_item (
  backlog_id uuid PRIMARY KEY,
  request_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z-]{2,40}$'),
  label text NOT NULL,
  sealed bytea,
  why text NOT NULL,
  account_id uuid NOT NULL,
  post_id uuid NOT NULL,
  org_id uuid,
  by_name text NOT NULL,
  area_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  made_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'rejected')),
  decided_at timestamptz,
  decided_by uuid,
  decided_name text,
  reason text,
  outcome_id uuid,
  CONSTRAINT backlog_item_once UNIQUE (account_id, request_id),
  CONSTRAINT backlog_item_decided_whole CHECK ((state = 'waiting') = (decided_at IS NULL) AND (state = 'waiting') = (sealed IS NOT NULL)),
  CONSTRAINT backlog_item_rejected_for_a_reason CHECK (state <> 'rejected' OR reason IS NOT NULL)
);
COMMENT ON TABLE exchange.backlog_item IS 'Work done on a phone whose doer had lost the right to it before it could be sent (待审补报): kept until somebody of the area has taken it over or refused it with a reason. Never dropped silently.';
COMMENT ON COLUMN exchange.backlog_item.request_id IS 'That of the work itself: a phone that did not hear the answer hands the same thing in again, and it is one.';
COMMENT ON COLUMN exchange.backlog_item.sealed IS 'What was to be written, as ciphertext; gone once it was decided about, for then it stands where it belongs or nowhere.';
COMMENT ON COLUMN exchange.backlog_item.area_path IS 'Of the post under which it was done.';
CREATE INDEX backlog_item_waiting ON exchange.backlog_item (area_path, received_at DESC) WHERE state = 'waiting';

GRANT SELECT, INSERT, UPDATE ON exchange.backlog_item TO linli_system;
ALTER TABLE exchange.backlog_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange.backlog_item FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON exchange.backlog_item FOR ALL TO linli_system USING (true) WITH CHECK (true);
