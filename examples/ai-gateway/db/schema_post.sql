-- What stands on the tables. A table that a migration builds anew has lost it,
-- so this runs after each: every statement may run again.
CREATE OR REPLACE TRIGGER users_touch BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE OR REPLACE TRIGGER keys_touch BEFORE UPDATE ON keys
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

ALTER TABLE keys ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS keys_of_the_user ON keys;
CREATE POLICY keys_of_the_user ON keys
  USING (user_id = current_setting('gateway.user_id', true)::bigint);
