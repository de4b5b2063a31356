# What was asked. One partition a month; what comes outside of them is kept all
# the same.
locals {
  months = {
    "2026_01" = ["2026-01-01", "2026-02-01"]
    "2026_02" = ["2026-02-01", "2026-03-01"]
  }
}

table "requests" {
  schema = schema.public
  column "id" {
    type = bigint
    identity { generated = ALWAYS }
  }
  column "at" {
    type    = timestamptz
    default = sql("now()")
  }
  column "user_id" { type = bigint }
  column "provider_id" { type = bigint }
  column "model" { type = text }
  column "input_tokens" { type = integer }
  column "output_tokens" { type = integer }
  primary_key { columns = [column.id, column.at] }
  foreign_key "requests_user_id_fkey" {
    columns     = [column.user_id]
    ref_columns = [table.users.column.id]
  }
  foreign_key "requests_provider_id_fkey" {
    columns     = [column.provider_id]
    ref_columns = [table.providers.column.id]
  }
  index "requests_user_at" { columns = [column.user_id, column.at] }
  check "requests_input_tokens_check" { expr = "input_tokens >= 0" }
  check "requests_output_tokens_check" { expr = "output_tokens >= 0" }
  partition {
    type    = RANGE
    columns = [column.at]
  }
}

partition "month" {
  for_each = local.months
  name     = "requests_${each.key}"
  schema   = schema.public
  of       = table.requests
  range {
    from = ["'${each.value[0]} 00:00+00'"]
    to   = ["'${each.value[1]} 00:00+00'"]
  }
}

partition "requests_other" {
  schema = schema.public
  of     = table.requests
}

table "usage" {
  schema = schema.public
  column "user_id" { type = bigint }
  column "month" { type = date }
  column "requests" {
    type    = bigint
    default = 0
  }
  column "tokens" {
    type    = bigint
    default = 0
  }
  primary_key { columns = [column.user_id, column.month] }
  foreign_key "usage_user_id_fkey" {
    columns     = [column.user_id]
    ref_columns = [table.users.column.id]
    on_delete   = CASCADE
  }
}
