-- Everything that can be done online can be done by telephone, so whoever reports must find the number of the office that serves the place.
ALTER TABLE access.organization ADD COLUMN phone text CONSTRAINT organization_phone_dialable CHECK (phone ~ '^[0-9][0-9-]{1,18}[0-9]$');
COMMENT ON COLUMN access.organization.phone IS 'The number that the office answers for the public, digits and dashes; open to everybody. Null where it answers none.';
GRANT UPDATE (phone) ON access.organization TO linli_system;
