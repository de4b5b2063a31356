# A document with most of the language in it.
variable "tenant" {
  type    = string
  default = "t1"
}

locals {
  names  = ["a", "b", "c"]
  upper  = { for k, v in local.names : v => upper(v) if k > 0 }
  groups = { for v in local.names : length(local.names) => v... }
  text   = "x ${var.tenant} $${y} %{ for n in local.names }<${n}>%{ endfor }"
  number = 1.5e3 + -2 * (3 - 4) / 5 % 6
  choice = local.number > 1 && !false || null == 2 ? [1, "2"] : []
}

schema "public" {}

table "users" {
  schema = schema.public
  column "id" { type = bigint }
  column "name" {
    null    = true
    type    = varchar(255)
    default = sql("now()") // raw
  }
  primary_key { columns = [column.id] }
  index "i" {
    on {
      expr = "lower(name)"
      desc = true
    }
    where = <<-SQL
      name IS NOT NULL
        AND id > ${local.number}
    SQL
  }
}

policy "p" {
  for_each = toset(values(table.users.column)[*].name)
  on       = table.users
  name     = "p_${each.key}"
  using    = <<EOT
%{ if true ~}
  true
%{ else ~}
  false
%{ endif ~}
EOT
  to       = [for r in [1, 2] : try(nothing[r], can(1), "r")]
}
