#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The schema as a document, for a day. Run it in a copy of this folder, with
# DATABASE_URL naming a file that is not there yet, and godwit in PATH.
set -eu

say() { printf '\n# %s\n' "$*"; }
fail() { echo "workflow: $*" >&2; exit 1; }
# Runs a command that must end with this status.
ends_with() {
  wanted=$1; shift
  status=0; "$@" || status=$?
  [ "$status" -eq "$wanted" ] || fail "'$*' ended with $status, not $wanted"
}

say 'The migrations make what the document declares.'
godwit schema diff --from migrations --to source --check
godwit migrate up
godwit schema snapshot
godwit generate --check
godwit schema status --check

say 'An edit of the document, and one command to the code.'
sed -i '/^table "notes"/,/^}/ s/^  primary_key/  column "pinned" {\n    type    = integer\n    default = 0\n  }\n  primary_key/' schema.hcl
printf '\n-- name: PinNote :exec\nUPDATE notes SET pinned = 1 WHERE id = @id;\n' >> queries/notes.sql
ends_with 3 godwit schema status --check
godwit schema update pinned
cat migrations/000004_pinned.up.sql migrations/000004_pinned.down.sql
grep -q PinNote db/notes.h
godwit schema status --check
godwit schema update pinned | grep 'no difference'

say 'What ALTER TABLE cannot do is a rebuild; the words still search.'
sed -i '/^table "tags"/,/^}/ s/^  primary_key/  check "tag_is_a_word" { expr = "tag <> '"''"'" }\n  primary_key/' schema.hcl
godwit schema update words_only
cat migrations/000005_words_only.up.sql
godwit schema status --check

say 'Down and up again.'
godwit migrate down --steps 2
ends_with 3 godwit schema status --check
godwit migrate up
godwit schema status --check
godwit schema snapshot --check

say 'A mistake is told with its place, and nothing is changed.'
sed -i 's/^  column "tag" { type = text }/  column "tag" { typ = text }/' schema.hcl
ends_with 2 godwit schema update oops
say 'Done.'
