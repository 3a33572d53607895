-- A place has one standard address and any number of other names (别名): 红砖楼 for 3号楼, a shop's name for the home behind it.
-- Names are compared by key, so that 三栋, 3幢 and ３号楼 are one; requests look keys up, so the key is a column.
CREATE FUNCTION registry.name_key(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  form constant text := base.search_form(normalize(name, NFKC));
  parts constant text[] := coalesce(
    regexp_match(form, '^(.*?)第?([0-9]*[a-z]{0,2}[0-9]+(?:-[0-9]+)?[a-z]?|[a-z]{1,2}|[〇零一二三四五六七八九十百两]+)(?:号楼|号院|[栋幢橦座]楼?|单元|[楼层室房户弄号门]|#楼?)$'),
    regexp_match(form, '^(.*?)([a-z]{0,2}[0-9]+(?:-[0-9]+)?[a-z]?)$'));
  number text := translate(parts[2], '零两', '〇二');
  said text[];
BEGIN
  IF number ~ '^[〇一二三四五六七八九]+$' THEN
    number := translate(number, '〇一二三四五六七八九', '0123456789');
  ELSIF number ~ '[十百]' THEN
    said := regexp_match(number, '^(?:(.)百)?〇?(?:(.?)(十))?(.?)$');
    IF said IS NULL THEN RETURN form; END IF;
    number := coalesce(strpos('一二三四五六七八九', said[1]), 0) * 100
      + CASE WHEN said[3] IS NULL THEN 0 WHEN said[2] = '' THEN 10 ELSE strpos('一二三四五六七八九', said[2]) * 10 END
      + CASE WHEN said[4] = '' THEN 0 ELSE strpos('一二三四五六七八九', said[4]) END;
  END IF;
  RETURN coalesce(parts[1] || '#' || number, form);
END
$$;
COMMENT ON FUNCTION registry.name_key IS 'The name of a place as names are compared: 幸福小区三栋, 幸福小区３幢 and 幸福小区3号楼 are 幸福小区#3, 501室 is #501; a name without a number is itself.';

ALTER TABLE registry.address ADD COLUMN name_key text GENERATED ALWAYS AS (registry.name_key(name)) STORED;
COMMENT ON COLUMN registry.address.name_key IS 'The name as names are compared, see registry.name_key.';
CREATE INDEX address_building_key ON registry.address (name_key) WHERE kind = 'building';

CREATE TABLE registry.address_alias (
  alias_id uuid PRIMARY KEY,
  address_id uuid NOT NULL REFERENCES registry.address,
  name text NOT NULL CHECK (name <> ''),
  name_key text GENERATED ALWAYS AS (registry.name_key(name)) STORED,
  made_at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  ended_at timestamptz,
  ended_by uuid,
  CONSTRAINT address_alias_ends CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
COMMENT ON TABLE registry.address_alias IS 'Other names (别名) of a building or a dwelling; each points to the one standard address (一房一址). One that is said no more has an end.';
COMMENT ON COLUMN registry.address_alias.name IS 'As people say it.';
COMMENT ON COLUMN registry.address_alias.name_key IS 'The name as names are compared, see registry.name_key.';
COMMENT ON COLUMN registry.address_alias.made_by IS 'The account that said so.';
CREATE UNIQUE INDEX address_alias_once ON registry.address_alias (address_id, name_key) WHERE ended_at IS NULL;
CREATE INDEX address_alias_key ON registry.address_alias (name_key) WHERE ended_at IS NULL;

GRANT SELECT ON registry.address_alias TO linli_app;
GRANT SELECT, INSERT, UPDATE ON registry.address_alias TO linli_system;
ALTER TABLE registry.address_alias ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.address_alias FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON registry.address_alias FOR ALL TO linli_system USING (true) WITH CHECK (true);
CREATE POLICY through_address ON registry.address_alias FOR SELECT TO linli_app
  USING (EXISTS (SELECT 1 FROM registry.address a WHERE a.address_id = address_alias.address_id));

-- The search finds a home by another name of its building too, when nothing bears the words themselves: 红砖楼501 is 3号楼%501.
GRANT CREATE ON SCHEMA registry TO linli_system;
SET LOCAL ROLE linli_system;
CREATE OR REPLACE FUNCTION registry.find_homes(forms text[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = 'force_generic_plan' AS $$
DECLARE
  reach constant text := base.setting('reach');
  own_path constant text := base.setting('area_path');
  wanted constant text[] := ARRAY(SELECT base.search_form(form) FROM unnest(forms) WITH ORDINALITY AS f(form, nth) ORDER BY nth);
  found uuid[] := '{}';
  form text;
  upper_part text;
  alias record;
BEGIN
  IF NOT access.may('registry.read') OR own_path IS NULL
    OR reach IS NULL OR reach NOT IN ('cell', 'community', 'township', 'county', 'prefecture', 'province') THEN
    RETURN '{}';
  END IF;
  -- One form at a time: a plan over all of them at once walks every address. U+10FFFF is no character, and comes after all that are.
  FOREACH form IN ARRAY wanted LOOP
    upper_part := split_part(form, '%', 1);
    found := found || ARRAY(SELECT a.address_id FROM registry.address a
      WHERE base.search_form(a.full_name) COLLATE "C" BETWEEN upper_part AND upper_part || chr(1114111)
        AND (upper_part = form OR registry.fits_form(a.full_name, form)) AND starts_with(a.area_path, own_path) LIMIT most);
    -- As it was typed, and only then in other words.
    EXIT WHEN form = wanted[1] AND cardinality(found) > 0;
  END LOOP;
  IF cardinality(found) = 0 THEN
    FOREACH form IN ARRAY wanted LOOP
      found := found || ARRAY(SELECT a.address_id FROM registry.address a
        WHERE base.grams(a.full_name) @> (base.grams(split_part(form, '%', 1)) || base.grams(split_part(form, '%', 2)))
          AND registry.fits_form(a.full_name, form) AND starts_with(a.area_path, own_path) LIMIT most);
    END LOOP;
  END IF;
  IF cardinality(found) = 0 THEN
    FOR alias IN SELECT a.address_id, a.building_id, a.kind, a.full_name, split_part(wanted[1], base.search_form(l.name), 2) AS rest
      FROM registry.address_alias l JOIN registry.address a USING (address_id)
      WHERE l.ended_at IS NULL AND strpos(wanted[1], base.search_form(l.name)) > 0 AND starts_with(a.area_path, own_path) LIMIT most
    LOOP
      IF alias.kind = 'dwelling' THEN
        found := found || alias.address_id;
      ELSE
        form := base.search_form(alias.full_name) || CASE WHEN alias.rest ~ '^[0-9a-z]+[室户房号]?$' THEN '%' || rtrim(alias.rest, '室户房号') ELSE alias.rest END;
        found := found || ARRAY(SELECT a.address_id FROM registry.address a
          WHERE a.building_id = alias.building_id AND registry.fits_form(a.full_name, form) LIMIT most);
      END IF;
    END LOOP;
  END IF;
  RETURN found[1 : most];
END
$$;
COMMENT ON FUNCTION registry.find_homes(text[], integer) IS 'Addresses in the scope of the acting post that begin with the first of these forms, else with any, else contain one, else are meant by another name of a building or home; at most `most`, in no order.';
RESET ROLE;
REVOKE CREATE ON SCHEMA registry FROM linli_system;
