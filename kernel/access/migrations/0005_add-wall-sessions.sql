-- A screen on a wall (大屏) is signed in by a person and then left alone: a session of another kind, a day long, that may only read figures.
ALTER TABLE access.session ADD COLUMN purpose text NOT NULL DEFAULT 'work' CHECK (purpose IN ('work', 'wall'));
COMMENT ON COLUMN access.session.purpose IS 'A wall''s session does not idle out, and is nobody at every route that is not marked for walls.';
CREATE INDEX session_wall ON access.session (account_id) WHERE purpose = 'wall' AND revoked_at IS NULL;
