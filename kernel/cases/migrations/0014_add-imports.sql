-- Matters that came over from another system. The batch they came with is kept by the engine that imports (exchange).
CREATE TABLE cases.imported_case (
  case_id uuid PRIMARY KEY REFERENCES cases.case_file ON DELETE CASCADE,
  batch_id uuid NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  source_key text NOT NULL CHECK (source_key <> ''),
  row_hash bytea NOT NULL,
  seq integer NOT NULL,
  CONSTRAINT imported_case_once UNIQUE (source, source_key)
);
COMMENT ON TABLE cases.imported_case IS 'Which row of which other system a matter was: the same row is never brought in twice. Only a row of this table lets a batch be undone.';
COMMENT ON COLUMN cases.imported_case.row_hash IS 'Keyed hash of what the row said, so that a later file with other content is noticed and not taken for the same.';
COMMENT ON COLUMN cases.imported_case.seq IS 'The last entry that the import wrote: a matter with later ones was worked on here, and stays.';
CREATE INDEX imported_case_batch ON cases.imported_case (batch_id, case_id);

GRANT SELECT, INSERT ON cases.imported_case TO linli_system;
ALTER TABLE cases.imported_case ENABLE ROW LEVEL SECURITY; ALTER TABLE cases.imported_case FORCE ROW LEVEL SECURITY;
CREATE POLICY system_reads ON cases.imported_case FOR SELECT TO linli_system USING (true);
-- A matter that was taken in here can never be passed off as an imported one afterwards: its opening is of this very transaction.
CREATE POLICY system_imports ON cases.imported_case FOR INSERT TO linli_system WITH CHECK (
  EXISTS (SELECT FROM cases.case_entry e WHERE e.case_id = imported_case.case_id AND e.seq = 1 AND e.xact_id = pg_current_xact_id()));

-- Undoing a batch. Entries are append-only for both serving roles, and stay so: neither is granted DELETE. Removing goes through one
-- function with the rights of the owner, and the owner is under policies as well: it sees nothing but the batch that the call names, and
-- of that nothing that has gone on since.
CREATE POLICY undone ON cases.imported_case FOR SELECT TO linli_owner USING (batch_id = (SELECT base.setting_id('undone_batch')));
CREATE POLICY undone ON cases.case_file FOR SELECT TO linli_owner USING (
  EXISTS (SELECT FROM cases.imported_case i WHERE i.case_id = case_file.case_id AND i.seq = case_file.seq));
CREATE POLICY undone_gone ON cases.case_file FOR DELETE TO linli_owner USING (
  EXISTS (SELECT FROM cases.imported_case i WHERE i.case_id = case_file.case_id AND i.seq = case_file.seq));
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['case_entry', 'case_clock', 'case_party', 'case_notice'] LOOP
    EXECUTE format('CREATE POLICY undone ON cases.%I FOR SELECT TO linli_owner USING (EXISTS (SELECT FROM cases.case_file f WHERE f.case_id = %1$I.case_id))', name);
    EXECUTE format('CREATE POLICY undone_gone ON cases.%I FOR DELETE TO linli_owner USING (EXISTS (SELECT FROM cases.case_file f WHERE f.case_id = %1$I.case_id))', name);
  END LOOP;
END $$;

CREATE FUNCTION cases.remove_imported(batch uuid, wanted uuid[]) RETURNS TABLE (number text, contact_key_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.undone_batch', batch::text, true);
  DELETE FROM cases.case_notice n WHERE n.case_id = ANY (wanted);
  DELETE FROM cases.case_clock c WHERE c.case_id = ANY (wanted);
  DELETE FROM cases.case_party p WHERE p.case_id = ANY (wanted);
  DELETE FROM cases.case_entry e WHERE e.case_id = ANY (wanted);
  RETURN QUERY DELETE FROM cases.case_file f WHERE f.case_id = ANY (wanted) RETURNING f.number, f.contact_key_id;
  PERFORM set_config('app.undone_batch', '', true);
END
$$;
COMMENT ON FUNCTION cases.remove_imported IS 'Takes imported matters of one batch out again, with everything that the import wrote of them. What has a later entry is not seen and stays.';
REVOKE EXECUTE ON FUNCTION cases.remove_imported FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.remove_imported TO linli_system;
