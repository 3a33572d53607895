-- Cells are redrawn (网格调整) by whoever keeps the division of a community. Each change is one row, and what goes along with it one handover.
CREATE TABLE access.cell_change (
  change_id uuid PRIMARY KEY,
  community_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  reason text NOT NULL CHECK (reason <> ''),
  cells jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  made_by uuid REFERENCES access.account,
  post_id uuid REFERENCES access.post,
  CONSTRAINT cell_change_one_editor UNIQUE (community_id, version)
);
COMMENT ON TABLE access.cell_change IS 'Changes of the cells of a community in order: who, why, and name and boundary of each cell before and after. Nobody may update or delete.';
COMMENT ON COLUMN access.cell_change.cells IS 'Per cell: {cellId, before, after}, each {name, boundary} or null where it was not there yet or is no more.';

CREATE TABLE access.handover (
  handover_id uuid PRIMARY KEY,
  cause text NOT NULL CHECK (cause IN ('cells', 'post')),
  area_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  change_id uuid REFERENCES access.cell_change,
  post_id uuid REFERENCES access.post,
  reason text NOT NULL CHECK (reason <> ''),
  made_at timestamptz NOT NULL,
  made_by uuid REFERENCES access.account,
  CONSTRAINT handover_of_its_cause CHECK ((change_id IS NOT NULL) = (cause = 'cells') AND (post_id IS NOT NULL) = (cause = 'post'))
);
COMMENT ON TABLE access.handover IS 'Handover lists (交接清单): what went from whom to whom when cells or posts changed. Kept as it was; nobody may update or delete.';
CREATE INDEX handover_area ON access.handover (area_path, made_at DESC);

CREATE TABLE access.handover_party (
  handover_id uuid NOT NULL REFERENCES access.handover,
  side text NOT NULL CHECK (side IN ('gives', 'takes', 'knows')),
  post_id uuid NOT NULL REFERENCES access.post,
  account_id uuid NOT NULL REFERENCES access.account,
  area_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  PRIMARY KEY (handover_id, side, post_id)
);
COMMENT ON TABLE access.handover_party IS 'Who gave, who took over, and who must know (the community): posts with whoever held them then.';
CREATE INDEX handover_party_account ON access.handover_party (account_id);
CREATE INDEX handover_party_area ON access.handover_party (area_path);

CREATE TABLE access.handover_item (
  handover_id uuid NOT NULL REFERENCES access.handover,
  item_no integer NOT NULL,
  kind text NOT NULL,
  item_id uuid NOT NULL,
  label text NOT NULL,
  note text,
  stage text,
  due_at timestamptz,
  from_area_id uuid NOT NULL REFERENCES access.area,
  to_area_id uuid NOT NULL REFERENCES access.area,
  PRIMARY KEY (handover_id, item_no),
  CONSTRAINT handover_item_once UNIQUE (handover_id, kind, item_id)
);
COMMENT ON TABLE access.handover_item IS 'What went: a building, a case, whatever engines hand over. As it stood that day, for the one who gave it may not see it any more.';

