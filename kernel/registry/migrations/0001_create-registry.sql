CREATE SCHEMA IF NOT EXISTS registry;
GRANT USAGE ON SCHEMA registry TO linli_app, linli_system;

CREATE TABLE registry.address (
  address_id uuid PRIMARY KEY,
  parent_id uuid REFERENCES registry.address,
  building_id uuid NOT NULL REFERENCES access.building,
  kind text NOT NULL CHECK (kind IN ('building', 'entrance', 'dwelling')),
  name text NOT NULL CHECK (name <> ''),
  full_name text NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  county_id uuid,
  township_id uuid,
  community_id uuid NOT NULL,
  cell_id uuid NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT address_name_once UNIQUE NULLS NOT DISTINCT (building_id, parent_id, name),
  CONSTRAINT address_building_on_top CHECK ((kind = 'building') = (parent_id IS NULL))
);
COMMENT ON TABLE registry.address IS 'Standard addresses (标准地址) below a building: building, entrance (单元), dwelling (户室), one row per place. Every dwelling lies in exactly one grid cell, that of its building.';
COMMENT ON COLUMN registry.address.full_name IS 'As a person would write it within the community: 3号楼2单元501室.';
CREATE INDEX address_building ON registry.address (building_id);
CREATE INDEX address_cell ON registry.address (cell_id, kind);
CREATE INDEX address_community ON registry.address (community_id, kind);
CREATE INDEX address_township ON registry.address (township_id, kind);
CREATE INDEX address_county ON registry.address (county_id, kind);
CREATE INDEX address_grams ON registry.address USING gin (base.grams(full_name));

