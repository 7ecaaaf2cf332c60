"""systemd units: systemd-analyze reads each, beside the others of its folder."""

import re
from pathlib import PurePosixPath

from tree import missing as missing_programs, run, verdict

NAME = "systemd-analyze"
ENDINGS = (".service", ".timer", ".mount", ".socket", ".target", ".path")
# What a unit refers to on its machine can't be there on this one.
ELSEWHERE = re.compile(r"is not executable: No such file|Failed to load environment|Unit .* not found")


def claims(tree, file):
    return file.endswith(ENDINGS)


def missing(tree):
    return missing_programs("systemd-analyze")


def check(tree, files):
    results = []
    for file in files:
        path = tree.path(file)
        done = run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", path],
                   env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "SYSTEMD_UNIT_PATH": f"{path.parent}:"})
        name = PurePosixPath(file).name
        told = [line for line in done.stderr.splitlines() if name in line and not ELSEWHERE.search(line)]
        results.append(verdict(file, NAME, "; ".join(told)))
    return results
