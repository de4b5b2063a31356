CREATE TYPE provider_kind AS ENUM ('openai', 'anthropic', 'local');

CREATE TABLE users (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email      citext NOT NULL UNIQUE,
  name       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE providers (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind     provider_kind NOT NULL,
  name     text NOT NULL UNIQUE,
  base_url text NOT NULL
);

CREATE TABLE keys (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  hash       bytea NOT NULL UNIQUE,
  expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX keys_user ON keys (user_id);
