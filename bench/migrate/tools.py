# SPDX-License-Identifier: Apache-2.0
"""The tools that are measured: how each is told to do the same thing."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

OPERATIONS = ("apply", "nothing", "status", "rollback")


@dataclass
class Target:
    """A database: a file of SQLite's, or a PostgreSQL DSN."""
    engine: str
    address: str


class Tool:
    name = ""
    form = "goose"
    engines = ("sqlite", "postgresql")

    def __init__(self, program):
        self.program = program

    def command(self, operation, target, folder):
        """The words of the command; None where the tool cannot do it."""
        raise NotImplementedError

    def version(self):
        return ""


class Godwit(Tool):
    name = "godwit"

    def command(self, operation, target, folder):
        words = {"apply": ["up"], "nothing": ["up"], "status": ["status"],
                 "rollback": ["down", "--all"]}[operation]
        url = target.address
        if target.engine == "sqlite":
            url = "sqlite:" + url
        return [self.program, "migrate", *words, "--url", url, "--dir", folder]

    def version(self):
        return _output([self.program, "version"])


class Goose(Tool):
    name = "goose"

    def command(self, operation, target, folder):
        word = {"apply": "up", "nothing": "up", "status": "status",
                "rollback": "reset"}[operation]
        driver = "sqlite3" if target.engine == "sqlite" else "postgres"
        return [self.program, "-dir", folder, driver, target.address, word]

    def version(self):
        return _output([self.program, "-version"])


class GolangMigrate(Tool):
    name = "golang-migrate"
    form = "pairs"

    def command(self, operation, target, folder):
        words = {"apply": ["up"], "nothing": ["up"], "status": ["version"],
                 "rollback": ["down", "-all"]}[operation]
        url = target.address
        if target.engine == "sqlite":
            url = "sqlite://" + url
        return [self.program, "-path", folder, "-database", url, *words]

    def version(self):
        described = _output(["go", "version", "-m", self.program])
        found = re.search(r"mod\s+\S+\s+(v\S+)", described)
        return found[1] if found else ""


class Dbmate(Tool):
    name = "dbmate"
    form = "dbmate"

    def command(self, operation, target, folder):
        if operation == "rollback":
            return None  # it reverts one migration a run
        word = {"apply": "migrate", "nothing": "migrate",
                "status": "status"}[operation]
        url = target.address
        if target.engine == "sqlite":
            url = "sqlite:" + url
        return [self.program, "--url", url, "--migrations-dir", folder,
                "--no-dump-schema", word]

    def version(self):
        return _output([self.program, "--version"])


READ_TRACKER = "SELECT * FROM shell_migrations ORDER BY version"


class Psql(Tool):
    name = "psql"
    form = "shell"
    engines = ("postgresql",)

    def command(self, operation, target, folder):
        words = {"apply": ["-f", os.path.join(folder, "up.sql")],
                 "nothing": ["-c", "SELECT 1"],
                 "status": ["-c", READ_TRACKER],
                 "rollback": ["-f", os.path.join(folder, "down.sql")],
                 }[operation]
        return [self.program, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                "-d", target.address, *words]

    def version(self):
        return _output([self.program, "--version"])


class SqliteShell(Tool):
    name = "sqlite3"
    form = "shell"
    engines = ("sqlite",)

    def command(self, operation, target, folder):
        words = {"apply": [".read " + os.path.join(folder, "up.sql")],
                 "nothing": ["SELECT 1 FROM shell_migrations LIMIT 1"],
                 "status": [READ_TRACKER],
                 "rollback": [".read " + os.path.join(folder, "down.sql")],
                 }[operation]
        return [self.program, "-batch", "-bail", target.address, *words]

    def version(self):
        return _output([self.program, "--version"]).split(" ")[0]


def _output(words):
    try:
        done = subprocess.run(words, capture_output=True, text=True,
                              check=False)
    except OSError:
        return ""
    found = re.search(r"v?\d+(\.\d+)+\S*", done.stdout + done.stderr)
    return found[0] if found else ""


def find_tools(build, peers, psql):
    """Those that are here, godwit first. `psql`: the program itself; what is on
    the PATH may be a script that looks for it."""
    wanted = [(Godwit, os.path.join(build, "godwit")),
              (Goose, os.path.join(peers, "goose")),
              (GolangMigrate, os.path.join(peers, "migrate")),
              (Dbmate, os.path.join(peers, "dbmate")),
              (Psql, psql), (SqliteShell, "sqlite3")]
    found = []
    for kind, program in wanted:
        path = shutil.which(program)
        if path:
            found.append(kind(path))
        else:
            print(f"bench: note: no {kind.name} here; it is left out")
    return found
