-- A call for help from the person's own phone may say where; that is kept with the open alarm and nowhere else.
ALTER TABLE signals.episode ADD COLUMN caller_position jsonb,
  ADD CONSTRAINT episode_forgets_position CHECK (settled_at IS NULL OR caller_position IS NULL);
COMMENT ON COLUMN signals.episode.caller_position IS 'Where the phone was that called, while the alarm is open. Not in the entries: it ends with the alarm.';
