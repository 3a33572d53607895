-- The roles and extensions Linli needs, for PostgreSQL 15 or newer. Run once by a superuser inside the database:
--
--   createdb --encoding=UTF8 --template=template0 linli      (16+: --locale-provider=icu --icu-locale=zh-Hans-CN)
--   psql -d linli -f deploy/roles.sql
--   psql -d linli -c '\password linli_owner' -c '\password linli'
--
-- then   DATABASE_OWNER_URL=postgresql://linli_owner:…@host/linli   (migrations)
--        DATABASE_URL=postgresql://linli:…@host/linli               (serving)
--
-- It may be run again: what is there stays. The embedded database runs the same file.

DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('linli_owner', 'LOGIN NOINHERIT'),
      ('linli_app', 'NOLOGIN'),
      ('linli_system', 'NOLOGIN'),
      ('linli', 'LOGIN NOINHERIT')
    ) AS role (name, attributes)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
      EXECUTE format('CREATE ROLE %I %s NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted.name, wanted.attributes);
    END IF;
  END LOOP;
END
$$;

-- linli may become either role in a transaction, and has the rights of neither until it does: it is NOINHERIT.
-- From PostgreSQL 16 on this means WITH SET TRUE, INHERIT FALSE; 15 does not know the words, but means the same.
GRANT linli_app, linli_system TO linli;
-- Searches are functions with the rights of linli_system that ask for the scope themselves; who migrates must be able to hand them over.
GRANT linli_system TO linli_owner;

DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I OWNER TO linli_owner', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO linli', current_database());
END
$$;

ALTER SCHEMA public OWNER TO linli_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO linli, linli_app, linli_system;

COMMENT ON ROLE linli_owner IS 'owns the schemas; used by migrations only';
COMMENT ON ROLE linli_app IS 'what a request may do; row level security applies';
COMMENT ON ROLE linli_system IS 'what the workers may do: outbox, jobs, sealer';
COMMENT ON ROLE linli IS 'the serving login; becomes linli_app or linli_system in each transaction';

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
