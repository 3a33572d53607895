CREATE SCHEMA IF NOT EXISTS cases;
GRANT USAGE ON SCHEMA cases TO linli_app, linli_system;

-- One number for every matter, whatever its kind or channel; gaps are allowed, a global lock is not.
CREATE SEQUENCE cases.case_number AS bigint CACHE 20;

CREATE TABLE cases.case_file (
  case_id uuid PRIMARY KEY,
  number text NOT NULL CONSTRAINT case_file_number_once UNIQUE,
  kind text NOT NULL,
  case_type text NOT NULL,
  title text NOT NULL,
  category text,
  appeal_type text,
  channel text NOT NULL,
  place text,
  lon double precision,
  lat double precision,
  area_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  county_id uuid,
  township_id uuid,
  community_id uuid,
  cell_id uuid,
  stage text NOT NULL,
  queue text,
  status text NOT NULL CHECK (status IN ('open', 'closed', 'withdrawn')),
  holder text NOT NULL CHECK (holder IN ('desk', 'main', 'none')),
  main_org_id uuid,
  handler_id uuid,
  round integer NOT NULL DEFAULT 1,
  extension text NOT NULL DEFAULT 'none',
  score smallint CHECK (score BETWEEN 1 AND 5),
  seq integer NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  clock_key text,
  clock_started_at timestamptz,
  due_at timestamptz,
  amber_at timestamptz,
  paused_until timestamptz,
  pause_reason text,
  outer_due_at timestamptz,
  contact_key_id uuid,
  reporter_sealed boolean NOT NULL DEFAULT false,
  contact_erased_at timestamptz,
  tail_hash bytea NOT NULL,
  code_hash bytea NOT NULL CONSTRAINT case_file_code_once UNIQUE,
  list_due_at timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(due_at, 'infinity')) STORED
);
COMMENT ON TABLE cases.case_file IS 'One matter taken in (事项): the projection of its entries, kept for lists. A test rebuilds it from case_entry.';
COMMENT ON COLUMN cases.case_file.due_at IS 'Deadline of whoever holds the case now; outer_due_at is the promise to the resident.';
COMMENT ON COLUMN cases.case_file.list_due_at IS 'What lists are sorted by. A column, for under row level security an index is not asked about an expression.';
-- A list is one level, one status, by deadline; what has none comes last, and a page goes on from any row of it.
CREATE INDEX case_file_by_cell ON cases.case_file (cell_id, status, list_due_at, case_id);
CREATE INDEX case_file_by_community ON cases.case_file (community_id, status, list_due_at, case_id);
CREATE INDEX case_file_by_township ON cases.case_file (township_id, status, list_due_at, case_id);
CREATE INDEX case_file_by_county ON cases.case_file (county_id, status, list_due_at, case_id);
-- The desk has lists of its own, so that an empty one is as fast as a full one.
CREATE INDEX case_file_desk_of_community ON cases.case_file (community_id, list_due_at, case_id) WHERE status = 'open' AND queue IN ('accept', 'dispatch');
CREATE INDEX case_file_desk_of_township ON cases.case_file (township_id, list_due_at, case_id) WHERE status = 'open' AND queue IN ('accept', 'dispatch');
-- Only open cases wait in a queue; the planner would take the two for independent and expect a tenth of what there is.
CREATE STATISTICS cases.case_file_queue_of_status (mcv) ON status, queue FROM cases.case_file;

CREATE TABLE cases.case_entry (
  case_id uuid NOT NULL REFERENCES cases.case_file,
  seq integer NOT NULL CHECK (seq >= 1),
  move text NOT NULL,
  stage text NOT NULL,
  data jsonb NOT NULL,
  account_id uuid,
  post_id uuid,
  org_id uuid,
  made_at timestamptz NOT NULL,
  xact_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT case_entry_one_writer PRIMARY KEY (case_id, seq)
);
COMMENT ON TABLE cases.case_entry IS 'The truth about a case, append-only: nobody may update or delete. Personal values in data are ciphertext under the key of the person.';

