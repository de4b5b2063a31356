# SPDX-License-Identifier: Apache-2.0
"""godwit beside other tools on the same migrations; see scripts/bench."""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile

import files
import plot
import report
from measure import Failed, Meter, Proxy, Results
from server import Server
from tools import OPERATIONS, Target, find_tools

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
LINK_MS = 20
# Reading is over soon: more of it in each round.
REPEATS = {"apply": 1, "nothing": 3, "status": 3, "rollback": 1}


class Scenario:
    """Where the database is and how it is reached."""

    def __init__(self, name, engine, meter):
        self.name, self.engine, self.meter = name, engine, meter

    def open(self):
        """A fresh database: its target and what to forget it with."""
        raise NotImplementedError

    def watch(self):
        """To be called before a run; returns what gives its counters."""
        return dict


class SqliteFile(Scenario):
    def __init__(self, meter):
        super().__init__("sqlite", "sqlite", meter)

    def open(self):
        folder = tempfile.mkdtemp(prefix="godwit-bench-", dir="/var/tmp")
        return (Target("sqlite", os.path.join(folder, "app.db")),
                lambda: shutil.rmtree(folder))


class Socket(Scenario):
    def __init__(self, meter, server):
        super().__init__("postgresql", "postgresql", meter)
        self.server = server

    def address(self, database):
        return self.server.dsn(database)

    def open(self):
        database = self.server.new_database()
        return (Target("postgresql", self.address(database)),
                lambda: self.server.drop_database(database))

    def watch(self):
        before = self.server.syncs()
        return lambda: {"syncs": self.server.syncs() - before}


class Link(Socket):
    def __init__(self, meter, server, build):
        super().__init__(meter, server)
        self.name = "postgresql-link"
        self.proxy = Proxy(build, server.socket, LINK_MS)

    def address(self, database):
        return self.proxy.dsn(database)

    def watch(self):
        self.proxy.traffic()
        return lambda: {"round_trips": self.proxy.traffic()["round_trips"]}


class Bench:
    def __init__(self, options, server):
        self.options = options
        self.meter = Meter(options.build)
        self.results = Results()
        self.work = tempfile.mkdtemp(prefix="godwit-bench-")
        self.folders = {}
        self.server = server
        self.tools = [tool for tool in find_tools(
                          options.build, options.peers, f"{server.bin}/psql")
                      if not options.tools or tool.name in options.tools]

    def migrations(self, count):
        if count not in self.folders:
            root = os.path.join(self.work, str(count))
            self.folders[count] = files.write_migrations(root, count)
        return self.folders[count]

    def measure(self, scenario, count, tool):
        """One life of a database in the hands of one tool."""
        target, forget = scenario.open()
        folder = self.migrations(count)[tool.form]
        try:
            for operation in OPERATIONS:
                words = tool.command(operation, target, folder)
                for _ in range(REPEATS[operation] if words else 0):
                    counters = scenario.watch()
                    measured = self.meter.run(words)
                    self.results.add(
                        (scenario.name, count, operation, tool.name),
                        {**measured, **counters()})
        except Failed as error:
            print(f"bench: note: {scenario.name}, {count} migrations, "
                  f"{tool.name}: {error}")
        finally:
            forget()

    def count_syncs(self, scenario, count, tool):
        target, forget = scenario.open()
        folder = self.migrations(count)[tool.form]
        try:
            for operation in ("apply", "nothing", "rollback"):
                words = tool.command(operation, target, folder)
                if words:
                    self.results.add(
                        (scenario.name, count, operation, tool.name),
                        {"syncs": self.meter.count_syncs(words)})
        finally:
            forget()

    def rounds(self, scenario, counts, runs):
        tools = [t for t in self.tools if scenario.engine in t.engines]
        for count in counts:
            # A slow pair of tool and link need not be seen as often.
            for turn in range(runs if count < 1000 else max(3, runs // 2)):
                shift = turn % len(tools)
                for tool in tools[shift:] + tools[:shift]:
                    self.measure(scenario, count, tool)
            print(f"bench: {scenario.name}: {count} migrations measured")

    def start_up(self, runs):
        """What it costs that a program starts at all."""
        programs = {t.name: t.program for t in self.tools}
        cases = {"godwit version": [programs["godwit"], "version"]}
        if "goose" in programs:
            cases["goose -version"] = [programs["goose"], "-version"]
        if "psql" in programs:
            cases["psql --version"] = [programs["psql"], "--version"]
            cases["psql, one SELECT"] = [programs["psql"], "-X", "-q", "-d",
                                         self.server.dsn(), "-c",
                                         "SELECT 1"]
        if "sqlite3" in programs:
            cases["sqlite3 -version"] = [programs["sqlite3"], "-version"]
        for _ in range(8 * runs):
            for name, words in cases.items():
                self.results.add(("start", 0, "start", name),
                                 self.meter.run(words))

    def run(self):
        try:
            self.start_up(self.options.runs)
            if "sqlite" in self.options.scenarios:
                self.with_file()
            self.with_server()
        finally:
            self.meter.close()
            shutil.rmtree(self.work, ignore_errors=True)

    def with_file(self):
        sqlite = SqliteFile(self.meter)
        self.rounds(sqlite, self.options.counts, self.options.runs)
        for tool in self.tools:
            if "sqlite" in tool.engines:
                self.count_syncs(sqlite, 100, tool)

    def with_server(self):
        options = self.options
        if "postgresql" in options.scenarios:
            self.rounds(Socket(self.meter, self.server), options.counts,
                        options.runs)
        if "postgresql-link" not in options.scenarios:
            return
        link = Link(self.meter, self.server, options.build)
        try:
            small = [count for count in options.counts if count <= 100]
            self.rounds(link, small, min(3, options.runs))
        finally:
            link.proxy.close()


def parse_options():
    parser = argparse.ArgumentParser(prog="scripts/bench migrate")
    parser.add_argument("--out", default=os.path.join(ROOT, "build/bench"),
                        help="folder for the table, the plot and the numbers")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--counts", default="10,100,1000",
                        type=lambda s: [int(n) for n in s.split(",")])
    parser.add_argument("--tools", type=lambda s: s.split(","),
                        help="only these, separated by commas")
    parser.add_argument("--scenarios", type=lambda s: s.split(","),
                        default=["sqlite", "postgresql", "postgresql-link"],
                        help="only these, separated by commas")
    parser.add_argument("--keep", action="store_true",
                        help="add to the numbers that the folder holds")
    parser.add_argument("--readme", action="store_true",
                        help="put the main table into README.md")
    parser.add_argument("--build", default=os.path.join(ROOT, "build/release"))
    parser.add_argument("--peers",
                        default=os.path.join(ROOT, ".cache/peers/bin"))
    return parser.parse_args()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    options = parse_options()
    # The server ends with the benchmark, also when that is asked to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    server = Server()
    try:
        bench = Bench(options, server)
        if options.keep:
            bench.results.load(f"{options.out}/migrate.json")
        bench.run()
        version = server.version()
    finally:
        server.stop()
    os.makedirs(options.out, exist_ok=True)
    about = report.About(bench.tools, version)
    out = options.out
    write(f"{out}/migrate.json", json.dumps(bench.results.as_list(), indent=1))
    write(f"{out}/migrate.md", report.full(bench.results, about))
    write(f"{out}/migrate.svg", plot.draw(bench.results))
    print(report.targets(bench.results))
    print(f"bench: written: {out}/migrate.md, migrate.svg, migrate.json")
    if options.readme:
        report.put_into(os.path.join(ROOT, "README.md"),
                        report.main_part(bench.results, about))


if __name__ == "__main__":
    main()
