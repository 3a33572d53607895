CREATE SCHEMA IF NOT EXISTS messages;
GRANT USAGE ON SCHEMA messages TO linli_app, linli_system;

CREATE TABLE messages.message (
  message_id uuid PRIMARY KEY,
  post_id uuid NOT NULL,
  account_id uuid NOT NULL,
  org_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  template text NOT NULL,
  params jsonb NOT NULL,
  case_id uuid,
  case_number text,
  once_key text NOT NULL,
  made_at timestamptz NOT NULL,
  read_at timestamptz,
  CONSTRAINT message_once UNIQUE (post_id, once_key)
);
COMMENT ON TABLE messages.message IS 'One message to one post, told once per once_key. Names its template and holds no personal values; the text is made when it is read.';
COMMENT ON COLUMN messages.message.account_id IS 'Who held the post when it was told: whose receipt read_at is.';
CREATE INDEX message_inbox ON messages.message (post_id, made_at DESC, message_id DESC);
CREATE INDEX message_unread ON messages.message (post_id, made_at DESC, message_id DESC) WHERE read_at IS NULL;

GRANT SELECT, UPDATE (read_at) ON messages.message TO linli_app;
GRANT SELECT, INSERT ON messages.message TO linli_system;

ALTER TABLE messages.message ENABLE ROW LEVEL SECURITY; ALTER TABLE messages.message FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON messages.message FOR SELECT TO linli_app USING (post_id = base.setting_id('post_id'));
CREATE POLICY mark_own ON messages.message FOR UPDATE TO linli_app USING (post_id = base.setting_id('post_id'));
CREATE POLICY system_all ON messages.message FOR ALL TO linli_system USING (true) WITH CHECK (true);
