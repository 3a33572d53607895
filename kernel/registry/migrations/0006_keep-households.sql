CREATE TABLE registry.residence (
  person_id uuid NOT NULL REFERENCES registry.person,
  seq integer NOT NULL,
  address_id uuid NOT NULL REFERENCES registry.address,
  residence text NOT NULL CHECK (residence IN ('owner', 'tenant', 'family', 'other')),
  source text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  CONSTRAINT residence_once PRIMARY KEY (person_id, seq)
);
COMMENT ON TABLE registry.residence IS 'Who lived in which dwelling from when until when (人房关联), each with its source: what the entries of the people say, by dwelling.';
CREATE INDEX residence_address ON registry.residence (address_id, valid_from);

CREATE TABLE registry.household (
  household_id uuid PRIMARY KEY,
  address_id uuid NOT NULL REFERENCES registry.address
);
COMMENT ON TABLE registry.household IS 'A household (户) in a dwelling: people who live and keep house together. A dwelling can hold several, and one that moves is a new one.';
CREATE INDEX household_address ON registry.household (address_id);

CREATE TABLE registry.household_member (
  household_id uuid NOT NULL REFERENCES registry.household,
  person_id uuid NOT NULL REFERENCES registry.person,
  seq integer NOT NULL,
  role text NOT NULL CHECK (role IN ('head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'other')),
  source text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  CONSTRAINT household_member_once PRIMARY KEY (person_id, seq)
);
COMMENT ON TABLE registry.household_member IS 'Who belongs to a household, as what to its head, from when until when. Moving out and death end it.';
CREATE INDEX household_member_household ON registry.household_member (household_id);

CREATE TABLE registry.relation (
  relation_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES registry.person,
  other_id uuid NOT NULL REFERENCES registry.person,
  kind text NOT NULL CHECK (kind IN ('spouse', 'child', 'parent', 'sibling', 'guardian', 'other')),
  source text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE registry.relation IS 'What one person is to another (亲属关系), with source and days: `other_id` is the child, spouse or guardian of `person_id`. The other file shows it from its side.';
CREATE INDEX relation_person ON registry.relation (person_id);
CREATE INDEX relation_other ON registry.relation (other_id);

ALTER TABLE registry.person DROP CONSTRAINT person_status_check;
ALTER TABLE registry.person ADD CONSTRAINT person_status_check CHECK (status IN ('here', 'away', 'died', 'merged'));
ALTER TABLE registry.person ADD COLUMN merged_into uuid REFERENCES registry.person;
ALTER TABLE registry.person ADD CONSTRAINT person_merged_somewhere CHECK ((status = 'merged') = (merged_into IS NOT NULL));
COMMENT ON COLUMN registry.person.merged_into IS 'The file that this one of the same person was put into (并档): it is found and goes on there, until the two are taken apart again.';

GRANT SELECT ON registry.residence, registry.household, registry.household_member, registry.relation TO linli_app;
GRANT SELECT, INSERT, UPDATE ON registry.residence, registry.household, registry.household_member, registry.relation TO linli_system;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['residence', 'household', 'household_member', 'relation'] LOOP
    EXECUTE format('ALTER TABLE registry.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE registry.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY system_all ON registry.%I FOR ALL TO linli_system USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
CREATE POLICY through_person ON registry.residence FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = residence.person_id));
CREATE POLICY through_person ON registry.household_member FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = household_member.person_id));
CREATE POLICY through_person ON registry.relation FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.person p WHERE p.person_id = relation.person_id));
CREATE POLICY through_address ON registry.household FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM registry.address a WHERE a.address_id = household.address_id));

-- Who moved in before dwellings kept their own list.
SET LOCAL ROLE linli_system;
INSERT INTO registry.residence (person_id, seq, address_id, residence, source, valid_from, valid_to)
SELECT e.person_id, e.seq, (e.data ->> 'addressId')::uuid, e.data ->> 'residence', e.source, (e.data ->> 'on')::date,
  greatest((e.data ->> 'on')::date, (SELECT (f.data ->> 'on')::date FROM registry.person_entry f
    WHERE f.person_id = e.person_id AND f.seq > e.seq AND f.change IN ('movedIn', 'movedOut', 'died') ORDER BY f.seq LIMIT 1))
FROM registry.person_entry e WHERE e.change = 'movedIn';
RESET ROLE;
