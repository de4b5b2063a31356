-- +goose Up
CREATE TABLE fedwiki.pages (
    site_id bigint NOT NULL REFERENCES fedwiki.sites (id) ON DELETE CASCADE,
    slug    text NOT NULL,
    story   jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (site_id, slug)
);

-- +goose Down
DROP TABLE fedwiki.pages;
