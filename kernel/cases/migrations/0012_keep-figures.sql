-- What statistics count of a case follows from its entries like every other column: kept with the file, a year of a county is counted from
-- an index alone, where every entry and clock had to be read.
ALTER TABLE cases.case_file ADD COLUMN figures text COLLATE "C", ADD COLUMN running_due timestamptz[], ADD COLUMN known_in integer,
  ADD COLUMN seen_in integer, ADD COLUMN handled_in integer;
ALTER TABLE cases.case_party ADD COLUMN figures text COLLATE "C", ADD COLUMN running_due timestamptz[], ADD COLUMN opened_at timestamptz;
COMMENT ON COLUMN cases.case_file.figures IS 'How often each thing that statistics count happened to it, in letters (define/rates.ts); few texts for many files, so that they are counted in groups. Null: not counted yet, see fillFigures.';
COMMENT ON COLUMN cases.case_file.running_due IS 'Deadlines of the running clocks that figures names last, in that order; which of them are late depends on when one looks.';
COMMENT ON COLUMN cases.case_file.known_in IS 'Seconds from when it arose to when it was reported (第一时间了解); seen_in from there to when it was registered, handled_in to the last result.';
COMMENT ON COLUMN cases.case_party.figures IS 'What of the figures is told of this organization: the matters it was charged with last, and every dispatch to it.';
-- Not even the owner sees a row while the policies are forced on it.
ALTER TABLE cases.case_file NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases.case_party NO FORCE ROW LEVEL SECURITY;
UPDATE cases.case_party p SET opened_at = f.opened_at FROM cases.case_file f WHERE f.case_id = p.case_id;
ALTER TABLE cases.case_party ALTER COLUMN opened_at SET NOT NULL;
ALTER TABLE cases.case_file FORCE ROW LEVEL SECURITY;
ALTER TABLE cases.case_party FORCE ROW LEVEL SECURITY;

-- Counting reads nothing but these: by county for the whole of it, by township for everything below, by organization for a line post.
CREATE INDEX case_file_figures_of_county ON cases.case_file (county_id, kind, opened_at) INCLUDE (township_id, case_id, figures, running_due);
CREATE INDEX case_file_figures_of_township ON cases.case_file (township_id, kind, opened_at)
  INCLUDE (community_id, cell_id, case_id, figures, running_due, known_in, seen_in, handled_in);
CREATE INDEX case_party_figures ON cases.case_party (org_id, kind, opened_at) INCLUDE (case_id, figures, running_due);
CREATE INDEX case_file_uncounted ON cases.case_file (case_id) WHERE figures IS NULL;
