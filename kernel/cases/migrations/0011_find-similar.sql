-- What came in lately in one community: among these another report of the same matter is looked for. Only leakproof operators, so that the
-- policies let the index work (decision 0009 is about words, which are compared afterwards).
CREATE INDEX case_file_recent ON cases.case_file (community_id, opened_at);

CREATE FUNCTION cases.count_reporters(matter uuid) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  RETURN 1 + (SELECT count(*)::integer FROM cases.case_file f WHERE f.merged_into = matter);
COMMENT ON FUNCTION cases.count_reporters IS 'How many reports a matter is, with those merged into it. Also for who sees the matter and not each report: a number, of a file that the policies have shown.';
GRANT CREATE ON SCHEMA cases TO linli_system;
ALTER FUNCTION cases.count_reporters OWNER TO linli_system;
REVOKE CREATE ON SCHEMA cases FROM linli_system;
REVOKE EXECUTE ON FUNCTION cases.count_reporters FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.count_reporters TO linli_app, linli_system;
