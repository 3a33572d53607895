-- What finds a person is one lookup in one index whatever is asked, so it is planned once for a connection: planning took longer than finding.
GRANT CREATE ON SCHEMA registry TO linli_system;
SET LOCAL ROLE linli_system;
ALTER FUNCTION registry.find_persons SET plan_cache_mode = 'force_generic_plan';
RESET ROLE;

-- Most people type an address from its beginning. That is one place in an ordered index, where pairs of characters are a list for each pair:
-- who writes "小区" or "单元" has typed what nearly every address contains.
CREATE INDEX address_search_form ON registry.address ((base.search_form(full_name) COLLATE "C"));

SET LOCAL ROLE linli_system;
CREATE OR REPLACE FUNCTION registry.find_homes(words text, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = 'force_generic_plan' AS $$
DECLARE
  reach constant text := base.setting('reach');
  own_path constant text := base.setting('area_path');
  form constant text := base.search_form(words);
  found uuid[];
BEGIN
  IF NOT access.may('registry.read') OR own_path IS NULL
    OR reach IS NULL OR reach NOT IN ('cell', 'community', 'township', 'county', 'prefecture', 'province') THEN
    RETURN '{}';
  END IF;
  -- U+10FFFF is no character, and comes after all that are.
  found := ARRAY(SELECT a.address_id FROM registry.address a
    WHERE base.search_form(a.full_name) COLLATE "C" BETWEEN form AND form || chr(1114111) AND starts_with(a.area_path, own_path) LIMIT most);
  IF cardinality(found) > 0 THEN
    RETURN found;
  END IF;
  RETURN ARRAY(SELECT a.address_id FROM registry.address a
    WHERE base.grams(a.full_name) @> base.grams(words) AND strpos(base.search_form(a.full_name), form) > 0
      AND starts_with(a.area_path, own_path) LIMIT most);
END
$$;
COMMENT ON FUNCTION registry.find_homes IS 'Addresses in the scope of the acting post that begin with these words; where none does, those that contain them; at most `most`, in no order.';
RESET ROLE;
REVOKE CREATE ON SCHEMA registry FROM linli_system;
