ALTER TABLE signals.device ADD COLUMN gateway_id uuid REFERENCES signals.device CHECK (gateway_id <> device_id);
COMMENT ON COLUMN signals.device.gateway_id IS 'Through which it sends: when that is away, that it is away too is no alarm of its own.';
CREATE INDEX device_behind_gateway ON signals.device (gateway_id) WHERE gateway_id IS NOT NULL;

ALTER TABLE signals.device_state ADD COLUMN firmware text CHECK (length(firmware) BETWEEN 1 AND 40);
COMMENT ON COLUMN signals.device_state.firmware IS 'As the device said it last, on up/{code}/info.';

ALTER TABLE signals.device_credential ADD COLUMN revoked_for text CHECK (revoked_for IN ('changed', 'retired', 'cloned'));
COMMENT ON COLUMN signals.device_credential.revoked_for IS 'cloned: two held it, so it was shut without asking; a person gives a new one.';