GRANT SELECT ON access.cell_change, access.handover, access.handover_party, access.handover_item TO linli_app;
GRANT SELECT, INSERT ON access.cell_change, access.handover, access.handover_party, access.handover_item TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cell_change', 'handover', 'handover_party', 'handover_item'] LOOP
    EXECUTE format('ALTER TABLE access.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE access.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON access.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

-- Of a change or a handover the territory knows; of a handover also whoever was part of it, wherever he has gone since.
CREATE POLICY territory_reads ON access.cell_change FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
CREATE POLICY own_or_territory_reads ON access.handover_party FOR SELECT TO linli_app USING (
  account_id = (SELECT base.setting_id('account_id'))
  OR ((SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
    AND starts_with(area_path, (SELECT base.setting('area_path')))));
CREATE POLICY party_or_territory_reads ON access.handover FOR SELECT TO linli_app USING (
  EXISTS (SELECT FROM access.handover_party p WHERE p.handover_id = handover.handover_id)
  OR ((SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
    AND starts_with(area_path, (SELECT base.setting('area_path')))));
CREATE POLICY through_handover ON access.handover_item FOR SELECT TO linli_app USING (
  EXISTS (SELECT FROM access.handover h WHERE h.handover_id = handover_item.handover_id));

-- A post may have a deputy (B岗) for some days: a colleague of the same organization who acts in it under his own name.
CREATE TABLE access.post_deputy (
  deputy_id uuid PRIMARY KEY,
  post_id uuid NOT NULL REFERENCES access.post,
  holder_id uuid NOT NULL REFERENCES access.account,
  account_id uuid NOT NULL REFERENCES access.account,
  org_id uuid NOT NULL REFERENCES access.organization,
  area_path text COLLATE "C" NOT NULL,
  reason text NOT NULL CHECK (reason IN ('leave', 'away', 'training', 'sick', 'other')),
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  made_at timestamptz NOT NULL,
  made_by uuid REFERENCES access.account,
  ended_at timestamptz,
  ended_by uuid REFERENCES access.account,
  CONSTRAINT deputy_period CHECK (valid_to >= valid_from),
  CONSTRAINT deputy_is_another CHECK (account_id <> holder_id),
  CONSTRAINT deputy_one_at_a_time EXCLUDE USING gist (post_id WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (ended_at IS NULL)
);
COMMENT ON TABLE access.post_deputy IS 'Who stands in (AB岗) for the holder of a post, from one day to another, both included. It ends by itself; it can be ended earlier, once, and nothing else about it changes.';
COMMENT ON COLUMN access.post_deputy.holder_id IS 'Who holds the post; it and the next two follow from the post.';
CREATE INDEX post_deputy_account ON access.post_deputy (account_id) WHERE ended_at IS NULL;

CREATE FUNCTION access.place_deputy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  post access.post;
BEGIN
  SELECT * INTO STRICT post FROM access.post WHERE post_id = NEW.post_id;
  NEW.holder_id := post.account_id;
  NEW.org_id := post.org_id;
  NEW.area_path := post.area_path;
  -- The three administrators are kept apart: nobody acts as one of them by standing in, and none of them stands in at work.
  IF post.separation <> 'work' OR NOT EXISTS (SELECT FROM access.post own
      WHERE own.account_id = NEW.account_id AND own.org_id = post.org_id AND own.separation = 'work' AND own.ended_at IS NULL) THEN
    RAISE EXCEPTION 'a deputy works in the organization of the post' USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_of_organization';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER place_deputy BEFORE INSERT ON access.post_deputy FOR EACH ROW EXECUTE FUNCTION access.place_deputy();

CREATE FUNCTION access.keep_deputy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a deputy can only be ended, once' USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_ends_once';
END $$;
CREATE TRIGGER keep_deputy BEFORE UPDATE ON access.post_deputy FOR EACH ROW
  WHEN (OLD.ended_at IS NOT NULL OR (to_jsonb(OLD) - 'ended_at' - 'ended_by') IS DISTINCT FROM (to_jsonb(NEW) - 'ended_at' - 'ended_by'))
  EXECUTE FUNCTION access.keep_deputy();

GRANT SELECT ON access.post_deputy TO linli_app;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON access.post_deputy TO linli_system;
ALTER TABLE access.post_deputy ENABLE ROW LEVEL SECURITY; ALTER TABLE access.post_deputy FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON access.post_deputy FOR SELECT TO linli_app USING (
  account_id = (SELECT base.setting_id('account_id')) OR holder_id = (SELECT base.setting_id('account_id')));
CREATE POLICY read_colleagues ON access.post_deputy FOR SELECT TO linli_app USING (org_id = (SELECT base.setting_id('org_id')));
CREATE POLICY read_in_area ON access.post_deputy FOR SELECT TO linli_app USING (access.may('access.view') AND access.in_own_area(area_path));
CREATE POLICY system_all ON access.post_deputy FOR ALL TO linli_system USING (true) WITH CHECK (true);
