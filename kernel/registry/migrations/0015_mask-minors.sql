-- Minors are shown by their surname alone (standards 7.4), and age moves by itself. Masks are stored, so that every list, export and copy
-- has one and the same; of a minor the mask of an adult waits here for the day.
CREATE TABLE registry.minor (
  person_id uuid PRIMARY KEY REFERENCES registry.person,
  of_age_on date NOT NULL,
  name text NOT NULL
);
COMMENT ON TABLE registry.minor IS 'People who are minors (未成年人), and the mask of their name from the day on which they are of age. For the platform alone: the day says the date of birth.';
COMMENT ON COLUMN registry.minor.of_age_on IS 'The eighteenth birthday; for files from before this table the first of the January after it, until the file is written again.';
COMMENT ON COLUMN registry.minor.name IS 'The masked name of an adult: 张*明.';
CREATE INDEX minor_of_age ON registry.minor (of_age_on);
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.minor TO linli_system;
ALTER TABLE registry.minor ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.minor FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON registry.minor FOR ALL TO linli_system USING (true) WITH CHECK (true);

-- Of files that are there the year of birth alone stands in clear: whoever may be a minor is shown as one.
SET LOCAL ROLE linli_system;
INSERT INTO registry.minor (person_id, of_age_on, name)
SELECT person_id, make_date(birth_year + 19, 1, 1), masked ->> 'name' FROM registry.person
WHERE birth_year + 18 >= date_part('year', now()) AND coalesce(masked ->> 'name', '') <> '';
UPDATE registry.person p SET masked = p.masked || jsonb_build_object('name', regexp_replace(m.name, '^(.[^*]?)\*.*$|^\*$', '\1某'))
FROM registry.minor m WHERE m.person_id = p.person_id;
RESET ROLE;
