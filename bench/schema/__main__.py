# SPDX-License-Identifier: Apache-2.0
"""Reading schemas and comparing them, beside the databases' own programs; see
scripts/bench."""

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bench", "migrate"))

from measure import Failed, Meter, Results  # noqa: E402
from report import table as markdown, value_text  # noqa: E402
from server import Server  # noqa: E402

COLUMNS = 12
# Tables that differ between the two schemas, however many there are.
CHANGED = 50
# (engine, tables, operation): at most so many seconds, or so many times what
# another program took.
GOALS = {
    ("sqlite", 500, "inspect"): ("sqlite3", 4.0),
    ("sqlite", 500, "diff"): (None, 0.15),
    ("postgresql", 500, "inspect"): ("pg_dump", 1.0),
    ("postgresql", 500, "diff"): (None, 0.5),
}
GROWTH = 4.5  # from 500 to 2000 tables
PEAK_KIB = 60 * 1024


def schema(tables, engine, changed=False):
    """CREATE statements: keys, checks, defaults, an index and a foreign key
    each; where `changed`, some tables have one more column."""
    types = ("text", "integer", "real")
    key = ("id integer PRIMARY KEY" if engine == "sqlite" else
           "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
    statements = []
    for table in range(tables):
        columns = [key, "parent integer" if engine == "sqlite"
                   else "parent bigint"]
        for column in range(COLUMNS - 2):
            kind = types[column % 3]
            more = f" NOT NULL DEFAULT {'0' if column % 3 else repr('x')}"
            columns.append(f"c{column} {kind}{more if column % 4 == 0 else ''}")
        if changed and table % (tables // CHANGED) == 0:
            columns.append("extra text")
        columns.append("CHECK (c1 > 0)")
        columns.append(f"CONSTRAINT fk_{table} FOREIGN KEY (parent) "
                       f"REFERENCES t{table // 2} (id)")
        statements.append(f"CREATE TABLE t{table} ({', '.join(columns)})")
        statements.append(f"CREATE INDEX i{table} ON t{table} (c1, c2 DESC)")
    return ";\n".join(statements) + ";\n"


class SqliteSide:
    engine = "sqlite"

    def __init__(self, options):
        self.godwit = os.path.join(options.build, "godwit")
        self.folder = tempfile.mkdtemp(prefix="godwit-bench-", dir="/var/tmp")

    def make(self, name, sql):
        path = os.path.join(self.folder, name + ".db")
        connection = sqlite3.connect(path)
        connection.executescript("BEGIN;" + sql + "COMMIT;")
        connection.close()
        return "sqlite:" + path

    def commands(self, old, new):
        path = old.removeprefix("sqlite:")
        return {("inspect", "godwit"): [self.godwit, "schema", "inspect",
                                        "--url", old],
                ("inspect", "sqlite3"): ["sqlite3", "-batch", path, ".schema"],
                ("diff", "godwit"): [self.godwit, "schema", "diff", "--from",
                                     old, "--to", new]}

    def close(self):
        shutil.rmtree(self.folder)


class PostgresSide:
    engine = "postgresql"

    def __init__(self, options):
        self.godwit = os.path.join(options.build, "godwit")
        self.server = Server()

    def make(self, name, sql):
        database = self.server.new_database()
        # As many in a transaction as a server has room for locks.
        statements = sql.split(";\n")
        script = "".join(
            "BEGIN;" + ";".join(statements[i:i + 200]) + ";COMMIT;"
            for i in range(0, len(statements), 200))
        subprocess.run([f"{self.server.bin}/psql", "-X", "-q", "-v",
                        "ON_ERROR_STOP=1", self.server.dsn(database)],
                       input=script, text=True, check=True)
        self.server.query("VACUUM ANALYZE", database)
        return self.server.dsn(database)

    def commands(self, old, new):
        return {("inspect", "godwit"): [self.godwit, "schema", "inspect",
                                        "--url", old],
                ("inspect", "pg_dump"): [f"{self.server.bin}/pg_dump", "-s",
                                         old],
                ("diff", "godwit"): [self.godwit, "schema", "diff", "--from",
                                     old, "--to", new, "--dev",
                                     self.server.dsn()]}

    def close(self):
        self.server.stop()


def measure(side, meter, results, options):
    for tables in options.counts:
        old = side.make(f"old{tables}", schema(tables, side.engine))
        new = side.make(f"new{tables}", schema(tables, side.engine, True))
        commands = side.commands(old, new)
        for _ in range(options.runs):
            for (operation, tool), words in commands.items():
                try:
                    results.add((side.engine, tables, operation, tool),
                                meter.run(words))
                except Failed as error:
                    print(f"bench: note: {error}")
        print(f"bench: {side.engine}: {tables} tables measured")


def table(results, metric):
    tools = ("godwit", "sqlite3", "pg_dump")
    keys = sorted({key[:3] for key in results.samples},
                  key=lambda key: (key[0] != "sqlite", key[1], key[2]))
    return markdown([metric.replace("_kib", ""), *tools], [
        [f"{engine}: {operation}, {tables} tables",
         *(value_text(metric, results.median((engine, tables, operation, tool),
                                         metric)) for tool in tools)]
        for engine, tables, operation in keys])


def goals(results):
    """One line a goal: reached or not."""
    lines = []

    def tell(what, value, limit, show):
        if value is not None and limit is not None:
            word = "ok " if value <= limit else "MISSED"
            lines.append(f"{word} {what}: {show(value)}, at most {show(limit)}")

    def seconds(value):
        return f"{value * 1000:.0f} ms"

    for (engine, tables, operation), (peer, factor) in GOALS.items():
        key = (engine, tables, operation)
        wall = results.median((*key, "godwit"), "wall")
        other = results.median((*key, peer), "wall") if peer else 1
        tell(f"{engine} {operation}", wall, other and other * factor, seconds)
        tell(f"{engine} {operation}, memory",
             results.median((*key, "godwit"), "peak_kib"), PEAK_KIB,
             lambda kib: f"{kib / 1024:.1f} MiB")
        large = results.median((engine, 2000, operation, "godwit"), "wall")
        if wall and large:
            tell(f"{engine} {operation}, 2000 tables against 500",
                 large / wall, GROWTH, lambda times: f"{times:.1f} times")
    return "\n".join(lines)


def parse_options():
    parser = argparse.ArgumentParser(prog="scripts/bench schema")
    parser.add_argument("--out", default=os.path.join(ROOT, "build/bench"),
                        help="folder for the tables and the numbers")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--counts", default="500,2000",
                        type=lambda s: [int(n) for n in s.split(",")])
    parser.add_argument("--engines", type=lambda s: s.split(","),
                        default=["sqlite", "postgresql"],
                        help="only these, separated by commas")
    parser.add_argument("--build", default=os.path.join(ROOT, "build/release"))
    return parser.parse_args()


def main():
    options = parse_options()
    # The server ends with the benchmark, also when that is asked to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    meter, results = Meter(options.build), Results()
    try:
        for kind in (SqliteSide, PostgresSide):
            if kind.engine not in options.engines:
                continue
            side = kind(options)
            try:
                measure(side, meter, results, options)
            finally:
                side.close()
    finally:
        meter.close()
    os.makedirs(options.out, exist_ok=True)
    text = "\n".join(table(results, metric)
                     for metric in ("wall", "cpu", "peak_kib"))
    with open(f"{options.out}/schema.md", "w", encoding="utf-8") as file:
        file.write(text)
    with open(f"{options.out}/schema.json", "w", encoding="utf-8") as file:
        json.dump(results.as_list(), file, indent=1)
    print(text)
    print(goals(results))
    print(f"bench: written: {options.out}/schema.md, schema.json")


if __name__ == "__main__":
    main()
