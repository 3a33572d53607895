ALTER TABLE signals.device ADD COLUMN suspended_from timestamptz;
COMMENT ON COLUMN signals.device.suspended_from IS 'Since when it is suspended: hours before it was mended are judged as ever. Unknown for what was suspended before this was kept.';
