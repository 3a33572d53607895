-- 民情: what residents say, by topic and area, with an owner and a record of what was answered. No moods, no persons.
CREATE TABLE cases.topic (
  topic_id uuid PRIMARY KEY,
  title text NOT NULL,
  categories text[] NOT NULL,
  words text[] NOT NULL,
  area_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  owner_org_id uuid,
  state text NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  version integer NOT NULL,
  opened_at timestamptz NOT NULL,
  answered_at timestamptz,
  published_at timestamptz
);
COMMENT ON TABLE cases.topic IS 'A topic of the voice of residents (民情) in an area: the projection of its entries.';
COMMENT ON COLUMN cases.topic.words IS 'What is proposed for it says one of these; none: its categories alone decide.';
CREATE INDEX topic_of_area ON cases.topic (area_path, state, opened_at);
CREATE INDEX topic_of_owner ON cases.topic (owner_org_id);

CREATE TABLE cases.topic_entry (
  topic_id uuid NOT NULL REFERENCES cases.topic,
  seq integer NOT NULL CHECK (seq >= 1),
  act text NOT NULL CHECK (act IN ('open', 'assign', 'answer', 'publish', 'withdraw', 'close', 'reopen')),
  data jsonb NOT NULL,
  account_id uuid,
  org_id uuid,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT topic_entry_one_writer PRIMARY KEY (topic_id, seq)
);
COMMENT ON TABLE cases.topic_entry IS 'What was done about a topic, append-only: who owns it, what was answered, to whom, when, and whether it was published.';

CREATE TABLE cases.topic_item (
  case_id uuid NOT NULL REFERENCES cases.case_file,
  seq integer NOT NULL,
  topic_id uuid NOT NULL REFERENCES cases.topic,
  is_in boolean NOT NULL,
  source text NOT NULL CHECK (source IN ('appeal', 'event', 'merged', 'rating', 'callBack')),
  community_id uuid,
  said_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz NOT NULL,
  CONSTRAINT topic_item_once PRIMARY KEY (topic_id, case_id, seq)
);
COMMENT ON TABLE cases.topic_item IS 'One thing that a resident said, by the entry of the case that holds it, and whether a person put it into the topic or left it out. Who said it stands nowhere here.';
CREATE UNIQUE INDEX topic_item_of_one_topic ON cases.topic_item (case_id, seq) WHERE is_in;
CREATE INDEX topic_item_by_week ON cases.topic_item (topic_id, said_at) WHERE is_in;

GRANT SELECT ON cases.topic, cases.topic_entry, cases.topic_item TO linli_app;
GRANT SELECT, INSERT, UPDATE ON cases.topic, cases.topic_item TO linli_system;
GRANT SELECT, INSERT ON cases.topic_entry TO linli_system;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['topic', 'topic_entry', 'topic_item'] LOOP
    EXECUTE format('ALTER TABLE cases.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE cases.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON cases.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
CREATE POLICY territory_reads ON cases.topic FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
CREATE POLICY own_organization_reads ON cases.topic FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('line', 'community', 'township', 'county', 'prefecture', 'province')
  AND owner_org_id = (SELECT base.setting_id('org_id')));
CREATE POLICY through_topic ON cases.topic_entry FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM cases.topic t WHERE t.topic_id = topic_entry.topic_id));
CREATE POLICY through_topic ON cases.topic_item FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM cases.topic t WHERE t.topic_id = topic_item.topic_id));
