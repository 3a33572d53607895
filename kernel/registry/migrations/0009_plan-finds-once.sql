-- What finds a person is one lookup in one index whatever is asked, so it is planned once for a connection: planning took longer than finding.
SET LOCAL ROLE linli_system;
ALTER FUNCTION registry.find_persons SET plan_cache_mode = 'force_generic_plan';
RESET ROLE;

-- Most people type an address from its beginning. That is one place in an ordered index, where pairs of characters are a list for each pair:
-- who writes "小区" or "单元" has typed what nearly every address contains.
CREATE INDEX address_search_form ON registry.address ((base.search_form(full_name) COLLATE "C"));
