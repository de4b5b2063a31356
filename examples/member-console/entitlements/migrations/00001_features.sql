-- +goose Up
CREATE SCHEMA entitlements;
CREATE TABLE entitlements.features (
    name        text PRIMARY KEY,
    description text NOT NULL
);
CREATE TABLE entitlements.grants (
    organization_id uuid NOT NULL REFERENCES organization.organizations (id) ON DELETE CASCADE,
    feature         text NOT NULL REFERENCES entitlements.features (name),
    PRIMARY KEY (organization_id, feature)
);
INSERT INTO entitlements.features VALUES
    ('wiki', 'a federated wiki of one''s own'),
    ('mail', 'a mailbox; 5 GB');

-- +goose Down
DROP SCHEMA entitlements CASCADE;
