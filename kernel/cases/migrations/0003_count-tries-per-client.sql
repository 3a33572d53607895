ALTER TABLE cases.look_up_failure ADD COLUMN client bytea NOT NULL DEFAULT '';
ALTER TABLE cases.look_up_failure DROP CONSTRAINT look_up_failure_pkey, ADD PRIMARY KEY (number, hour, client);
COMMENT ON COLUMN cases.look_up_failure.client IS 'Keyed hash of the hour and the network that the try came from: tells clients of one hour apart, and nobody where they are.';
