# SPDX-License-Identifier: Apache-2.0
"""Migrations as applications have them, in the form of each tool."""

import os
from dataclasses import dataclass


@dataclass
class Migration:
    version: int
    title: str
    up: list
    down: list


# One feature of an application in ten migrations: tables with foreign keys,
# then what is changed on them later. {n} is the feature's number.
FEATURE = [
    ("create_accounts",
     ["CREATE TABLE accounts_{n} (\n"
      "    id INTEGER PRIMARY KEY,\n"
      "    email TEXT NOT NULL UNIQUE,\n"
      "    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP\n"
      ");"],
     ["DROP TABLE accounts_{n};"]),
    ("create_orders",
     ["CREATE TABLE orders_{n} (\n"
      "    id INTEGER PRIMARY KEY,\n"
      "    account_id INTEGER NOT NULL REFERENCES accounts_{n} (id)"
      " ON DELETE CASCADE,\n"
      "    note TEXT,\n"
      "    total NUMERIC(12, 2) NOT NULL DEFAULT 0\n"
      ");"],
     ["DROP TABLE orders_{n};"]),
    ("add_account_name",
     ["ALTER TABLE accounts_{n} ADD COLUMN name TEXT NOT NULL DEFAULT '';"],
     ["ALTER TABLE accounts_{n} DROP COLUMN name;"]),
    ("index_orders_by_account",
     ["CREATE INDEX orders_{n}_account ON orders_{n} (account_id);"],
     ["DROP INDEX orders_{n}_account;"]),
    ("seed_accounts",
     ["INSERT INTO accounts_{n} (id, email, name) VALUES\n"
      "    (1, 'ada@example.org', 'Ada; first of them'),\n"
      "    (2, 'grace@example.org', 'Grace'),\n"
      "    (3, 'edsger@example.org', 'Edsger');",
      "INSERT INTO orders_{n} (id, account_id, total) VALUES"
      " (1, 1, 12.50), (2, 3, 99.00);"],
     ["DELETE FROM orders_{n};", "DELETE FROM accounts_{n};"]),
    ("rename_order_note",
     ["ALTER TABLE orders_{n} RENAME COLUMN note TO remark;"],
     ["ALTER TABLE orders_{n} RENAME COLUMN remark TO note;"]),
    ("add_order_state",
     ["ALTER TABLE orders_{n} ADD COLUMN state TEXT NOT NULL DEFAULT 'new';",
      "UPDATE orders_{n} SET state = 'paid' WHERE total > 50;"],
     ["ALTER TABLE orders_{n} DROP COLUMN state;"]),
    ("create_items",
     ["CREATE TABLE items_{n} (\n"
      "    id INTEGER PRIMARY KEY,\n"
      "    order_id INTEGER NOT NULL REFERENCES orders_{n} (id),\n"
      "    sku TEXT NOT NULL,\n"
      "    amount INTEGER NOT NULL CHECK (amount > 0)\n"
      ");",
      "CREATE INDEX items_{n}_order ON items_{n} (order_id);"],
     ["DROP TABLE items_{n};"]),
    ("unique_item_sku",
     ["CREATE UNIQUE INDEX items_{n}_sku ON items_{n} (order_id, sku);"],
     ["DROP INDEX items_{n}_sku;"]),
    ("rename_items",
     ["ALTER TABLE items_{n} RENAME TO order_lines_{n};"],
     ["ALTER TABLE order_lines_{n} RENAME TO items_{n};"]),
]


def make_migrations(count):
    migrations = []
    for i in range(count):
        title, up, down = FEATURE[i % len(FEATURE)]
        fill = lambda sql: sql.replace("{n}", str(i // len(FEATURE) + 1))
        migrations.append(Migration(i + 1, title, [fill(s) for s in up],
                                    [fill(s) for s in down]))
    return migrations


def _write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _sections(folder, migrations, up_mark, down_mark):
    for m in migrations:
        _write(f"{folder}/{m.version:05}_{m.title}.sql",
               "\n".join([up_mark, *m.up, "", down_mark, *m.down, ""]))


def _pairs(folder, migrations):
    # golang-migrate wraps nothing in a transaction: its files do it.
    for m in migrations:
        for word, sql in (("up", m.up), ("down", m.down)):
            _write(f"{folder}/{m.version:06}_{m.title}.{word}.sql",
                   "\n".join([*sql, ""]))


def _script(path, migrations, statements, record):
    """One file for a shell: a transaction a migration, its row in it."""
    parts = []
    for m in migrations:
        parts += ["BEGIN;", *statements(m), record(m), "COMMIT;"]
    _write(path, "\n".join(parts) + "\n")


TRACKER = ("CREATE TABLE shell_migrations (version BIGINT PRIMARY KEY, "
           "name TEXT NOT NULL, applied_at TIMESTAMP NOT NULL DEFAULT "
           "CURRENT_TIMESTAMP);")


def write_migrations(root, count):
    """Writes every form under root; returns the folders by form."""
    migrations = make_migrations(count)
    folders = {form: os.path.join(root, form)
               for form in ("goose", "pairs", "dbmate", "shell")}
    for folder in folders.values():
        os.makedirs(folder)
    _sections(folders["goose"], migrations, "-- +goose Up", "-- +goose Down")
    _sections(folders["dbmate"], migrations, "-- migrate:up",
              "-- migrate:down")
    _pairs(folders["pairs"], migrations)
    insert = lambda m: ("INSERT INTO shell_migrations (version, name) VALUES "
                        f"({m.version}, '{m.title}');")
    delete = lambda m: ("DELETE FROM shell_migrations WHERE version = "
                        f"{m.version};")
    up = os.path.join(folders["shell"], "up.sql")
    _script(up, migrations, lambda m: m.up, insert)
    with open(up, encoding="utf-8") as file:
        text = file.read()
    _write(up, TRACKER + "\n" + text)
    _script(os.path.join(folders["shell"], "down.sql"),
            list(reversed(migrations)), lambda m: m.down, delete)
    return folders
