CREATE SCHEMA IF NOT EXISTS access;
GRANT USAGE ON SCHEMA access TO linli_app, linli_system;

-- What the acting post may do, for policies that depend on a right rather than on a place. Unset sees nothing.
CREATE FUNCTION access.may(permission text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN strpos(' ' || coalesce(current_setting('app.permissions', true), '') || ' ', ' ' || permission || ' ') > 0;

-- Does the acting territory post (块) see a row at this place? Line posts (条), the public and unset settings do not, whatever the place.
CREATE FUNCTION access.sees(area_path text, township_id uuid, community_id uuid, cell_id uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE base.setting('reach')
    WHEN 'cell' THEN cell_id = base.setting_id('area_id')
    WHEN 'community' THEN community_id = base.setting_id('area_id')
    WHEN 'township' THEN township_id = base.setting_id('area_id')
    WHEN 'county' THEN starts_with(area_path, base.setting('area_path'))
    WHEN 'prefecture' THEN starts_with(area_path, base.setting('area_path'))
    WHEN 'province' THEN starts_with(area_path, base.setting('area_path'))
    ELSE false
  END;

-- Is this place inside the area of the acting post? For administration, where line and territory posts are alike.
CREATE FUNCTION access.in_own_area(area_path text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN starts_with(area_path, base.setting('area_path'));

CREATE TABLE access.area (
  area_id uuid PRIMARY KEY,
  short_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT area_short_id_once UNIQUE,
  parent_id uuid REFERENCES access.area,
  level text NOT NULL CHECK (level IN ('province', 'prefecture', 'county', 'township', 'community', 'cell')),
  kind text NOT NULL,
  code text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  area_path text COLLATE "C" NOT NULL CONSTRAINT area_path_once UNIQUE CHECK (area_path ~ '^/([0-9]+/)+$'),
  county_id uuid,
  township_id uuid,
  community_id uuid,
  cell_id uuid,
  boundary jsonb,
  center_lon double precision CHECK (center_lon BETWEEN -180 AND 180),
  center_lat double precision CHECK (center_lat BETWEEN -90 AND 90),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from)
);
COMMENT ON TABLE access.area IS 'Divisions (行政区划) and grid cells (网格) as one tree. Identity and path never change; the statistical code is an attribute, for codes change every year.';
COMMENT ON COLUMN access.area.area_path IS 'Short ids from the root, like /1/12/305/: always ends with "/", so one path is a prefix of another only when that area contains the other.';
COMMENT ON COLUMN access.area.cell_id IS 'The grid cell this lies in; for a micro cell (微网格) the cell above it. Like the other level columns it names the area itself at its own level.';
COMMENT ON COLUMN access.area.boundary IS 'GeoJSON geometry, CGCS2000 longitude and latitude.';
CREATE UNIQUE INDEX area_code_now ON access.area (code) WHERE valid_to IS NULL;
CREATE INDEX area_children ON access.area (parent_id, code);
CREATE INDEX area_level ON access.area (level, area_path);

CREATE TABLE access.area_code (
  area_id uuid NOT NULL REFERENCES access.area,
  code text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  CONSTRAINT area_code_once PRIMARY KEY (code, valid_from)
);
COMMENT ON TABLE access.area_code IS 'Every statistical code an area ever had, so that last year''s files still find their place.';
CREATE UNIQUE INDEX area_code_one_now ON access.area_code (area_id) WHERE valid_to IS NULL;

-- Place in the tree follows from the parent alone; nobody passes a path.
CREATE FUNCTION access.place_area() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent access.area;
  levels constant text[] := ARRAY['province', 'prefecture', 'county', 'township', 'community', 'cell'];
BEGIN
  IF NEW.parent_id IS NOT NULL THEN
    SELECT * INTO STRICT parent FROM access.area WHERE area_id = NEW.parent_id;
    IF array_position(levels, parent.level) >= array_position(levels, NEW.level) AND NOT (parent.level = 'cell' AND NEW.kind = 'micro_cell') THEN
      RAISE EXCEPTION 'a % cannot lie in a %', NEW.level, parent.level USING ERRCODE = 'check_violation', CONSTRAINT = 'area_below_parent';
    END IF;
  END IF;
  NEW.area_path := coalesce(parent.area_path, '/') || NEW.short_id || '/';
  NEW.county_id := CASE WHEN NEW.level = 'county' THEN NEW.area_id ELSE parent.county_id END;
  NEW.township_id := CASE WHEN NEW.level = 'township' THEN NEW.area_id ELSE parent.township_id END;
  NEW.community_id := CASE WHEN NEW.level = 'community' THEN NEW.area_id ELSE parent.community_id END;
  NEW.cell_id := CASE WHEN NEW.level = 'cell' THEN coalesce(parent.cell_id, NEW.area_id) END;
  RETURN NEW;
END $$;
CREATE TRIGGER place_area BEFORE INSERT ON access.area FOR EACH ROW EXECUTE FUNCTION access.place_area();

CREATE FUNCTION access.keep_area_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the identity, level and path of an area never change' USING ERRCODE = 'check_violation', CONSTRAINT = 'area_place_immutable';
END $$;
CREATE TRIGGER keep_area_place BEFORE UPDATE ON access.area FOR EACH ROW
  WHEN ((OLD.area_id, OLD.short_id, OLD.parent_id, OLD.level, OLD.area_path, OLD.county_id, OLD.township_id, OLD.community_id, OLD.cell_id)
    IS DISTINCT FROM (NEW.area_id, NEW.short_id, NEW.parent_id, NEW.level, NEW.area_path, NEW.county_id, NEW.township_id, NEW.community_id, NEW.cell_id))
  EXECUTE FUNCTION access.keep_area_place();

CREATE FUNCTION access.note_area_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO access.area_code (area_id, code, valid_from) VALUES (NEW.area_id, NEW.code, NEW.valid_from);
  RETURN NULL;
END $$;
CREATE TRIGGER note_area_code AFTER INSERT ON access.area FOR EACH ROW EXECUTE FUNCTION access.note_area_code();

CREATE TABLE access.building (
  building_id uuid PRIMARY KEY,
  cell_id uuid NOT NULL REFERENCES access.area,
  community_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  lon double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
  area_path text COLLATE "C" NOT NULL,
  CONSTRAINT building_name_once UNIQUE (community_id, name)
);
COMMENT ON TABLE access.building IS 'Buildings (楼栋) by name and point. When a cell is redrawn a building moves to another cell of its community, and its path follows.';
CREATE INDEX building_cell ON access.building (cell_id);

CREATE FUNCTION access.place_building() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  cell access.area;
BEGIN
  SELECT * INTO STRICT cell FROM access.area WHERE area_id = NEW.cell_id;
  IF cell.level <> 'cell' THEN
    RAISE EXCEPTION 'a building lies in a cell, not in a %', cell.level USING ERRCODE = 'check_violation', CONSTRAINT = 'building_in_cell';
  END IF;
  IF TG_OP = 'UPDATE' AND cell.community_id <> OLD.community_id THEN
    RAISE EXCEPTION 'a building stays in its community' USING ERRCODE = 'check_violation', CONSTRAINT = 'building_stays_in_community';
  END IF;
  NEW.community_id := cell.community_id;
  NEW.area_path := cell.area_path;
  RETURN NEW;
END $$;
CREATE TRIGGER place_building BEFORE INSERT OR UPDATE ON access.building FOR EACH ROW EXECUTE FUNCTION access.place_building();

CREATE TABLE access.organization (
  org_id uuid PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  parent_id uuid REFERENCES access.organization,
  area_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  template text,
  CONSTRAINT organization_name_once UNIQUE (area_id, name)
);
COMMENT ON TABLE access.organization IS 'Offices, committees, companies and posts of government. Kinds and templates are data (define/), not names in code.';
COMMENT ON COLUMN access.organization.template IS 'The county template it was set up from (who leads the grid), null when added by hand.';
CREATE INDEX organization_kind ON access.organization (kind, area_path);

CREATE FUNCTION access.place_organization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT area_path INTO STRICT NEW.area_path FROM access.area WHERE area_id = NEW.area_id;
  RETURN NEW;
END $$;
CREATE TRIGGER place_organization BEFORE INSERT OR UPDATE ON access.organization FOR EACH ROW EXECUTE FUNCTION access.place_organization();

CREATE TABLE access.role (
  role_key text PRIMARY KEY,
  name text NOT NULL,
  name_en text NOT NULL,
  level text NOT NULL CHECK (level IN ('cell', 'community', 'township', 'county', 'line')),
  reach text NOT NULL CHECK (reach IN ('cell', 'community', 'township', 'county', 'line', 'none')),
  separation text NOT NULL DEFAULT 'work' CHECK (separation IN ('work', 'system', 'security', 'audit')),
  org_kinds text[] NOT NULL
);
COMMENT ON TABLE access.role IS 'Roles as data: from the definitions of the kernel and of scenes, brought in at each start.';
COMMENT ON COLUMN access.role.level IS 'Level of area a post of this role is given for; line posts (条) take the area of their organization.';
COMMENT ON COLUMN access.role.separation IS 'The three administrators (三员分立) are kept apart from each other and from ordinary work: nobody holds two of these four.';

CREATE TABLE access.role_permission (
  role_key text NOT NULL REFERENCES access.role,
  permission text NOT NULL CHECK (permission ~ '^[a-z]+\.[a-zA-Z]+$'),
  PRIMARY KEY (role_key, permission)
);

CREATE TABLE access.account (
  account_id uuid PRIMARY KEY,
  login text NOT NULL CHECK (login = lower(login) AND login <> ''),
  display_name text NOT NULL CHECK (display_name <> ''),
  password_hash text,
  area_path text COLLATE "C" NOT NULL,
  failed_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  last_sign_in_at timestamptz,
  made_at timestamptz NOT NULL,
  made_by uuid REFERENCES access.account,
  CONSTRAINT account_login_once UNIQUE (login)
);
COMMENT ON TABLE access.account IS 'Someone who signs in. Rights come from posts alone; without a post an account sees nothing.';
COMMENT ON COLUMN access.account.password_hash IS 'argon2id in PHC form. Readable by linli_system only; null cannot sign in by password.';
COMMENT ON COLUMN access.account.area_path IS 'The area whose administrators manage this account: where it was made.';
COMMENT ON COLUMN access.account.failed_count IS 'Wrong passwords in a row; every fifth locks, twice as long each time.';

CREATE TABLE access.post (
  post_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES access.account,
  org_id uuid NOT NULL REFERENCES access.organization,
  area_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  role_key text NOT NULL REFERENCES access.role,
  reach text NOT NULL,
  separation text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  made_at timestamptz NOT NULL,
  made_by uuid REFERENCES access.account,
  ended_at timestamptz,
  ended_by uuid REFERENCES access.account,
  CONSTRAINT post_period CHECK (valid_to >= valid_from),
  -- Three administrators (三员分立): one account, one kind. An index, so it sees past every policy.
  CONSTRAINT post_separation EXCLUDE USING gist (account_id WITH =, separation WITH <>) WHERE (ended_at IS NULL)
);
COMMENT ON TABLE access.post IS 'Account × organization × area × role, for a period. One is acted in at a time; ending it ends its sessions.';
CREATE UNIQUE INDEX post_granted_once ON access.post (account_id, org_id, area_id, role_key) WHERE ended_at IS NULL;
CREATE INDEX post_org ON access.post (org_id, role_key) WHERE ended_at IS NULL;
CREATE INDEX post_area ON access.post (area_path, role_key) WHERE ended_at IS NULL;

-- Path, reach and separation come from area and role, never from whoever grants the post.
CREATE FUNCTION access.place_post() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place access.area;
  office access.organization;
  role access.role;
BEGIN
  SELECT * INTO STRICT place FROM access.area WHERE area_id = NEW.area_id;
  SELECT * INTO STRICT office FROM access.organization WHERE org_id = NEW.org_id;
  SELECT * INTO STRICT role FROM access.role WHERE role_key = NEW.role_key;
  IF NOT starts_with(place.area_path, office.area_path) THEN
    RAISE EXCEPTION 'the area of a post lies in the area of its organization' USING ERRCODE = 'check_violation', CONSTRAINT = 'post_area_in_organization';
  END IF;
  IF role.level <> 'line' AND role.level <> place.level THEN
    RAISE EXCEPTION 'role % is given for a %, not for a %', NEW.role_key, role.level, place.level USING ERRCODE = 'check_violation', CONSTRAINT = 'post_level_of_role';
  END IF;
  IF NOT office.kind = ANY (role.org_kinds) THEN
    RAISE EXCEPTION 'role % is not one of a %', NEW.role_key, office.kind USING ERRCODE = 'check_violation', CONSTRAINT = 'post_role_of_organization';
  END IF;
  NEW.area_path := place.area_path;
  NEW.reach := role.reach;
  NEW.separation := role.separation;
  RETURN NEW;
END $$;
CREATE TRIGGER place_post BEFORE INSERT ON access.post FOR EACH ROW EXECUTE FUNCTION access.place_post();

-- What a post was stays on record: it can be ended, once, and nothing else.
CREATE FUNCTION access.keep_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a post can only be ended, once' USING ERRCODE = 'check_violation', CONSTRAINT = 'post_ends_once';
END $$;
CREATE TRIGGER keep_post BEFORE UPDATE ON access.post FOR EACH ROW
  WHEN (OLD.ended_at IS NOT NULL
    OR (to_jsonb(OLD) - 'ended_at' - 'ended_by') IS DISTINCT FROM (to_jsonb(NEW) - 'ended_at' - 'ended_by'))
  EXECUTE FUNCTION access.keep_post();

CREATE TABLE access.session (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id uuid NOT NULL REFERENCES access.account,
  post_id uuid REFERENCES access.post,
  made_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  user_agent text CHECK (length(user_agent) <= 120)
);
COMMENT ON TABLE access.session IS 'Who is signed in. Holds the SHA-256 of the token, never the token; only linli_system reads it.';
COMMENT ON COLUMN access.session.post_id IS 'The acting post; a session whose post has ended is over. Null for an account without a post.';
CREATE INDEX session_account ON access.session (account_id, seen_at DESC);
CREATE INDEX session_age ON access.session (expires_at);

-- Rights. Requests read places and roles, administrators write accounts and posts; workers set up the rest.
GRANT SELECT ON access.area, access.area_code, access.building, access.organization, access.role, access.role_permission, access.post TO linli_app;
GRANT SELECT (account_id, login, display_name, area_path, failed_count, locked_until, disabled_at, last_sign_in_at, made_at, made_by) ON access.account TO linli_app;
GRANT INSERT (account_id, login, display_name, password_hash, area_path, made_at, made_by) ON access.account TO linli_app;
GRANT UPDATE (failed_count, locked_until, disabled_at) ON access.account TO linli_app;
GRANT INSERT ON access.post TO linli_app;
GRANT UPDATE (ended_at, ended_by) ON access.post TO linli_app;

GRANT SELECT, INSERT ON access.area, access.area_code, access.building, access.organization, access.role, access.role_permission, access.account, access.post, access.session TO linli_system;
GRANT UPDATE (name, boundary, center_lon, center_lat, valid_to) ON access.area TO linli_system;
GRANT UPDATE (cell_id, community_id, area_path, name, lon, lat) ON access.building TO linli_system;
GRANT UPDATE (name, parent_id, template, area_path) ON access.organization TO linli_system;
GRANT UPDATE (name, name_en, level, reach, separation, org_kinds) ON access.role TO linli_system;
GRANT DELETE ON access.role_permission, access.session TO linli_system;
GRANT UPDATE (display_name, password_hash, failed_count, locked_until, disabled_at, last_sign_in_at) ON access.account TO linli_system;
GRANT UPDATE (ended_at, ended_by) ON access.post TO linli_system;
GRANT UPDATE (post_id, seen_at, revoked_at) ON access.session TO linli_system;

-- Names of areas, buildings and organizations are public; still, a connection without an acting post sees nothing.
ALTER TABLE access.area ENABLE ROW LEVEL SECURITY; ALTER TABLE access.area FORCE ROW LEVEL SECURITY;
CREATE POLICY read ON access.area FOR SELECT TO linli_app USING (base.setting('reach') IS NOT NULL);
CREATE POLICY system_all ON access.area FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE access.area_code ENABLE ROW LEVEL SECURITY; ALTER TABLE access.area_code FORCE ROW LEVEL SECURITY;
CREATE POLICY read ON access.area_code FOR SELECT TO linli_app USING (base.setting('reach') IS NOT NULL);
CREATE POLICY system_all ON access.area_code FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE access.building ENABLE ROW LEVEL SECURITY; ALTER TABLE access.building FORCE ROW LEVEL SECURITY;
CREATE POLICY read ON access.building FOR SELECT TO linli_app USING (base.setting('reach') IS NOT NULL);
CREATE POLICY system_all ON access.building FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE access.organization ENABLE ROW LEVEL SECURITY; ALTER TABLE access.organization FORCE ROW LEVEL SECURITY;
CREATE POLICY read ON access.organization FOR SELECT TO linli_app USING (base.setting('reach') IS NOT NULL);
CREATE POLICY system_all ON access.organization FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE access.role ENABLE ROW LEVEL SECURITY; ALTER TABLE access.role FORCE ROW LEVEL SECURITY;
CREATE POLICY read_signed_in ON access.role FOR SELECT TO linli_app USING (base.setting_id('account_id') IS NOT NULL);
CREATE POLICY system_all ON access.role FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE access.role_permission ENABLE ROW LEVEL SECURITY; ALTER TABLE access.role_permission FORCE ROW LEVEL SECURITY;
CREATE POLICY read_signed_in ON access.role_permission FOR SELECT TO linli_app USING (base.setting_id('account_id') IS NOT NULL);
CREATE POLICY system_all ON access.role_permission FOR ALL TO linli_system USING (true) WITH CHECK (true);

-- Posts: one's own, those of one's organization, and for administrators those in their area. Nobody grants or ends his own.
ALTER TABLE access.post ENABLE ROW LEVEL SECURITY; ALTER TABLE access.post FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON access.post FOR SELECT TO linli_app USING (account_id = base.setting_id('account_id'));
CREATE POLICY read_colleagues ON access.post FOR SELECT TO linli_app USING (org_id = base.setting_id('org_id'));
CREATE POLICY read_in_area ON access.post FOR SELECT TO linli_app USING (access.may('access.view') AND access.in_own_area(area_path));
CREATE POLICY grant_in_area ON access.post FOR INSERT TO linli_app
  WITH CHECK (access.may('access.administer') AND access.in_own_area(area_path) AND account_id <> base.setting_id('account_id')
    AND separation IN ('work', 'system') AND ended_at IS NULL);
CREATE POLICY end_in_area ON access.post FOR UPDATE TO linli_app
  USING (access.may('access.administer') AND access.in_own_area(area_path) AND account_id <> base.setting_id('account_id')
    AND separation IN ('work', 'system'))
  WITH CHECK (ended_by = base.setting_id('account_id'));
CREATE POLICY system_all ON access.post FOR ALL TO linli_system USING (true) WITH CHECK (true);

-- Accounts: one's own, colleagues, and for administrators those managed in their area. Locking out is the security administrator's.
ALTER TABLE access.account ENABLE ROW LEVEL SECURITY; ALTER TABLE access.account FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON access.account FOR SELECT TO linli_app USING (account_id = base.setting_id('account_id'));
CREATE POLICY read_colleagues ON access.account FOR SELECT TO linli_app
  USING (EXISTS (SELECT FROM access.post p WHERE p.account_id = account.account_id AND p.org_id = base.setting_id('org_id')));
CREATE POLICY read_in_area ON access.account FOR SELECT TO linli_app USING (access.may('access.view') AND access.in_own_area(area_path));
CREATE POLICY create_in_area ON access.account FOR INSERT TO linli_app
  WITH CHECK (access.may('access.administer') AND access.in_own_area(area_path) AND made_by = base.setting_id('account_id'));
CREATE POLICY disable_in_area ON access.account FOR UPDATE TO linli_app
  USING (access.may('access.secure') AND access.in_own_area(area_path) AND account_id <> base.setting_id('account_id'));
CREATE POLICY system_all ON access.account FOR ALL TO linli_system USING (true) WITH CHECK (true);

ALTER TABLE access.session ENABLE ROW LEVEL SECURITY; ALTER TABLE access.session FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON access.session FOR ALL TO linli_system USING (true) WITH CHECK (true);
