# Who asks, and whom.
schema "public" {}

enum "provider_kind" {
  schema = schema.public
  values = ["openai", "anthropic", "local"]
}

table "users" {
  schema = schema.public
  column "id" {
    type = bigint
    identity { generated = ALWAYS }
  }
  column "email" { type = sql("citext") }
  column "name" { type = text }
  column "created_at" {
    type    = timestamptz
    default = sql("now()")
  }
  column "updated_at" {
    type    = timestamptz
    default = sql("now()")
  }
  primary_key { columns = [column.id] }
  unique "users_email_key" { columns = [column.email] }
}

table "providers" {
  schema = schema.public
  column "id" {
    type = bigint
    identity { generated = ALWAYS }
  }
  column "kind" { type = enum.provider_kind }
  column "name" { type = text }
  column "base_url" { type = text }
  primary_key { columns = [column.id] }
  unique "providers_name_key" { columns = [column.name] }
}

table "keys" {
  schema = schema.public
  column "id" {
    type = bigint
    identity { generated = ALWAYS }
  }
  column "user_id" { type = bigint }
  column "hash" { type = bytea }
  column "expires_at" {
    type = timestamptz
    null = true
  }
  column "created_at" {
    type    = timestamptz
    default = sql("now()")
  }
  column "updated_at" {
    type    = timestamptz
    default = sql("now()")
  }
  primary_key { columns = [column.id] }
  unique "keys_hash_key" { columns = [column.hash] }
  foreign_key "keys_user_id_fkey" {
    columns     = [column.user_id]
    ref_columns = [table.users.column.id]
    on_delete   = CASCADE
  }
  index "keys_user" { columns = [column.user_id] }
}
