-- One partition a month; what comes outside of them is kept all the same.
CREATE TABLE requests (
  id            bigint GENERATED ALWAYS AS IDENTITY,
  at            timestamptz NOT NULL DEFAULT now(),
  user_id       bigint NOT NULL REFERENCES users,
  provider_id   bigint NOT NULL REFERENCES providers,
  model         text NOT NULL,
  input_tokens  integer NOT NULL CHECK (input_tokens >= 0),
  output_tokens integer NOT NULL CHECK (output_tokens >= 0),
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX requests_user_at ON requests (user_id, at);

CREATE TABLE requests_2026_01 PARTITION OF requests
  FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
CREATE TABLE requests_2026_02 PARTITION OF requests
  FOR VALUES FROM ('2026-02-01 00:00+00') TO ('2026-03-01 00:00+00');
CREATE TABLE requests_other PARTITION OF requests DEFAULT;

CREATE TABLE usage (
  user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  month    date NOT NULL,
  requests bigint NOT NULL DEFAULT 0,
  tokens   bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, month)
);
