-- Who looked, for the security administrator (安全管理员): by time, by account, and from which post.
ALTER TABLE registry.person_view ADD COLUMN post_id uuid;
COMMENT ON COLUMN registry.person_view.post_id IS 'The post in which somebody looked; null for looks from before posts were kept.';
CREATE INDEX person_view_latest ON registry.person_view (viewed_at DESC, view_id DESC);
CREATE INDEX person_view_by ON registry.person_view (account_id, viewed_at DESC, view_id DESC);
