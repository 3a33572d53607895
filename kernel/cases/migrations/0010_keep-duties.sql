-- A line of a duty list is never deleted: it ends on a day, and what follows it is a line of its own that names it.
ALTER TABLE cases.duty ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE cases.duty ADD COLUMN replaces uuid REFERENCES cases.duty;
-- `1.10` comes after `1.9`.
ALTER TABLE cases.duty ADD COLUMN clause_order text COLLATE "C" NOT NULL
  GENERATED ALWAYS AS (regexp_replace(regexp_replace(clause_no, '(\d+)', '00000\1', 'g'), '\d*(\d{6})(?!\d)', '\1', 'g')) STORED;
ALTER TABLE cases.duty ADD CONSTRAINT duty_ends_after_it_began CHECK (valid_to IS NULL OR valid_to >= valid_from);
CREATE UNIQUE INDEX duty_replaced_once ON cases.duty (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX duty_by_organization ON cases.duty (org_id, category);
CREATE INDEX duty_by_area ON cases.duty (area_path, clause_order, valid_from, duty_id);
COMMENT ON COLUMN cases.duty.version IS 'Raised by each change of the line; who proposes a change names the one he saw.';
COMMENT ON COLUMN cases.duty.replaces IS 'The line that this one took the place of when a change was confirmed.';
COMMENT ON COLUMN cases.duty.valid_to IS 'The first day on which it is not in force any more, in Asia/Shanghai; null while no end is known.';

-- The lists of the places above and below one's own: a community reads what its township and county do, a county what its communities do.
DROP POLICY staff_reads ON cases.duty;
CREATE POLICY own_places_read ON cases.duty FOR SELECT TO linli_app USING (
  starts_with(area_path, (SELECT base.setting('area_path'))) OR starts_with((SELECT base.setting('area_path')), area_path));

CREATE TABLE cases.duty_change (
  change_id uuid PRIMARY KEY,
  change text NOT NULL CHECK (change IN ('add', 'amend', 'end')),
  area_path text COLLATE "C" NOT NULL,
  duty_id uuid REFERENCES cases.duty,
  duty_version integer,
  draft jsonb,
  effective_on date NOT NULL,
  reason text NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_name text NOT NULL,
  proposed_org_id uuid,
  proposed_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'confirmed', 'refused', 'takenBack')),
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  new_duty_id uuid REFERENCES cases.duty,
  CONSTRAINT duty_change_names_its_line CHECK ((change = 'add') = (duty_id IS NULL) AND (duty_id IS NULL) = (duty_version IS NULL)),
  CONSTRAINT duty_change_has_its_draft CHECK ((change = 'end') = (draft IS NULL)),
  CONSTRAINT duty_change_decided CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CONSTRAINT duty_change_by_two CHECK (state NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by)
);
COMMENT ON TABLE cases.duty_change IS 'Changes of the duty lists: one proposes, another decides, and both stay on record.';
CREATE UNIQUE INDEX duty_change_one_at_a_time ON cases.duty_change (duty_id) WHERE state = 'proposed' AND duty_id IS NOT NULL;
CREATE INDEX duty_change_of_area ON cases.duty_change (area_path, state, proposed_at);

-- What was asked for and refused at once, for the duty list has withdrawn it: such requests open no case, but they are counted.
CREATE TABLE cases.opening_refusal (
  refusal_id uuid PRIMARY KEY,
  kind text NOT NULL,
  case_type text NOT NULL,
  duty_id uuid NOT NULL REFERENCES cases.duty,
  org_id uuid,
  account_id uuid,
  area_path text COLLATE "C" NOT NULL,
  refused_at timestamptz NOT NULL
);
COMMENT ON TABLE cases.opening_refusal IS 'Openings refused by a line of the duty list: counted by place, never by person; nothing of what was asked is kept.';
CREATE INDEX opening_refusal_counted ON cases.opening_refusal (kind, refused_at);

-- By which line of the duty lists a matter was last sent or asked, and who of the staff's organizations asked for it.
ALTER TABLE cases.case_file ADD COLUMN duty_id uuid REFERENCES cases.duty, ADD COLUMN requester_org_id uuid;
COMMENT ON COLUMN cases.case_file.duty_id IS 'The line of the duty list that it was last sent by; null where none says so.';
COMMENT ON COLUMN cases.case_file.requester_org_id IS 'The organization that asks another one for assistance; null for every other kind of work.';
CREATE INDEX case_file_by_duty ON cases.case_file (duty_id, list_due_at, case_id) WHERE duty_id IS NOT NULL;
ALTER TABLE cases.case_file DROP CONSTRAINT case_file_holder_known;
ALTER TABLE cases.case_file ADD CONSTRAINT case_file_holder_known CHECK (holder IN ('desk', 'main', 'requester', 'superior', 'none'));
ALTER TABLE cases.case_party DROP CONSTRAINT case_party_role_check;
ALTER TABLE cases.case_party ADD CONSTRAINT case_party_role_known CHECK (role IN ('main', 'co', 'requester', 'former'));
-- Dispatches that were given back, by the line of the list that they had been sent by.
CREATE INDEX case_entry_by_duty ON cases.case_entry ((data ->> 'dutyId'), made_at) WHERE data ? 'dutyId';

GRANT SELECT, INSERT ON cases.duty_change TO linli_app;
GRANT SELECT ON cases.opening_refusal TO linli_app;
GRANT SELECT, INSERT, UPDATE ON cases.duty_change TO linli_system;
GRANT SELECT, INSERT ON cases.opening_refusal TO linli_system;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['duty_change', 'opening_refusal'] LOOP
    EXECUTE format('ALTER TABLE cases.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE cases.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON cases.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
CREATE POLICY territory_reads ON cases.duty_change FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
-- A proposal, in one's own name and of one's own place; nobody decides by writing it so.
CREATE POLICY proposes ON cases.duty_change FOR INSERT TO linli_app WITH CHECK (
  state = 'proposed' AND proposed_by = (SELECT base.setting_id('account_id'))
  AND (SELECT base.setting('reach')) IN ('township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
CREATE POLICY territory_reads ON cases.opening_refusal FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
CREATE POLICY own_organization_reads ON cases.opening_refusal FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('line', 'community', 'township', 'county', 'prefecture', 'province') AND org_id = (SELECT base.setting_id('org_id')));