CREATE TABLE registry.person (
  person_id uuid PRIMARY KEY,
  key_id uuid NOT NULL,
  seq integer NOT NULL,
  status text NOT NULL CHECK (status IN ('here', 'away', 'died')),
  masked jsonb NOT NULL,
  id_hash bytea,
  tokens bigint[] NOT NULL,
  birth_year smallint,
  address_id uuid REFERENCES registry.address,
  area_path text COLLATE "C" NOT NULL,
  county_id uuid,
  township_id uuid,
  community_id uuid NOT NULL,
  cell_id uuid,
  recorded_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE registry.person IS 'People who live or lived here (实有人口): the projection of their entries. Values are shown masked; in clear they are only ciphertext in the entries.';
COMMENT ON COLUMN registry.person.tokens IS 'Keyed hashes of what a person is found by (pairs of characters of the name, pinyin initials, tails of numbers): equal words meet, and nobody without the master key can try words.';
COMMENT ON COLUMN registry.person.cell_id IS 'Null while the address is not settled (待落址).';
CREATE UNIQUE INDEX person_identity_once ON registry.person (id_hash);
CREATE INDEX person_tokens ON registry.person USING gin (tokens);
CREATE INDEX person_address ON registry.person (address_id);
CREATE INDEX person_cell ON registry.person (cell_id, status, changed_at DESC, person_id DESC);
CREATE INDEX person_community ON registry.person (community_id, status, changed_at DESC, person_id DESC);
CREATE INDEX person_township ON registry.person (township_id, status, changed_at DESC, person_id DESC);
CREATE INDEX person_county ON registry.person (county_id, status, changed_at DESC, person_id DESC);

CREATE TABLE registry.person_entry (
  person_id uuid NOT NULL REFERENCES registry.person,
  seq integer NOT NULL CHECK (seq > 0),
  change text NOT NULL,
  data jsonb NOT NULL,
  source text NOT NULL,
  made_at timestamptz NOT NULL,
  account_id uuid,
  post_id uuid,
  org_id uuid,
  CONSTRAINT person_entry_once PRIMARY KEY (person_id, seq)
);
COMMENT ON TABLE registry.person_entry IS 'Truth, append-only: every change of a person file with its source. Personal values are ciphertext under the key of that person; deleting the key erases them.';

CREATE TABLE registry.care_tag (
  tag_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  care_group text NOT NULL,
  basis text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE registry.care_tag IS 'Care groups (关爱对象) a person belongs to, each with its basis and its days. Restricted groups (重点人员) are not kept here: they stay with the lead department.';
CREATE INDEX care_tag_person ON registry.care_tag (person_id);
CREATE INDEX care_tag_group ON registry.care_tag (care_group) WHERE valid_to IS NULL;

CREATE TABLE registry.contact (
  contact_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  kind text NOT NULL CHECK (kind IN ('emergency', 'proxy')),
  relation text NOT NULL,
  rank smallint NOT NULL CHECK (rank BETWEEN 1 AND 9),
  masked jsonb NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE registry.contact IS 'Whom to call for a person, in which order, and who may act for them (代办). Name and phone stand sealed in the entry that brought them.';
CREATE INDEX contact_person ON registry.contact (person_id, rank);

CREATE TABLE registry.consent (
  consent_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  purpose text NOT NULL,
  text_version text NOT NULL,
  channel text NOT NULL,
  given_at timestamptz NOT NULL,
  withdrawn_at timestamptz CHECK (withdrawn_at >= given_at)
);
COMMENT ON TABLE registry.consent IS 'What a person agreed to (知情同意): for which purpose, in which words, through which channel, until withdrawn. Withdrawal holds at once.';
CREATE UNIQUE INDEX consent_in_force_once ON registry.consent (person_id, purpose) WHERE withdrawn_at IS NULL;

CREATE TABLE registry.person_view (
  view_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  account_id uuid NOT NULL,
  org_id uuid,
  by_name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('profile', 'reveal')),
  reason text,
  fields text[] NOT NULL DEFAULT '{}',
  viewed_at timestamptz NOT NULL
);
COMMENT ON TABLE registry.person_view IS 'Who opened a person file or looked at a value in clear, when and why: the person can read it.';
CREATE INDEX person_view_person ON registry.person_view (person_id, viewed_at DESC);
CREATE INDEX person_view_account ON registry.person_view (account_id, viewed_at) WHERE kind = 'reveal';

-- Requests read, the platform writes: what a request may write is decided in one place, with the entry it makes.
GRANT SELECT ON registry.address, registry.person, registry.care_tag, registry.contact, registry.consent, registry.person_view TO linli_app;
GRANT SELECT, INSERT ON registry.person_entry, registry.person_view TO linli_system;
GRANT SELECT, INSERT, UPDATE ON registry.address, registry.person, registry.care_tag, registry.contact, registry.consent TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['address', 'person', 'person_entry', 'care_tag', 'contact', 'consent', 'person_view'] LOOP
    EXECUTE format('ALTER TABLE registry.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE registry.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON registry.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

-- The guard: a territory post with the right to it sees the people of its area. Lists also name their level column by equality.
CREATE POLICY territory_reads ON registry.person FOR SELECT TO linli_app USING (
  (SELECT access.may('registry.read')) AND access.sees(area_path, township_id, community_id, cell_id));
CREATE POLICY territory_reads ON registry.address FOR SELECT TO linli_app USING (
  (SELECT access.may('registry.read')) AND access.sees(area_path, township_id, community_id, cell_id));
CREATE POLICY through_person ON registry.care_tag FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = care_tag.person_id));
CREATE POLICY through_person ON registry.contact FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = contact.person_id));
CREATE POLICY through_person ON registry.consent FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = consent.person_id));
CREATE POLICY through_person ON registry.person_view FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = person_view.person_id));

-- Under row level security only leakproof operators may use an index, and array containment is none: the search asks for the scope itself.
CREATE FUNCTION registry.find_persons(wanted bigint[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  reach constant text := base.setting('reach');
  own_path constant text := base.setting('area_path');
BEGIN
  IF NOT access.may('registry.read') OR cardinality(wanted) = 0 OR own_path IS NULL
    OR reach IS NULL OR reach NOT IN ('cell', 'community', 'township', 'county', 'prefecture', 'province') THEN
    RETURN '{}';
  END IF;
  RETURN ARRAY(SELECT p.person_id FROM registry.person p WHERE p.tokens @> wanted AND starts_with(p.area_path, own_path) LIMIT most);
END
$$;
COMMENT ON FUNCTION registry.find_persons IS 'People in the scope of the acting post that bear all of these search tokens; at most `most`, in no order.';
GRANT CREATE ON SCHEMA registry TO linli_system;
ALTER FUNCTION registry.find_persons OWNER TO linli_system;
REVOKE CREATE ON SCHEMA registry FROM linli_system;
REVOKE EXECUTE ON FUNCTION registry.find_persons FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry.find_persons TO linli_app;
