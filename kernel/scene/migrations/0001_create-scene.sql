CREATE SCHEMA IF NOT EXISTS scene;
GRANT USAGE ON SCHEMA scene TO linli_app, linli_system;

CREATE TABLE scene.scene_switch (
  switch_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scene_key text NOT NULL CHECK (scene_key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  area_id uuid NOT NULL REFERENCES access.area,
  area_path text COLLATE "C" NOT NULL,
  is_on boolean NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  made_by uuid REFERENCES access.account,
  made_at timestamptz NOT NULL
);
COMMENT ON TABLE scene.scene_switch IS 'Switching scenes on and off per area, append-only: of one area the newest row counts, of several areas the nearest above a place. Without any a scene is on. Switching off hides; nothing is ever dropped.';
CREATE INDEX scene_switch_area ON scene.scene_switch (area_path, scene_key, switch_no DESC);

-- The path follows from the area; nobody passes one.
CREATE FUNCTION scene.place_switch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT area_path INTO STRICT NEW.area_path FROM access.area WHERE area_id = NEW.area_id;
  RETURN NEW;
END $$;
CREATE TRIGGER place_switch BEFORE INSERT ON scene.scene_switch FOR EACH ROW EXECUTE FUNCTION scene.place_switch();

GRANT SELECT, INSERT ON scene.scene_switch TO linli_app, linli_system;

-- Which scenes are on is no secret among staff; switching needs the right, and the area must lie in one's own.
ALTER TABLE scene.scene_switch ENABLE ROW LEVEL SECURITY; ALTER TABLE scene.scene_switch FORCE ROW LEVEL SECURITY;
CREATE POLICY read_signed_in ON scene.scene_switch FOR SELECT TO linli_app USING ((SELECT base.setting_id('account_id')) IS NOT NULL);
CREATE POLICY switch_in_area ON scene.scene_switch FOR INSERT TO linli_app
  WITH CHECK (access.may('scene.switch') AND access.in_own_area(area_path) AND made_by = base.setting_id('account_id'));
CREATE POLICY system_all ON scene.scene_switch FOR ALL TO linli_system USING (true) WITH CHECK (true);
