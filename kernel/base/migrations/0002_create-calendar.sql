-- The working calendar: public holiday notices, the same for everyone, so no row level security. Imported by the owner, never by a request.
CREATE TABLE base.calendar_year (
  year integer PRIMARY KEY CONSTRAINT calendar_year_plausible CHECK (year BETWEEN 1949 AND 2999),
  source text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE base.calendar_year IS 'Years whose yearly holiday notice is known. A deadline that needs another year is refused loudly, never guessed.';

CREATE TABLE base.calendar_day (
  day date PRIMARY KEY,
  is_working boolean NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  year integer NOT NULL GENERATED ALWAYS AS (extract(year FROM day)::integer) STORED,
  CONSTRAINT calendar_day_of_known_year FOREIGN KEY (year) REFERENCES base.calendar_year (year) ON DELETE CASCADE
);
COMMENT ON TABLE base.calendar_day IS 'Days that differ from Monday to Friday: holidays (法定节假日) and make-up working days (调休).';

GRANT SELECT ON base.calendar_year, base.calendar_day TO linli_app, linli_system;
