# SPDX-License-Identifier: Apache-2.0
"""What was measured, as Markdown."""

import os
import platform
import re
from dataclasses import dataclass

COLUMNS = ("godwit", "goose", "golang-migrate", "dbmate", "psql", "sqlite3")
SCENARIOS = {"sqlite": "SQLite", "postgresql": "PostgreSQL, unix socket",
             "postgresql-link": "PostgreSQL, 20 ms round trips"}
OPERATIONS = {"apply": "apply {n}", "nothing": "nothing to do, {n} applied",
              "status": "status of {n}", "rollback": "roll back {n}"}
BEGIN = "<!-- bench migrate: begin -->"
END = "<!-- bench migrate: end -->"


@dataclass
class About:
    tools: list
    server: str

    def text(self, results):
        tools = ", ".join(f"{t.name} {t.version()}".strip()
                          for t in self.tools)
        runs = sorted({len(values["wall"])
                       for key, values in results.samples.items()
                       if key[2] == "apply" and values["wall"]})
        load = os.getloadavg()[2]
        return (f"{tools}. PostgreSQL {self.server} with default settings "
                f"(fsync on). {os.cpu_count()} cores, Linux "
                f"{platform.release().split('-')[0]}, load average {load:.1f};"
                f" medians of {runs[0]} to {runs[-1]} runs, the tools taking "
                "turns.")


def _time(seconds):
    if seconds is None:
        return "–"
    if seconds < 0.0995:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 0.9995 else f"{seconds:.2f} s"


def value_text(metric, value):
    if value is None:
        return "–"
    if metric in ("wall", "cpu"):
        return _time(value)
    return f"{value / 1024:.1f} MiB" if metric == "peak_kib" else f"{value:.0f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |",
             "|" + "---|" + "--:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _keys(results):
    order = {name: i for i, name in enumerate(SCENARIOS)}
    verbs = {name: i for i, name in enumerate(OPERATIONS)}
    keys = {key[:3] for key in results.samples if key[0] in order}
    return sorted(keys, key=lambda k: (order[k[0]], k[1], verbs[k[2]]))


def _present(results, keys):
    return [tool for tool in COLUMNS
            if any((*key, tool) in results.samples for key in keys)]


def _comparison(results, keys, metric):
    tools = _present(results, keys)
    rows = []
    for key in keys:
        values = [results.median((*key, tool), metric) for tool in tools]
        if any(value is not None for value in values):
            rows.append([OPERATIONS[key[2]].format(n=key[1]),
                         *(value_text(metric, value) for value in values)])
    return table(["", *tools], rows) if rows else ""


def start_table(results):
    rows = []
    for key in sorted(results.samples, key=str):
        if key[0] == "start":
            rows.append([f"`{key[3]}`", _time(results.median(key, "cpu")),
                         _time(results.median(key, "wall")),
                         value_text("peak_kib", results.median(key, "peak_kib"))])
    return table(["start", "CPU", "wall", "peak memory"], rows)


def full(results, about):
    parts = ["# godwit beside other tools: migrations\n", about.text(results) + "\n",
             HOW, "## Targets\n", targets(results), "## Start\n",
             start_table(results)]
    titles = {"wall": "wall time", "cpu": "CPU time of the client",
              "peak_kib": "peak memory", "round_trips": "round trips",
              "syncs": "flushes to the disk"}
    for scenario, title in SCENARIOS.items():
        keys = [key for key in _keys(results) if key[0] == scenario]
        for metric, name in titles.items():
            table = _comparison(results, keys, metric)
            if table:
                parts += [f"## {title}: {name}\n", table]
    return "\n".join(parts)


HOW = """\
Each tool gets the same statements in its own form of file: tables with foreign
keys, added and renamed columns, indexes, seed rows, renamed tables. `psql` and
`sqlite3` run one script with a transaction a migration that also records it;
"nothing to do" is for them one SELECT, "status" reading their table. Flushes are
fsync and fdatasync calls of the program on SQLite, flushes of the log on
PostgreSQL. A round trip is counted when a client sends although the server owes
it nothing: each is a wait.
"""

