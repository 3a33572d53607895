-- Who sees that a person is in a care group: which levels of posts, by tag. Whoever does not finds neither the label nor its count.
ALTER TABLE registry.care_tag ADD COLUMN viewers text[] NOT NULL DEFAULT '{cell,community,township,county}'
  CHECK (cardinality(viewers) > 0 AND viewers <@ ARRAY['cell', 'community', 'township', 'county']);
COMMENT ON COLUMN registry.care_tag.viewers IS 'Levels of posts that see this label; what the group says by itself until somebody who sees it decides otherwise.';
SET LOCAL ROLE linli_system;
UPDATE registry.care_tag SET viewers = '{community,township,county}' WHERE care_group = 'family-planning.special';
RESET ROLE;
ALTER TABLE registry.care_tag ALTER COLUMN viewers DROP DEFAULT;

-- Above the county all is seen by whoever is let in at all; no such role works with people today.
CREATE POLICY viewers_only ON registry.care_tag AS RESTRICTIVE FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) = ANY (viewers) OR (SELECT base.setting('reach')) IN ('prefecture', 'province'));