CREATE TABLE cases.case_party (
  case_id uuid NOT NULL REFERENCES cases.case_file,
  org_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('main', 'co', 'former')),
  area_path text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  stage text NOT NULL,
  due_at timestamptz,
  list_due_at timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(due_at, 'infinity')) STORED,
  PRIMARY KEY (case_id, org_id)
);
COMMENT ON TABLE cases.case_party IS 'Which organizations see a file by working on it (条); carries what their list is sorted and filtered by.';
CREATE INDEX case_party_inbox ON cases.case_party (org_id, status, list_due_at, case_id);

CREATE TABLE cases.case_clock (
  case_id uuid NOT NULL REFERENCES cases.case_file,
  clock_key text NOT NULL,
  round integer NOT NULL,
  org_id uuid,
  started_at timestamptz NOT NULL,
  due_at timestamptz,
  amber_at timestamptz,
  stopped_at timestamptz,
  next_level integer,
  next_notice_at timestamptz,
  PRIMARY KEY (case_id, clock_key, round)
);
COMMENT ON TABLE cases.case_clock IS 'Every clock of a case as last computed from its entries, and when somebody must next be told.';
CREATE INDEX case_clock_due_notice ON cases.case_clock (next_notice_at) WHERE stopped_at IS NULL AND next_notice_at IS NOT NULL;

CREATE TABLE cases.case_notice (
  case_id uuid NOT NULL REFERENCES cases.case_file,
  clock_key text NOT NULL,
  round integer NOT NULL,
  level integer NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, clock_key, round, level)
);
COMMENT ON TABLE cases.case_notice IS 'A reminder or escalation is sent once per clock and level, whoever asks and however often.';

CREATE TABLE cases.case_rating (
  case_id uuid NOT NULL REFERENCES cases.case_file,
  seq integer NOT NULL,
  org_id uuid,
  score smallint NOT NULL CHECK (score BETWEEN 1 AND 5),
  rated_at timestamptz NOT NULL,
  rectified_at timestamptz,
  CONSTRAINT case_rating_once PRIMARY KEY (case_id, seq)
);
COMMENT ON TABLE cases.case_rating IS 'Ratings (好差评): the projection of rating entries. A reopened case keeps its earlier ones; none is ever deleted.';
COMMENT ON COLUMN cases.case_rating.org_id IS 'Who had handled the matter when it was rated; a later dispatch does not move an old rating to another unit.';
COMMENT ON COLUMN cases.case_rating.rectified_at IS 'When somebody outside that unit verified the rectification of a bad one.';
CREATE INDEX case_rating_published ON cases.case_rating (rated_at, org_id);

CREATE TABLE cases.look_up_failure (
  number text NOT NULL,
  hour timestamptz NOT NULL,
  failures integer NOT NULL,
  PRIMARY KEY (number, hour)
);
COMMENT ON TABLE cases.look_up_failure IS 'Wrong tails per number and hour, so that four digits cannot be tried through.';

CREATE TABLE cases.contact_view (
  view_id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases.case_file,
  account_id uuid NOT NULL,
  org_id uuid,
  by_name text NOT NULL,
  reason text NOT NULL,
  fields text[] NOT NULL,
  viewed_at timestamptz NOT NULL
);
COMMENT ON TABLE cases.contact_view IS 'Who looked at a reporter''s contact and why; the reporter can read it.';
CREATE INDEX contact_view_case ON cases.contact_view (case_id, viewed_at);
CREATE INDEX contact_view_account ON cases.contact_view (account_id, viewed_at);

CREATE TABLE cases.duty (
  duty_id uuid PRIMARY KEY,
  category text NOT NULL,
  org_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  standing text NOT NULL DEFAULT 'basic' CHECK (standing IN ('basic', 'cooperating', 'withdrawn')),
  clause_no text NOT NULL,
  clause text NOT NULL,
  document text NOT NULL,
  words text[] NOT NULL DEFAULT '{}',
  valid_from date NOT NULL,
  valid_to date
);
COMMENT ON TABLE cases.duty IS 'Duty list (履行职责事项清单): who answers for a category in an area, by which clause. A withdrawn duty is never suggested downward.';
CREATE INDEX duty_by_category ON cases.duty (category);

