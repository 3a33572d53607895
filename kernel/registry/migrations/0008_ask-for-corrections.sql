-- What the desk asks the owner of a value to correct (更正请求), beside what a visit found: one colleague asks, another decides.
ALTER TABLE registry.correction ALTER COLUMN visit_id DROP NOT NULL;
ALTER TABLE registry.correction ADD COLUMN asked_by uuid;
ALTER TABLE registry.correction ADD COLUMN asked_name text;
ALTER TABLE registry.correction ADD COLUMN basis text;
COMMENT ON COLUMN registry.correction.asked_by IS 'Who at the desk asked; null for what a visit found.';
COMMENT ON COLUMN registry.correction.basis IS 'What the desk goes by, ciphertext under the key of that person.';
ALTER TABLE registry.correction ADD CONSTRAINT correction_of_a_visit_or_of_the_desk
  CHECK ((visit_id IS NULL) = (asked_by IS NOT NULL) AND (asked_by IS NULL) = (basis IS NULL) AND (asked_by IS NULL) = (asked_name IS NULL));
ALTER TABLE registry.correction ADD CONSTRAINT correction_decided_by_another CHECK (settled_by IS DISTINCT FROM asked_by OR settled_by IS NULL);
CREATE UNIQUE INDEX correction_asked_once ON registry.correction (person_id, field) WHERE visit_id IS NULL AND settled_at IS NULL;
