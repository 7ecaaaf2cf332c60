#!/usr/bin/env python3
"""Prints how long our files are, and fails when one is over the cap."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CAP = 600
LANGUAGES = {
    "C++": (".cpp", ".h"),
    "hlab": (".hlab",),
    "Python": (".py",),
    "grammar": (".g4",),
    "shell": (".sh",),
}
# What stands there as data, not as source: inputs and expectations of tests.
DATA = ("tests/cases/", "tests/golden/", "tests/hostile/", "tests/corpus/")


def tracked():
    out = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [name for name in out.splitlines() if not name.startswith(DATA)]


def lines_of(name):
    path = ROOT / name
    return len(path.read_bytes().splitlines()) if path.is_file() else None


def main():
    print(f"{'':8} {'files':>6} {'lines':>7} {'median':>7} {'p90':>5} {'longest':>8}")
    over = []
    names = tracked()
    for language, endings in LANGUAGES.items():
        sizes = sorted((n, name) for name in names if name.endswith(endings) and (n := lines_of(name)) is not None)
        if not sizes:
            continue
        counts = [n for n, _ in sizes]
        median, p90 = counts[len(counts) // 2], counts[min(len(counts) - 1, len(counts) * 9 // 10)]
        print(f"{language:8} {len(counts):6} {sum(counts):7} {median:7} {p90:5} {counts[-1]:8}  {sizes[-1][1]}")
        over += [f"{name}: {n} lines, the cap is {CAP}" for n, name in sizes if n > CAP]
    print("\n".join(over))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