# What, count, operation, metric, ours as a share of: scenario, tool, most.
TARGETS = [
    ("sqlite", 1000, "nothing", "cpu", "goose", 0.55),
    ("postgresql", 1000, "nothing", "wall", "psql", 1.0),
    ("postgresql", 1000, "status", "wall", "psql", 1.2),
    ("sqlite", 100, "apply", "wall", "sqlite3", 0.35),
    ("sqlite", 1000, "apply", "wall", "sqlite3", 0.6),
    ("sqlite", 100, "apply", "cpu", "sqlite3", 0.95),
    ("sqlite", 1000, "apply", "cpu", "sqlite3", 0.95),
    ("postgresql", 1000, "apply", "wall", "psql", 0.8),
    ("postgresql", 1000, "apply", "cpu", "psql", 1.5),
    ("postgresql-link", 100, "apply", "wall", "goose", 0.05),
    ("sqlite", 100, "rollback", "wall", "sqlite3", 1.0),
    ("postgresql", 100, "rollback", "wall", "psql", 1.0),
]
# What, count, operation, metric, most.
BOUNDS = [
    ("postgresql-link", 100, "nothing", "round_trips", 2),
    ("postgresql-link", 100, "status", "round_trips", 2),
    ("sqlite", 100, "apply", "syncs", 6),
    ("sqlite", 1000, "apply", "peak_kib", 14 * 1024),
    ("sqlite", 1000, "nothing", "peak_kib", 14 * 1024),
    ("postgresql", 1000, "apply", "peak_kib", 14 * 1024),
    ("postgresql", 1000, "nothing", "peak_kib", 14 * 1024),
]
NAMES = {"cpu": "CPU", "wall": "wall time", "peak_kib": "peak memory",
         "round_trips": "round trips, the login among them",
         "syncs": "fsync calls"}


def _verdict(met):
    return "yes" if met else "**no**"


def targets(results):
    rows = []
    for scenario, count, operation, metric, tool, most in TARGETS:
        ours = results.median((scenario, count, operation, "godwit"), metric)
        theirs = results.median((scenario, count, operation, tool), metric)
        if ours and theirs:
            what = OPERATIONS[operation].format(n=count)
            rows.append([f"{SCENARIOS[scenario]}: {what}, {NAMES[metric]}",
                         f"{ours / theirs:.2f} of {tool}", f"{most:.2f}",
                         _verdict(ours <= most * theirs)])
    for scenario, count, operation, metric, most in BOUNDS:
        ours = results.median((scenario, count, operation, "godwit"), metric)
        if ours is not None:
            what = OPERATIONS[operation].format(n=count)
            rows.append([f"{SCENARIOS[scenario]}: {what}, {NAMES[metric]}",
                         value_text(metric, ours), value_text(metric, most),
                         _verdict(ours <= most)])
    start = lambda name: results.median(("start", 0, "start", name), "cpu")
    for other in ("psql --version", "psql, one SELECT"):
        if start(other):
            share = start("godwit version") / start(other)
            rows.append([f"start: `godwit version`, CPU",
                         f"{share:.2f} of {other}", "1.15",
                         _verdict(share <= 1.15)])
    return table(["", "measured", "at most", "met"], rows)


# The rows of README.md: scenario, count, operation.
MAIN = [("sqlite", 100, "apply"), ("sqlite", 1000, "apply"),
        ("sqlite", 1000, "nothing"), ("sqlite", 100, "rollback"),
        ("postgresql", 100, "apply"), ("postgresql", 1000, "apply"),
        ("postgresql", 1000, "nothing"), ("postgresql", 1000, "status"),
        ("postgresql", 100, "rollback"), ("postgresql-link", 100, "apply"),
        ("postgresql-link", 100, "nothing")]


def main_part(results, about):
    rows = []
    for key in MAIN:
        cells = []
        for tool in COLUMNS:
            wall = results.median((*key, tool), "wall")
            cells.append(_time(wall))
        if cells[0] != "–":
            what = OPERATIONS[key[2]].format(n=key[1])
            rows.append([f"{SCENARIOS[key[0]]}: {what}", *cells])
    peak = [value_text("peak_kib",
                       results.median(("postgresql", 1000, "apply", tool),
                                      "peak_kib")
                       or results.median(("sqlite", 1000, "apply", tool),
                                         "peak_kib")) for tool in COLUMNS]
    rows.append(["peak memory, apply 1000", *peak])
    figures = table(["wall time", *COLUMNS], rows)
    return (f"{figures}\n{about.text(results)} The shells run one script with a "
            "transaction a migration;\n\"nothing to do\" is one SELECT for "
            "them. Made by `scripts/bench migrate --readme`,\nwhich also "
            "writes CPU time, memory, round trips and flushes of every run.\n")


def put_into(path, text):
    with open(path, encoding="utf-8") as file:
        page = file.read()
    made = f"{BEGIN}\n{text}{END}"
    between = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.S)
    if not between.search(page):
        raise SystemExit(f"bench: error: no markers in {path}: {BEGIN}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(between.sub(lambda _: made, page))
