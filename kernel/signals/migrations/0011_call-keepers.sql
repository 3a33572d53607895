-- A property company is called to smoke in its corridors (IOT-08): whoever is called sees the alarm and answers it.
ALTER TABLE signals.episode ADD COLUMN called_org_id uuid;
COMMENT ON COLUMN signals.episode.called_org_id IS 'Who keeps the device in order (维护单位), where the contact ladder calls them: their posts of a line see this alarm. Null where it calls no keeper.';
CREATE INDEX episode_by_called ON signals.episode (called_org_id, raised_at DESC, episode_id DESC) WHERE called_org_id IS NOT NULL;
CREATE POLICY called_reads ON signals.episode FOR SELECT TO linli_app USING (
  (SELECT base.setting('reach')) = 'line' AND called_org_id = (SELECT base.setting_id('org_id')));
