#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A day with this project. Run it in a copy of this folder, with DATABASE_URL
# naming an empty PostgreSQL database, SECOND_URL and THIRD_URL two others, godwit
# in PATH, and the built program in AI_GATEWAY.
set -eu

say() { printf '\n# %s\n' "$*"; }
fail() { echo "workflow: $*" >&2; exit 1; }
# Runs a command that must end with this status.
ends_with() {
  wanted=$1; shift
  status=0; "$@" || status=$?
  [ "$status" -eq "$wanted" ] || fail "'$*' ended with $status, not $wanted"
}

say 'From nothing: wait for the database, apply, generate.'
godwit migrate wait
ends_with 3 godwit schema status --check
godwit migrate up
godwit schema snapshot
godwit generate
godwit schema status --check
godwit generate --check

say 'Nothing to do is nothing done: neither migrations nor the files around them.'
godwit migrate up | grep '^nothing to do'

say 'The snapshot is the same each time.'
cp db/schema.sql first.sql
godwit schema snapshot --check
cmp db/schema.sql first.sql

say 'An edit of the schema, and one command to the code.'
sed -i '/^table "users"/,/^}/ s/^  column "name" { type = text }/  column "full_name" {\n    type         = text\n    renamed_from = "name"\n  }\n  column "budget" {\n    type    = bigint\n    default = 0\n  }/' db/schema/accounts.hcl
sed -i 's/^INSERT INTO users (email, name)/INSERT INTO users (email, full_name)/; s/SET name = \$2/SET full_name = $2/; s/SELECT u\.name,/SELECT u.full_name,/' queries/gateway.sql
ends_with 3 godwit schema status --check
godwit schema update budgets
cat db/migrations/*_budgets.sql
grep -q 'RENAME COLUMN name TO full_name' db/migrations/*_budgets.sql
grep -q 'budget' code/models.h
godwit schema status --check
godwit migrate status --check
godwit generate --check

say 'Run again it finds nothing to do.'
godwit schema update budgets | grep 'no difference'

say 'What a down cannot bring back is said in it, and asked for before.'
sed -i '/^  column "budget"/,/^  }/d' db/schema/accounts.hcl
ends_with 1 godwit schema new no_budgets
godwit schema new no_budgets --allow-destructive
grep 'does not bring back: column budget' db/migrations/*_no_budgets.sql

say 'A migration that was written is not edited; the schema is.'
sed -i 's/budget/Budget/' db/migrations/*_no_budgets.sql
ends_with 2 godwit schema new again
rm db/migrations/*_no_budgets.sql
godwit schema new no_budgets --allow-destructive
godwit migrate up

say 'Two branches have written one version: one is made anew.'
cp db/migrations/*_no_budgets.sql "$(ls db/migrations/*_no_budgets.sql | sed 's/no_budgets/of_a_branch/')"
ends_with 2 godwit schema new again
rm db/migrations/*_of_a_branch.sql
godwit schema new again | grep 'no difference'

say 'Down and up again: triggers and policies are there.'
godwit migrate down
godwit migrate up | grep 'ran .*schema_post.sql'
godwit schema status --check

say 'A database is brought to the schema without migrations, too.'
ends_with 2 godwit schema apply --url "$SECOND_URL"
godwit schema apply --url "$SECOND_URL" --yes > applied.sql
godwit schema apply --url "$SECOND_URL" --yes | grep 'no difference'
godwit schema diff --from "$SECOND_URL" --to "$DATABASE_URL" --check

say 'The program, built from these files, brings an empty database up by itself.'
if [ -n "${AI_GATEWAY:-}" ]; then
  "$AI_GATEWAY" "$THIRD_URL" ada@example.org
  godwit migrate status --url "$THIRD_URL" | grep applied
fi
say 'Done.'
