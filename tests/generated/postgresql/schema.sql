CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');
CREATE TABLE everything (
  id          bigint PRIMARY KEY,
  truth       boolean NOT NULL,
  small       smallint NOT NULL,
  plain       integer NOT NULL,
  part        real NOT NULL,
  whole       double precision NOT NULL,
  exact       numeric(20, 5) NOT NULL,
  words       text NOT NULL,
  code        char(3) NOT NULL,
  bytes       bytea NOT NULL,
  day         date NOT NULL,
  clock       time NOT NULL,
  moment      timestamptz NOT NULL,
  wall        timestamp NOT NULL,
  span        interval NOT NULL,
  name        uuid NOT NULL,
  document    jsonb NOT NULL,
  state       mood NOT NULL,
  numbers     integer[] NOT NULL,
  texts       text[] NOT NULL,
  states      mood[] NOT NULL,
  maybe       integer,
  maybe_text  text,
  maybe_state mood,
  maybe_list  bigint[]
);
CREATE TABLE parts (
  id       bigint PRIMARY KEY,
  whole_id bigint NOT NULL REFERENCES everything (id),
  title    text NOT NULL
);
CREATE TABLE addresses (
  address inet NOT NULL,
  part_id bigint NOT NULL
);
