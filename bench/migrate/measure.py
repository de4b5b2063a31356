# SPDX-License-Identifier: Apache-2.0
"""One run of a program, and what it took."""

import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections import defaultdict


class Failed(Exception):
    pass


class Meter:
    """Runs programs through godwit_measure, which is small and precise."""

    def __init__(self, build):
        self.program = os.path.join(build, "bench", "godwit_measure")
        self.folder = tempfile.mkdtemp(prefix="godwit-bench-")

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, words):
        result = os.path.join(self.folder, "result")
        output = os.path.join(self.folder, "output")
        with open(output, "wb") as out:
            done = subprocess.run([self.program, result, *words], stdout=out,
                                  stderr=out, stdin=subprocess.DEVNULL,
                                  check=False)
        if done.returncode != 0:
            with open(output, errors="replace", encoding="utf-8") as file:
                raise Failed(f"{' '.join(words)}: exit {done.returncode}\n"
                             + file.read()[-2000:])
        with open(result, encoding="utf-8") as file:
            measured = json.load(file)
        del measured["status"]
        return measured

    def count_syncs(self, words):
        """fsync and fdatasync calls of one more run; None without strace."""
        if not shutil.which("strace"):
            return None
        trace = os.path.join(self.folder, "trace")
        subprocess.run(["strace", "-f", "-o", trace, "-e",
                        "trace=fsync,fdatasync", *words], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(trace, encoding="utf-8") as file:
            return len(re.findall(r"^\d+ +f(?:data)?sync\(", file.read(), re.M))


class Proxy:
    """The tests' proxy as a program: a link with a latency, and counters."""

    def __init__(self, build, server, milliseconds):
        self.process = subprocess.Popen(
            [os.path.join(build, "tests", "support", "godwit_proxy"), server,
             str(milliseconds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def dsn(self, database):
        return (f"postgres://postgres@127.0.0.1:{self.port}/{database}"
                "?sslmode=disable")

    def traffic(self):
        """What has passed since this was asked for last."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Results:
    """Measurements by (scenario, count, operation, tool)."""

    def __init__(self):
        self.samples = defaultdict(lambda: defaultdict(list))

    def add(self, key, measured):
        for metric, value in measured.items():
            if value is not None:
                self.samples[key][metric].append(value)

    def load(self, path):
        with open(path, encoding="utf-8") as file:
            for row in json.load(file):
                key = (row.pop("scenario"), row.pop("count"),
                       row.pop("operation"), row.pop("tool"))
                for metric, values in row.items():
                    self.samples[key][metric].extend(values)

    def median(self, key, metric):
        values = self.samples.get(key, {}).get(metric)
        return statistics.median(values) if values else None

    def as_list(self):
        return [{"scenario": k[0], "count": k[1], "operation": k[2],
                 "tool": k[3], **values}
                for k, values in sorted(self.samples.items(), key=str)]
