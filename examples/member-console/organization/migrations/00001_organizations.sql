-- +goose Up
CREATE SCHEMA organization;
CREATE TABLE organization.organizations (
    id   uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE
);
CREATE TYPE organization.member_role AS ENUM ('member', 'board', 'auditor');
CREATE TABLE organization.members (
    organization_id uuid NOT NULL REFERENCES organization.organizations (id) ON DELETE CASCADE,
    account_id      uuid NOT NULL REFERENCES identity.accounts (id) ON DELETE CASCADE,
    role            organization.member_role NOT NULL DEFAULT 'member',
    PRIMARY KEY (organization_id, account_id)
);

-- +goose Down
DROP SCHEMA organization CASCADE;
