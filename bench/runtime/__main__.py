# SPDX-License-Identifier: Apache-2.0
"""scripts/bench runtime: generated code beside code written by hand."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "migrate"))
from server import Server  # noqa: E402

PROGRAM = os.path.join(ROOT, "build", "release", "bench",
                       "godwit_runtime_bench")
GOAL = 1.05


def run(engine, database, rounds):
    done = subprocess.run([PROGRAM, engine, database, str(rounds)], check=True,
                          stdout=subprocess.PIPE, text=True)
    tasks = defaultdict(list)
    for line in done.stdout.splitlines():
        row = json.loads(line)
        tasks[row["task"]].append(row)
    return tasks


def on_postgresql(rounds):
    server = Server()
    try:
        name = server.new_database()
        with open(os.path.join(HERE, "postgresql.sql"),
                  encoding="utf-8") as file:
            server.query(file.read(), name)
        print(f"PostgreSQL {server.version()}, by a unix socket")
        return run("postgresql", server.dsn(name), rounds)
    finally:
        server.stop()


def on_sqlite(rounds):
    import sqlite3
    folder = tempfile.mkdtemp(prefix="godwit-bench-", dir="/var/tmp")
    try:
        path = os.path.join(folder, "bench.db")
        database = sqlite3.connect(path)
        database.execute("PRAGMA journal_mode = WAL")
        with open(os.path.join(HERE, "sqlite.sql"), encoding="utf-8") as file:
            database.executescript(file.read())
        database.close()
        print("SQLite, a file with a write-ahead log")
        return run("sqlite", path, rounds)
    finally:
        shutil.rmtree(folder)


def show(tasks):
    """The best of the rounds, which other work disturbs least."""
    good = True
    print(f"  {'':16}{'by hand':>12}{'generated':>12}{'ratio':>8}"
          f"{'of the CPU':>12}")
    for name, rows in tasks.items():
        best = {key: min(row[key] for row in rows)
                for key in ("hand", "generated", "hand_cpu", "generated_cpu")}
        ratio = best["generated"] / best["hand"]
        cpu = best["generated_cpu"] / best["hand_cpu"]
        good = good and ratio <= GOAL
        print(f"  {name:16}{best['hand']:>9.1f} µs{best['generated']:>9.1f} µs"
              f"{ratio:>8.3f}{cpu:>12.3f}")
    return good


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench runtime")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--engine", choices=["postgresql", "sqlite"])
    options = parser.parse_args()
    good = True
    for engine, measure in (("postgresql", on_postgresql),
                            ("sqlite", on_sqlite)):
        if options.engine in (None, engine):
            good = show(measure(options.rounds)) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
