-- A list of divisions has six hundred thousand rows: what follows from the parent is worked out once per statement there, and checked here once per statement.
DROP TRIGGER place_area ON access.area;
CREATE TRIGGER place_area BEFORE INSERT ON access.area FOR EACH ROW WHEN (NEW.area_path IS NULL) EXECUTE FUNCTION access.place_area();

-- The plan is kept for the session, and may have been made when the table was empty: it must go by the index all the same.
CREATE FUNCTION access.check_area_place() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  wrong record;
  levels constant text[] := ARRAY['province', 'prefecture', 'county', 'township', 'community', 'cell'];
BEGIN
  SELECT made.code, made.level, above.level AS above,
    array_position(levels, above.level) >= array_position(levels, made.level) AND NOT (above.level = 'cell' AND made.kind = 'micro_cell') AS is_upside_down
  INTO wrong FROM made LEFT JOIN access.area above ON above.area_id = made.parent_id
  WHERE made.area_path <> coalesce(above.area_path, '/') || made.short_id || '/'
    OR made.parent_id IS DISTINCT FROM above.area_id
    OR made.county_id IS DISTINCT FROM CASE WHEN made.level = 'county' THEN made.area_id ELSE above.county_id END
    OR made.township_id IS DISTINCT FROM CASE WHEN made.level = 'township' THEN made.area_id ELSE above.township_id END
    OR made.community_id IS DISTINCT FROM CASE WHEN made.level = 'community' THEN made.area_id ELSE above.community_id END
    OR made.cell_id IS DISTINCT FROM CASE WHEN made.level = 'cell' THEN coalesce(above.cell_id, made.area_id) END
    OR array_position(levels, above.level) >= array_position(levels, made.level) AND NOT (above.level = 'cell' AND made.kind = 'micro_cell')
  LIMIT 1;
  IF wrong.is_upside_down THEN
    RAISE EXCEPTION 'a % cannot lie in a %', wrong.level, wrong.above USING ERRCODE = 'check_violation', CONSTRAINT = 'area_below_parent';
  ELSIF wrong.code IS NOT NULL THEN
    RAISE EXCEPTION 'the place of area % does not follow from its parent', wrong.code USING ERRCODE = 'check_violation', CONSTRAINT = 'area_place_of_parent';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_area_place AFTER INSERT ON access.area REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION access.check_area_place();

DROP TRIGGER note_area_code ON access.area;
CREATE OR REPLACE FUNCTION access.note_area_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO access.area_code (area_id, code, valid_from) SELECT area_id, code, valid_from FROM made;
  RETURN NULL;
END $$;
CREATE TRIGGER note_area_code AFTER INSERT ON access.area REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION access.note_area_code();

-- The code may change, its history must tell the same.
ALTER TABLE access.area_code ADD COLUMN name text CONSTRAINT area_code_named CHECK (name <> '');
COMMENT ON COLUMN access.area_code.name IS 'The name the area had with this code in these years, noted when they end; null while they last (area.name).';
CREATE FUNCTION access.keep_area_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM access.area_code WHERE area_id = NEW.area_id AND code = NEW.code AND valid_to IS NULL) THEN
    RAISE EXCEPTION 'the code of area % is not the one in force in its history', NEW.code USING ERRCODE = 'check_violation', CONSTRAINT = 'area_code_in_history';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_area_code AFTER UPDATE OF code ON access.area FOR EACH ROW WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION access.keep_area_code();
GRANT USAGE ON SEQUENCE access.area_short_id_seq TO linli_system;
GRANT UPDATE (code, kind) ON access.area TO linli_system;
GRANT UPDATE (valid_to, name) ON access.area_code TO linli_system;

CREATE TABLE access.area_successor (
  old_area_id uuid NOT NULL REFERENCES access.area,
  new_area_id uuid NOT NULL REFERENCES access.area,
  share numeric(5, 4) CHECK (share > 0 AND share <= 1),
  valid_from date NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  made_at timestamptz NOT NULL,
  CONSTRAINT area_successor_once PRIMARY KEY (old_area_id, new_area_id),
  CONSTRAINT area_successor_other CHECK (old_area_id <> new_area_id)
);
COMMENT ON TABLE access.area_successor IS 'What became of an area that was merged, split or moved. Its rows elsewhere keep its id and path; this names where they belong now.';
COMMENT ON COLUMN access.area_successor.share IS 'Part of the old area that went there, where the source says so.';
COMMENT ON COLUMN access.area_successor.source IS 'The list that said so, by the name of its file.';
CREATE INDEX area_successor_new ON access.area_successor (new_area_id);

GRANT SELECT ON access.area_successor TO linli_app;
GRANT SELECT, INSERT ON access.area_successor TO linli_system;
ALTER TABLE access.area_successor ENABLE ROW LEVEL SECURITY; ALTER TABLE access.area_successor FORCE ROW LEVEL SECURITY;
CREATE POLICY read ON access.area_successor FOR SELECT TO linli_app USING (base.setting('reach') IS NOT NULL);
CREATE POLICY system_all ON access.area_successor FOR ALL TO linli_system USING (true) WITH CHECK (true);
