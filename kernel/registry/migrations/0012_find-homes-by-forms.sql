-- An address is written in more ways than one (3栋 for 3号楼): all of them are looked up at once, and pairs are searched only where none begins an address.
-- People leave the entrance out (3栋501). A form may say so: 3号楼%501 is a home 501 somewhere in building 3, and neither 13号楼 nor room 1501.
-- A strict function would be called for each row; this one becomes a part of the statement.
CREATE FUNCTION registry.fits_form(full_name text, form text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN form ~ '^[^%]+%[0-9a-z]+$'
    THEN base.search_form(full_name) ~ ('(^|[^0-9])' || regexp_replace(split_part(form, '%', 1), '([][(){}.*+?^$|\\-])', '\\\1', 'g')
      || '(.*[^0-9a-z])?' || split_part(form, '%', 2) || '($|[^0-9a-z])')
    ELSE strpos(base.search_form(full_name), form) > 0 END
$$;
COMMENT ON FUNCTION registry.fits_form IS 'Whether a full address contains a form that somebody may have typed, in the writing of base.search_form; % is a level left out before the room.';

GRANT CREATE ON SCHEMA registry TO linli_system;
SET LOCAL ROLE linli_system;
CREATE FUNCTION registry.find_homes(forms text[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = 'force_generic_plan' AS $$
DECLARE
  reach constant text := base.setting('reach');
  own_path constant text := base.setting('area_path');
  wanted constant text[] := ARRAY(SELECT base.search_form(form) FROM unnest(forms) WITH ORDINALITY AS f(form, nth) ORDER BY nth);
  found uuid[] := '{}';
  form text;
  upper_part text;
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
  RETURN found[1 : most];
END
$$;
COMMENT ON FUNCTION registry.find_homes(text[], integer) IS 'Addresses in the scope of the acting post that begin with the first of these forms, else with any, else contain one; at most `most`, in no order.';
DROP FUNCTION registry.find_homes(text, integer);
RESET ROLE;
REVOKE CREATE ON SCHEMA registry FROM linli_system;
REVOKE EXECUTE ON FUNCTION registry.find_homes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry.find_homes TO linli_app;
