CREATE TABLE registry.family_proxy (
  proxy_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  relation text NOT NULL,
  scope text[] NOT NULL CHECK (cardinality(scope) > 0 AND scope <@ ARRAY['alarms', 'matters', 'file']),
  masked jsonb NOT NULL,
  phone_hash bytea,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  named_at timestamptz NOT NULL,
  accepted_at timestamptz CHECK (accepted_at >= named_at),
  ended_at timestamptz CHECK (ended_at >= named_at),
  ended_by text CHECK (ended_by IN ('person', 'member', 'staff')),
  CONSTRAINT family_proxy_end_is_whole CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
COMMENT ON TABLE registry.family_proxy IS 'Who of the family acts for a person (亲属代理): bound by two consents, the person''s (named_at) and the member''s own (accepted_at), for a scope and until a day; either ends it at once. Texts agreed to stand in the entries.';
COMMENT ON COLUMN registry.family_proxy.phone_hash IS 'Keyed hash of the member''s phone: whoever signs in with it finds whom he acts for, and nobody without the master key can try numbers.';
CREATE INDEX family_proxy_person ON registry.family_proxy (person_id);
CREATE INDEX family_proxy_phone ON registry.family_proxy (phone_hash) WHERE ended_at IS NULL;

GRANT SELECT ON registry.family_proxy TO linli_app;
GRANT SELECT, INSERT, UPDATE ON registry.family_proxy TO linli_system;
ALTER TABLE registry.family_proxy ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.family_proxy FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON registry.family_proxy FOR ALL TO linli_system USING (true) WITH CHECK (true);
CREATE POLICY through_person ON registry.family_proxy FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = family_proxy.person_id));

-- As `find_persons`: no search of words is leakproof, so this one asks for the scope itself.
CREATE FUNCTION registry.find_homes(words text, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  reach constant text := base.setting('reach');
  own_path constant text := base.setting('area_path');
BEGIN
  IF NOT access.may('registry.read') OR own_path IS NULL
    OR reach IS NULL OR reach NOT IN ('cell', 'community', 'township', 'county', 'prefecture', 'province') THEN
    RETURN '{}';
  END IF;
  RETURN ARRAY(SELECT a.address_id FROM registry.address a
    WHERE base.grams(a.full_name) @> base.grams(words) AND strpos(base.search_form(a.full_name), base.search_form(words)) > 0
      AND starts_with(a.area_path, own_path) LIMIT most);
END
$$;
COMMENT ON FUNCTION registry.find_homes IS 'Addresses in the scope of the acting post that are written like this; at most `most`, in no order.';
GRANT CREATE ON SCHEMA registry TO linli_system;
ALTER FUNCTION registry.find_homes OWNER TO linli_system;
REVOKE CREATE ON SCHEMA registry FROM linli_system;
REVOKE EXECUTE ON FUNCTION registry.find_homes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry.find_homes TO linli_app;
