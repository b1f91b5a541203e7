#!/usr/bin/env python3
"""Judges the changes that Stryker listed: judge.py WORK [--sample N] [--workers N], called by run.

Each change is made in a copy of its file, the mutated part of the library is compiled with it and the tests are run, in a folder of each
worker's own, the quick classes first. A change is seen when a test fails or none ends in time; one that does not compile does not count.
"""

import argparse
import concurrent.futures
import glob
import json
import os
import pathlib
import queue
import random
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree

ASSEMBLY = "WeakToStrong.Mutated.dll"
TESTS = "WeakToStrong.Mathematics.Tests"
# Of the compiler's arguments, what only costs time here.
DROPPED = ("/refout:", "/doc:", "/pdb:", "/errorlog:", "/debug", "/warnaserror", "/warn:", "/analyzer", "/embed", "/noconfig")


def listed(work: pathlib.Path) -> list[dict]:
    """The changes of Stryker's report that it would test, each with its file."""
    report = max(glob.glob(f"{work}/Changes/StrykerOutput/*/reports/mutation-report.json"))
    with open(report, encoding="utf-8") as file:
        files = json.load(file)["files"]
    return [dict(change, file=name) for name, of in sorted(files.items()) for change in of["mutants"]
            if change["status"] not in ("Ignored", "CompileError")]


def offset(text: str, place: dict) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1


def changed(text: str, change: dict) -> str:
    where = change["location"]
    return text[: offset(text, where["start"])] + change["replacement"] + text[offset(text, where["end"]) :]


class Worker:
    """A copy of the tests' programs, in which one change after the other is judged."""

    def __init__(self, work: pathlib.Path, number: int):
        built = next(work.glob(f"Tests/bin/Release/*/*/{TESTS}.dll")).parent
        self.folder = work / f"Worker{number}"
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(built, self.folder)
        self.project = work / "Mutated"
        self.arguments = (self.project / "compile.rsp").read_text().split("\n")
        sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        root = pathlib.Path(os.path.realpath(shutil.which("dotnet"))).parent
        self.compiler = root / "sdk" / sdk / "Roslyn" / "bincore" / "csc.dll"
        self.patience = 300.0
        if not self.compile("", self.folder / "none"):
            sys.exit("the code does not compile without a change")
        start = time.monotonic()
        if self.run(["-xml", "times.xml"]) is not True:
            sys.exit("the tests fail without a change")
        self.patience = 5 + 4 * (time.monotonic() - start)
        seconds: dict[str, float] = {}
        for test in xml.etree.ElementTree.parse(self.folder / "times.xml").iter("test"):
            name = test.get("type", "")
            seconds[name] = seconds.get(name, 0) + float(test.get("time", 0))
        self.passes = [[word for name in sorted(seconds) if (seconds[name] < 0.5) == quick for word in ("-class", name)]
                       for quick in (True, False)]

    def judge(self, change: dict) -> str:
        with open(change["file"], encoding="utf-8") as file:
            text = file.read()
        source = self.folder / "Changed.cs"
        source.write_text(changed(text, change), encoding="utf-8")
        if not self.compile(change["file"], source):
            return "CompileError"
        for classes in self.passes:
            passed = self.run(classes) if classes else True
            if not passed:
                return "Timeout" if passed is None else "Killed"
        return "Survived"

    def compile(self, original: str, source: pathlib.Path) -> bool:
        response = self.folder / "compile.rsp"
        lines = []
        for line in self.arguments:
            path = line.strip('"')
            if path.endswith(".cs") and os.path.realpath(self.project / path) == os.path.realpath(original):
                line = f'"{source}"'
            elif line.startswith("/out:"):
                line = f'/out:"{self.folder / ASSEMBLY}"'
            elif line.startswith(DROPPED):
                continue
            lines.append(line)
        response.write_text("\n".join([*lines, "/warn:0", "/debug-"]))
        done = subprocess.run(["dotnet", "exec", self.compiler, "/shared:w2s-mutation", f"@{response}"], cwd=self.project,
                              capture_output=True)
        return done.returncode == 0

    def run(self, options: list[str]) -> bool | None:
        try:
            done = subprocess.run(["dotnet", f"{TESTS}.dll", "-noColor", "-stopOnFail", "-maxThreads", "1", *options], cwd=self.folder,
                                  capture_output=True, timeout=self.patience)
        except subprocess.TimeoutExpired:
            return None
        return done.returncode == 0


def described(change: dict) -> str:
    place = change["location"]["start"]
    where = f"{pathlib.Path(change['file']).name}:{place['line']}:{place['column']}"
    return f"{where} {change['mutatorName']}: {' '.join(change['replacement'].split())}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--workers", type=int, default=0)
    options = parser.parse_args()
    changes = listed(options.work)
    total = len(changes)
    if 0 < options.sample < total:
        random.seed(1)
        changes = random.sample(changes, options.sample)
    count = options.workers or max(1, (os.cpu_count() or 2) // 2)
    free: queue.Queue[Worker] = queue.Queue()
    for number in range(count):
        free.put(Worker(options.work, number))

    def judged(change: dict) -> tuple[dict, str]:
        worker = free.get()
        try:
            return change, worker.judge(change)
        finally:
            free.put(worker)

    counts = {"Killed": 0, "Timeout": 0, "Survived": 0, "CompileError": 0}
    with concurrent.futures.ThreadPoolExecutor(count) as pool, open(options.work / "survivors.txt", "w", encoding="utf-8") as out:
        for done, (change, verdict) in enumerate(pool.map(judged, changes), 1):
            counts[verdict] += 1
            if verdict == "Survived":
                print(described(change), file=out, flush=True)
            if sys.stderr.isatty() or done % 50 == 0:
                print(f"{done} of {len(changes)} changes: {counts}", end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)
    seen = counts["Killed"] + counts["Timeout"]
    print((options.work / "survivors.txt").read_text(encoding="utf-8"), end="")
    print(f"{100 * seen / max(1, seen + counts['Survived']):.2f}% seen: {counts}, of {total} changes listed")


if __name__ == "__main__":
    main()
