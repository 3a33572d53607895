ALTER TABLE signals.device_credential
  ALTER COLUMN secret_hash DROP NOT NULL,
  ADD COLUMN certificate_hash bytea CONSTRAINT device_credential_certificate_once UNIQUE CHECK (length(certificate_hash) = 32),
  ADD COLUMN certificate_name text CHECK (length(certificate_name) <= 200),
  ADD COLUMN certificate_until timestamptz,
  ADD CONSTRAINT device_credential_is_one_key CHECK (num_nonnulls(secret_hash, certificate_hash) = 1),
  ADD CONSTRAINT device_credential_certificate_ends CHECK ((certificate_hash IS NULL) = (certificate_until IS NULL));
COMMENT ON TABLE signals.device_credential IS 'The one key that opens each device: a secret of 256 random bits, shown once and kept as a hash under the master key, or a certificate of its own. A revoked one opens nothing.';
COMMENT ON COLUMN signals.device_credential.certificate_hash IS 'SHA-256 of the certificate (DER). One that was registered once is never taken again, for this device or another: what was revoked may be in strange hands.';
COMMENT ON COLUMN signals.device_credential.certificate_name IS 'Its subject, as it says itself; for people to read, nothing is decided by it.';

ALTER TABLE signals.device_state ADD COLUMN taken_over timestamptz[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN signals.device_state.taken_over IS 'When young sessions of it were ended by another lately, in whichever process: so many within ten minutes, and two say that they are it.';
