-- Messages that leave the house: by SMS and by voice call. What is said and to which number stays sealed, and goes after a month.
CREATE TABLE messages.delivery (
  delivery_id uuid PRIMARY KEY,
  once_key text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('sms', 'voice')),
  recipient_kind text NOT NULL CHECK (recipient_kind IN ('account', 'contact', 'resident')),
  recipient_id uuid NOT NULL,
  recipient_name text NOT NULL,
  masked_phone text NOT NULL,
  sealed bytea,
  template text NOT NULL,
  lang text NOT NULL CHECK (lang IN ('zh', 'en')),
  is_urgent boolean NOT NULL,
  about_kind text,
  about_id uuid,
  unless_read uuid REFERENCES messages.message,
  area_path text COLLATE "C",
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'sending', 'sent', 'delivered', 'answered', 'acknowledged', 'failed', 'needless', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  send_at timestamptz NOT NULL,
  made_at timestamptz NOT NULL,
  sent_at timestamptz,
  ended_at timestamptz,
  provider_ref text,
  fault text,
  CONSTRAINT delivery_once UNIQUE (once_key, channel, recipient_id),
  CONSTRAINT delivery_about_something CHECK ((about_kind IS NULL) = (about_id IS NULL))
);
COMMENT ON TABLE messages.delivery IS 'One message to one phone by one channel: told once per once_key, sent after commit, with delivery_id as the key by which the provider knows it again. State follows from what the provider said.';
COMMENT ON COLUMN messages.delivery.sealed IS 'The number and the parameters of the template, under the master key. Null a month later.';
COMMENT ON COLUMN messages.delivery.send_at IS 'Not before this. While it is being sent: when another process may take it up, since this one may have died.';
COMMENT ON COLUMN messages.delivery.unless_read IS 'A fallback of this inbox message: needless once that was read.';
CREATE INDEX delivery_due ON messages.delivery (is_urgent DESC, send_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_about ON messages.delivery (about_id, made_at) WHERE about_id IS NOT NULL;
CREATE INDEX delivery_list ON messages.delivery (made_at DESC, delivery_id DESC);
CREATE INDEX delivery_sealed ON messages.delivery (made_at) WHERE sealed IS NOT NULL;

CREATE TABLE messages.delivery_receipt (
  delivery_id uuid NOT NULL REFERENCES messages.delivery,
  receipt_ref text NOT NULL CHECK (length(receipt_ref) <= 120),
  kind text NOT NULL CHECK (kind IN ('delivered', 'failed', 'noAnswer', 'answered', 'acknowledged')),
  reason text CHECK (length(reason) <= 60),
  at timestamptz NOT NULL,
  heard_at timestamptz NOT NULL,
  CONSTRAINT delivery_receipt_once PRIMARY KEY (delivery_id, receipt_ref)
);
COMMENT ON TABLE messages.delivery_receipt IS 'What a provider said of a delivery, append-only. A provider says it again until it is heard: each counts once.';

CREATE TABLE messages.preference (
  holder_id uuid PRIMARY KEY,
  sealed_phone bytea,
  masked_phone text,
  channels text[] NOT NULL DEFAULT '{}' CHECK (channels <@ ARRAY['sms', 'voice']),
  after_minutes smallint NOT NULL DEFAULT 30 CHECK (after_minutes BETWEEN 1 AND 1440),
  quiet_from smallint CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_to smallint CHECK (quiet_to BETWEEN 0 AND 1439),
  lang text NOT NULL DEFAULT 'zh' CHECK (lang IN ('zh', 'en')),
  changed_at timestamptz NOT NULL,
  CONSTRAINT preference_quiet_is_a_span CHECK ((quiet_from IS NULL) = (quiet_to IS NULL) AND (quiet_from IS NULL OR quiet_from <> quiet_to))
);
COMMENT ON TABLE messages.preference IS 'Where and how an account wants to hear what nobody read: number, channels in its own order, after how many minutes, and when not. Red and orange alarms ask for none of it but the number.';
COMMENT ON COLUMN messages.preference.quiet_from IS 'Minutes of the day, Asia/Shanghai; a span may cross midnight.';

GRANT SELECT (delivery_id, channel, recipient_kind, recipient_name, masked_phone, template, about_kind, about_id, area_path, state, attempts, send_at, made_at,
  sent_at, ended_at, fault) ON messages.delivery TO linli_app;
GRANT SELECT ON messages.delivery_receipt TO linli_app;
GRANT SELECT (holder_id, masked_phone, channels, after_minutes, quiet_from, quiet_to, lang, changed_at) ON messages.preference TO linli_app;
GRANT SELECT, INSERT, UPDATE ON messages.delivery, messages.preference TO linli_system;
GRANT SELECT, INSERT ON messages.delivery_receipt TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['delivery', 'delivery_receipt', 'preference'] LOOP
    EXECUTE format('ALTER TABLE messages.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE messages.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON messages.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

-- Who keeps the platform running sees what went out and what did not, never what was said.
CREATE POLICY operator_reads ON messages.delivery FOR SELECT TO linli_app USING (
  (SELECT access.may('messages.operate')) AND (area_path IS NULL OR access.in_own_area(area_path)));
CREATE POLICY through_delivery ON messages.delivery_receipt FOR SELECT TO linli_app
  USING (EXISTS (SELECT 1 FROM messages.delivery d WHERE d.delivery_id = delivery_receipt.delivery_id));
CREATE POLICY read_own ON messages.preference FOR SELECT TO linli_app USING (holder_id = base.setting_id('account_id'));
