# What the migrations make, as a document. Edit here, then
# 'godwit schema update NAME'.
schema "main" {}

table "notes" {
  schema = schema.main
  column "id" {
    type = integer
    null = true
  }
  column "title" { type = text }
  column "body" {
    type    = text
    default = ""
  }
  column "updated_at" {
    type    = text
    default = sql("CURRENT_TIMESTAMP")
  }
  primary_key { columns = [column.id] }
  index "notes_by_time" { columns = [column.updated_at] }
}

# The full-text index keeps no copy of the texts; it reads them from notes.
virtual_table "notes_text" {
  schema = schema.main
  module = "fts5"
  args = [
    "title", "body", "content = 'notes'", "content_rowid = 'id'",
    "tokenize = 'porter unicode61'",
  ]
}

locals {
  forget = "INSERT INTO notes_text (notes_text, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);"
  learn  = "INSERT INTO notes_text (rowid, title, body) VALUES (new.id, new.title, new.body);"
}

# What changes in notes changes in the index.
trigger "notes_text_insert" {
  on = table.notes
  after { insert = true }
  as = "BEGIN ${local.learn} END"
}
trigger "notes_text_delete" {
  on = table.notes
  after { delete = true }
  as = "BEGIN ${local.forget} END"
}
trigger "notes_text_update" {
  on = table.notes
  after { update = true }
  as = "BEGIN ${local.forget} ${local.learn} END"
}

table "tags" {
  schema        = schema.main
  without_rowid = true
  column "note_id" { type = integer }
  column "tag" { type = text }
  primary_key { columns = [column.note_id, column.tag] }
  foreign_key {
    columns     = [column.note_id]
    ref_columns = [table.notes.column.id]
    on_delete   = CASCADE
  }
  index "tags_by_name" { columns = [column.tag] }
}