-- Rights: requests read and append; projections are written by the platform from the entries.
GRANT SELECT, INSERT ON cases.case_file, cases.case_entry, cases.case_clock TO linli_app;
GRANT SELECT ON cases.case_party, cases.duty, cases.contact_view TO linli_app;
GRANT INSERT ON cases.contact_view TO linli_app;
GRANT USAGE ON SEQUENCE cases.case_number TO linli_app, linli_system;
-- Ratings are published by the platform, per unit and never per case: requests have no right to them here.
GRANT SELECT, INSERT, UPDATE ON cases.case_file, cases.case_party, cases.case_clock, cases.case_rating, cases.look_up_failure, cases.duty TO linli_system;
GRANT SELECT, INSERT ON cases.case_entry, cases.case_notice, cases.contact_view TO linli_system;
GRANT DELETE ON cases.look_up_failure TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['case_file', 'case_entry', 'case_party', 'case_clock', 'case_notice', 'case_rating', 'look_up_failure', 'contact_view', 'duty'] LOOP
    EXECUTE format('ALTER TABLE cases.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE cases.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON cases.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

-- The guard. Lists also name their level column by equality, so that the index does the work and this only confirms it.
CREATE POLICY territory_reads ON cases.case_file FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
CREATE POLICY party_reads ON cases.case_file FOR SELECT TO linli_app USING (
  EXISTS (SELECT 1 FROM cases.case_party p WHERE p.case_id = case_file.case_id AND p.org_id = (SELECT base.setting_id('org_id'))));
-- A committee's grid workers see their own cells, not all that the committee was given; who was handed a case of another cell sees that one.
CREATE POLICY handler_reads ON cases.case_file FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) = 'cell' AND main_org_id = (SELECT base.setting_id('org_id')) AND handler_id = (SELECT base.setting_id('account_id')));
CREATE POLICY opens_in_reach ON cases.case_file FOR INSERT TO linli_app WITH CHECK (
  seq = 1 AND ((SELECT base.setting('reach')) = 'public'
    OR ((SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
      AND starts_with(area_path, (SELECT base.setting('area_path'))))));

CREATE POLICY through_file ON cases.case_entry FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM cases.case_file f WHERE f.case_id = case_entry.case_id));
-- Only an opening, only in one's own name; `seq` is unique, so a case that is open cannot be opened again.
CREATE POLICY opens ON cases.case_entry FOR INSERT TO linli_app WITH CHECK (
  seq = 1 AND account_id IS NOT DISTINCT FROM (SELECT base.setting_id('account_id'))
  AND (SELECT base.setting('reach')) IN ('public', 'cell', 'community', 'township', 'county', 'prefecture', 'province'));
CREATE POLICY through_file ON cases.case_clock FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM cases.case_file f WHERE f.case_id = case_clock.case_id));
CREATE POLICY opens ON cases.case_clock FOR INSERT TO linli_app WITH CHECK (
  round = 1 AND (SELECT base.setting('reach')) IN ('public', 'cell', 'community', 'township', 'county', 'prefecture', 'province'));
CREATE POLICY territory_reads ON cases.case_party FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('cell', 'community', 'township', 'county', 'prefecture', 'province')
  AND starts_with(area_path, (SELECT base.setting('area_path'))));
CREATE POLICY own_organization_reads ON cases.case_party FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) IN ('line', 'community', 'township', 'county', 'prefecture', 'province')
  AND org_id = (SELECT base.setting_id('org_id')));
CREATE POLICY through_file ON cases.contact_view FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM cases.case_file f WHERE f.case_id = contact_view.case_id));
CREATE POLICY own_view ON cases.contact_view FOR INSERT TO linli_app WITH CHECK (
  account_id = (SELECT base.setting_id('account_id')) AND org_id IS NOT DISTINCT FROM (SELECT base.setting_id('org_id'))
  AND EXISTS (SELECT 1 FROM cases.case_file f WHERE f.case_id = contact_view.case_id));
CREATE POLICY staff_reads ON cases.duty FOR SELECT TO linli_app USING ((SELECT base.setting('account_id')) IS NOT NULL);
