-- What the tables need before they can be made. Runs before each migration:
-- every statement may run again.
CREATE EXTENSION IF NOT EXISTS citext;

CREATE OR REPLACE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at = now();
  RETURN NEW;
END $$;
