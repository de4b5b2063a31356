# SPDX-License-Identifier: Apache-2.0
"""scripts/bench generate: code for 2000 queries over 50 tables, with a server,
with a scratch cluster, and with what the lock file holds; beside sqlc where it
is installed."""

import argparse
import os
import shutil
import statistics
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "migrate"))
from measure import Meter  # noqa: E402
from server import Server  # noqa: E402

BUILD = os.path.join(ROOT, "build", "release")
TABLES = 50
QUERIES = 40  # a table

TYPES = {
    "postgresql": ("bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "bigint",
                   "text", "numeric(12, 2)", "timestamptz"),
    "sqlite": ("INTEGER PRIMARY KEY", "INTEGER", "TEXT", "REAL", "TEXT"),
}
LIMITS_MIB = 75


def schema(engine):
    key, number, text, amount, moment = TYPES[engine]
    tables = []
    for i in range(TABLES):
        parent = f" REFERENCES t{i - 1:02} (id)" if i else ""
        tables.append(
            f"CREATE TABLE t{i:02} (\n  id {key},\n"
            f"  parent_id {number} NOT NULL{parent},\n  name {text} NOT NULL,\n"
            f"  note {text},\n  amount {amount} NOT NULL,\n"
            f"  made_at {moment} NOT NULL\n);\n")
    return "\n".join(tables)


def queries(i):
    """Forty over a table and the one before it, of eight kinds."""
    table, other = f"t{i:02}", f"t{max(i - 1, 0):02}"
    kinds = [
        ("Get", ":one", f"SELECT * FROM {table} WHERE id = @id"),
        ("List", ":many", f"SELECT id, name, note FROM {table} "
                          "WHERE parent_id = @parent ORDER BY id"),
        ("Add", ":one", f"INSERT INTO {table} (parent_id, name, note, amount, "
                        "made_at) VALUES (@parent_id, @name, @note, @amount, "
                        "@made_at) RETURNING id"),
        ("Rename", ":execrows",
         f"UPDATE {table} SET name = @name WHERE id = @id"),
        ("Joined", ":many", f"SELECT a.id, a.name, b.note, b.amount FROM "
                            f"{table} a LEFT JOIN {other} b ON b.id = "
                            "a.parent_id WHERE a.amount > @least"),
        ("Count", ":one", f"SELECT count(*), sum(amount), max(made_at) "
                          f"FROM {table} WHERE name = @name"),
        ("Groups", ":many",
         f"WITH x AS (SELECT parent_id, count(*) AS n FROM {table} GROUP BY "
         f"parent_id) SELECT b.name, x.n, coalesce(b.note, '') AS note FROM x "
         f"JOIN {other} b ON b.id = x.parent_id"),
        ("Remove", ":exec", f"DELETE FROM {table} WHERE id = @id"),
    ]
    texts = []
    for n in range(QUERIES):
        name, command, sql = kinds[n % len(kinds)]
        texts.append(f"-- name: {name}T{i:02}N{n} {command}\n{sql};\n")
    return "\n".join(texts)


def project(folder, engine):
    os.makedirs(os.path.join(folder, "queries"))
    with open(os.path.join(folder, "schema.sql"), "w", encoding="utf-8") as f:
        f.write(schema(engine))
    for i in range(TABLES):
        path = os.path.join(folder, "queries", f"t{i:02}.sql")
        with open(path, "w", encoding="utf-8") as f:
            f.write(queries(i))
    with open(os.path.join(folder, "sqlc.yaml"), "w", encoding="utf-8") as f:
        f.write(f'version: "2"\nsql:\n  - engine: {engine}\n'
                "    schema: schema.sql\n    queries: queries\n    gen:\n"
                "      cpp: {namespace: app::db, out: db}\n")


class Bench:
    def __init__(self, rounds):
        self.rounds = rounds
        self.meter = Meter(BUILD)
        self.folder = tempfile.mkdtemp(prefix="godwit-bench-")

    def close(self):
        self.meter.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget(self, folder, keep_lock):
        shutil.rmtree(os.path.join(folder, "db"), ignore_errors=True)
        lock = os.path.join(folder, "godwit.lock")
        if not keep_lock and os.path.exists(lock):
            os.remove(lock)

    def measure(self, title, folder, words, keep_lock, goal):
        """The first run is not counted: it fills what is cached."""
        samples = []
        for n in range(self.rounds + 1):
            self.forget(folder, keep_lock and n > 0)
            done = self.meter.run([os.path.join(BUILD, "godwit"), "generate",
                                   "-q", "-f", f"{folder}/sqlc.yaml", *words])
            if n > 0:
                samples.append(done)
        wall = statistics.median(s["wall"] for s in samples)
        mib = max(s["peak_kib"] for s in samples) / 1024
        good = wall <= goal and mib <= LIMITS_MIB
        print(f"  {title:40}{wall * 1000:>8.0f} ms{mib:>8.1f} MiB"
              f"   (at most {goal * 1000:.0f} ms) {'' if good else 'MISSED'}")
        return good

    def sqlc(self, folder):
        program = shutil.which("sqlc")
        if program is None:
            return
        path = os.path.join(folder, "sqlc.yaml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        other = os.path.join(folder, "go.yaml")
        with open(other, "w", encoding="utf-8") as file:
            file.write(text.replace("cpp: {namespace: app::db, out: db}",
                                    "go: {package: db, out: go}"))
        walls = [self.meter.run([program, "generate", "-f", other])["wall"]
                 for _ in range(self.rounds)]
        print(f"  {'sqlc, without a database':40}"
              f"{statistics.median(walls) * 1000:>8.0f} ms")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench generate")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    bench = Bench(options.rounds)
    server = Server()
    good = True
    try:
        for engine in TYPES:
            folder = os.path.join(bench.folder, engine)
            project(folder, engine)
            print(f"{engine}: {TABLES * QUERIES} queries over {TABLES} tables")
            ways = [("a database in memory", [], 0.35)]
            if engine == "postgresql":
                ways = [("a server", ["--dev", server.dsn()], 0.5),
                        ("a scratch cluster of its own", [], 1.0)]
            for title, words, goal in ways:
                good = bench.measure(title, folder, words, False, goal) and good
            good = bench.measure("the lock file", folder, [], True,
                                 0.06) and good
            bench.sqlc(folder)
    finally:
        server.stop()
        bench.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
