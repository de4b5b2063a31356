# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of the benchmark's own, with the settings it comes with."""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time


class Server:
    def __init__(self):
        self.bin = self._programs()
        # On a disk: what is measured waits for it.
        self.folder = tempfile.mkdtemp(prefix="godwit-bench-", dir="/var/tmp")
        self.user = self._user()
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self._run([f"{self.bin}/initdb", "-D", f"{self.folder}/data", "-U",
                   "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"])
        self.process = self._start()
        self.databases = 0

    @staticmethod
    def _programs():
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
        fifteen = [path for path in found if "/15/" in path]
        if not found:
            raise SystemExit("bench: error: no PostgreSQL server under "
                             "/usr/lib/postgresql; scripts/setup installs one")
        return os.path.dirname((fifteen or found)[0])

    @staticmethod
    def _user():
        """The server refuses to run as root."""
        return pwd.getpwnam("postgres") if os.getuid() == 0 else None

    def _as_user(self):
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid,
                "extra_groups": []}

    def _run(self, words):
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL,
                       cwd="/", **self._as_user())

    def _start(self):
        log = open(f"{self.folder}/log", "wb")
        process = subprocess.Popen(
            [f"{self.bin}/postgres", "-D", f"{self.folder}/data", "-k",
             self.folder, "-c", "listen_addresses="],
            stdout=log, stderr=log, cwd="/", **self._as_user())
        log.close()
        for _ in range(200):
            if self._answers():
                return process
            time.sleep(0.05)
        process.kill()
        raise SystemExit("bench: error: the server did not start")

    def _answers(self):
        return subprocess.run(
            ["psql", "-X", "-q", "-c", "SELECT 1", self.dsn()], check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ).returncode == 0

    def dsn(self, database="postgres"):
        return (f"postgres://postgres@/{database}?host={self.folder}"
                "&sslmode=disable")

    @property
    def socket(self):
        return f"{self.folder}/.s.PGSQL.5432"

    def query(self, sql, database="postgres"):
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
             self.dsn(database), "-c", sql],
            check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def version(self):
        return self.query("SHOW server_version").split(" ")[0]

    def new_database(self):
        self.databases += 1
        name = f"bench_{self.databases}"
        self.query(f"CREATE DATABASE {name}")
        # What came before must not be written to the disk while one runs.
        self.query("CHECKPOINT")
        return name

    def drop_database(self, name):
        self.query(f"DROP DATABASE {name} WITH (FORCE)")

    def syncs(self):
        """How often the log was flushed to the disk until now."""
        return int(self.query("SELECT wal_sync FROM pg_stat_wal"))

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
