-- The alarms of one person, for the file of that person.
CREATE INDEX episode_of_subject ON signals.episode (subject_id, raised_at DESC, episode_id DESC);
