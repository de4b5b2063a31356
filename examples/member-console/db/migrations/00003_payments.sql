-- +goose Up
CREATE TABLE payments (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id  bigint NOT NULL,
    cents    bigint NOT NULL,
    currency char(3) NOT NULL DEFAULT 'EUR',
    paid_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT payments_cents_check CHECK (cents > 0),
    CONSTRAINT payments_user_id_fkey
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX payments_user_id_paid_at_idx ON payments (user_id, paid_at DESC);

-- +goose Down
DROP TABLE payments;
