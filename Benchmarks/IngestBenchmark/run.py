#!/usr/bin/env python3
"""Measures ingest, import of scores and loading against a Python loader in the same run, and prints a table.

run.py RETRACE [STORE_BENCHMARK] [--problems 500] [--completions 256] [--bytes 1000] [--scores 8] [--large-gb 2]
Every command runs `--repeats` times, in turns with the others; the table shows the fastest run of each.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Measurement:
    """Wall seconds, CPU seconds and peak memory of a command."""

    def __init__(self, command):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        complaints = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.perf_counter() - start
        if status != 0:
            sys.exit(f"{' '.join(command)} failed:\n{complaints.decode()}")
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1024


def fresh(store):
    for ending in ["", "-wal", "-shm", "-journal"]:
        if os.path.exists(store + ending):
            os.remove(store + ending)


def best(measurements):
    return min(measurements, key=lambda measurement: measurement.wall)


def make(kind, path, options):
    sizes = ["--problems", options.problems, "--completions", options.completions, "--bytes", options.bytes]
    sizes += ["--scores", options.scores, "--lines", options.large_gb * 1000 // 50]
    subprocess.run([sys.executable, HERE + "/make.py", kind, path] + [str(size) for size in sizes], check=True)


def measure(options, work):
    rollouts, scores, store = work + "/rollouts.jsonl", work + "/scores.jsonl", work + "/store.retrace"
    make("rollouts", rollouts, options)
    make("scores", scores, options)
    subprocess.run(["gzip", "-k", rollouts], check=True)
    size = os.path.getsize(rollouts) / 1e6
    ingest = [options.retrace, "ingest", "--quiet", "--into", store]
    base = [sys.executable, HERE + "/baseline.py", rollouts, work + "/baseline.sqlite"]
    commands = {
        "retrace ingest, 2 threads": (ingest + [rollouts, "--threads", "2"], store),
        "retrace ingest, 1 thread": (ingest + [rollouts, "--threads", "1"], store),
        "Python: orjson, executemany, a row a score": (base, work + "/baseline.sqlite"),
        "Python: orjson, executemany, a JSON list a rollout": (base + ["--lists"], work + "/baseline.sqlite"),
        "retrace ingest of gzip, 2 threads": (ingest + [rollouts + ".gz", "--threads", "2"], store),
        "retrace ingest --dry-run of gzip, 2 threads": (ingest + [rollouts + ".gz", "--threads", "2", "--dry-run"], store),
        "gzip -dc": (["gzip", "-dc", rollouts + ".gz"], None),
    }
    runs = {name: [] for name in commands}
    for _ in range(options.repeats):
        for name, (command, output) in commands.items():
            if output:
                fresh(output)
            runs[name].append(Measurement(command))
    print(f"{size:.0f} MB: {options.problems} problems x {options.completions} completions of {options.bytes} bytes, "
          f"{options.scores} scores each; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| | wall s | CPU s | MB/s | peak MB | speed against Python |\n|---|---|---|---|---|---|")
    python = best(runs["Python: orjson, executemany, a row a score"]).wall
    for name in commands:
        row = best(runs[name])
        print(f"| {name} | {row.wall:.2f} | {row.cpu:.2f} | {size / row.wall:.0f} | {row.megabytes:.0f} | "
              f"{python / row.wall:.1f} |")
    fresh(store)
    Measurement(ingest + [rollouts])
    before = os.path.getsize(store)
    texts = options.problems * options.completions * options.bytes
    numbers = options.problems * options.completions * options.scores
    imported = Measurement([options.retrace, "scores", "import", scores, "--into", store, "--quiet"])
    print(f"\nstore: {before / 1e6:.0f} MB, {before / (texts + 8 * numbers):.2f} times the texts plus 8 bytes a score")
    print(f"scores import: {2 * numbers} scores in {imported.wall:.2f} s ({imported.cpu:.2f} s CPU)")
    if options.store_benchmark:
        subprocess.run([options.store_benchmark, "--load", store], check=True)


def measure_large(options, work):
    if options.large_gb == 0:
        return
    path, store = work + "/long.jsonl", work + "/long.retrace"
    make("long", path, options)
    size = os.path.getsize(path) / 1e6
    run = Measurement([options.retrace, "ingest", "--quiet", "--into", store, path])
    print(f"\n{size:.0f} MB in lines of 50 MB: {run.wall:.1f} s, {size / run.wall:.0f} MB/s, peak {run.megabytes:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("retrace")
    parser.add_argument("store_benchmark", nargs="?")
    for name, default in [("problems", 500), ("completions", 256), ("bytes", 1000), ("scores", 8), ("repeats", 3),
                          ("large-gb", 2)]:
        parser.add_argument("--" + name, type=int, default=default)
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="retrace-bench-")
    try:
        measure(options, work)
        measure_large(options, work)
    finally:
        shutil.rmtree(work)


main()
