-- Under row level security only leakproof operators may use an index, and no word search is one. So the search runs with the rights of the
-- platform and asks for the scope itself; what it answers is ids, and the list that shows them is still under the policies.

CREATE FUNCTION cases.words_of(title text, place text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(title, '') || chr(1) || coalesce(place, '');
COMMENT ON FUNCTION cases.words_of IS 'What a file is searched by; nothing is found across the end of the title.';

-- Title and place stand in the opening entry, which never changes: moves do not touch this index.
CREATE INDEX case_entry_grams ON cases.case_entry USING gin (base.grams(cases.words_of(data ->> 'title', data ->> 'place'))) WHERE seq = 1;
CREATE INDEX case_file_digits ON cases.case_file (replace(number, '-', '') text_pattern_ops);

CREATE FUNCTION cases.find_files(words text, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  form constant text := base.search_form(words);
  digits constant text := replace(form, '-', '');
  reach constant text := base.setting('reach');
  own_org constant uuid := base.setting_id('org_id');
  hits uuid[];
BEGIN
  IF digits ~ '^\d{4,30}$' THEN
    -- A range from the digits to the character after 9: unlike LIKE it uses the index whatever the plan.
    hits := ARRAY(SELECT f.case_id FROM cases.case_file f
      WHERE replace(f.number, '-', '') ~>=~ digits AND replace(f.number, '-', '') ~<~ (digits || ':') LIMIT most + 1);
  ELSIF length(form) >= 2 THEN
    hits := ARRAY(SELECT e.case_id FROM cases.case_entry e
      WHERE e.seq = 1 AND base.grams(cases.words_of(e.data ->> 'title', e.data ->> 'place')) @> base.grams(form)
        AND strpos(base.search_form(cases.words_of(e.data ->> 'title', e.data ->> 'place')), form) > 0 LIMIT most + 1);
  END IF;
  IF hits IS NULL OR cardinality(hits) > most THEN
    RETURN NULL;
  END IF;
  RETURN ARRAY(SELECT f.case_id FROM unnest(hits) AS hit (case_id) JOIN cases.case_file f USING (case_id)
    LEFT JOIN cases.case_party p ON p.case_id = f.case_id AND p.org_id = own_org
      AND reach IN ('line', 'community', 'township', 'county', 'prefecture', 'province')
    WHERE p.org_id IS NOT NULL
      OR reach IN ('cell', 'community', 'township', 'county', 'prefecture', 'province') AND starts_with(f.area_path, base.setting('area_path'))
      OR reach = 'cell' AND f.main_org_id = own_org AND f.handler_id = base.setting_id('account_id'));
END
$$;
COMMENT ON FUNCTION cases.find_files IS 'Files in the scope of the acting post by the start of their number (from four digits), or by what title and place contain (from two characters). NULL: more than `most` in the whole deployment, or no more than a character; then a list is short to walk, for what is common is met soon.';
GRANT CREATE ON SCHEMA cases TO linli_system;
ALTER FUNCTION cases.find_files OWNER TO linli_system;
REVOKE CREATE ON SCHEMA cases FROM linli_system;
REVOKE EXECUTE ON FUNCTION cases.find_files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.find_files TO linli_app;
