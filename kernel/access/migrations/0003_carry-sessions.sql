-- A test clock that jumps takes the sessions along: nobody was away.
GRANT UPDATE (expires_at) ON access.session TO linli_system;
