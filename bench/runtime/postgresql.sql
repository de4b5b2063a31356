CREATE TABLE items (
  id       bigint PRIMARY KEY,
  owner_id bigint NOT NULL,
  title    text NOT NULL,
  price    double precision NOT NULL,
  note     text
);
CREATE TABLE copies (
  id       bigint NOT NULL,
  owner_id bigint NOT NULL,
  title    text NOT NULL,
  price    double precision NOT NULL,
  note     text
);
