-- +goose Up
CREATE TABLE sites (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id   bigint NOT NULL,
    domain     text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sites_domain_key UNIQUE (domain),
    CONSTRAINT sites_owner_id_fkey
        FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX sites_owner_id_idx ON sites (owner_id);

-- +goose Down
DROP TABLE sites;
