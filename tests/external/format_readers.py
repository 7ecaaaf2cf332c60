#!/usr/bin/env python3
"""Reads back what hlab wrote as TOML, INI and dotenv: format_readers.py FILE...

A line of a file is {"format": NAME, "expected": VALUE, "text": TEXT}. Each reader of the format must
give the same value, of the same types: for TOML tomllib and tomlkit, for INI configparser, for dotenv
bash (`set -a; . ./file`), python-dotenv and Docker Compose's own reader. Differences are printed, and
the exit status is 1. A reader that is not installed is named, and fails where CI=true.
"""

import configparser
import io
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

import dotenv
import tomlkit

from yaml_readers import SHOWN, same

COMPOSE = Path(__file__).resolve().parents[2] / "build/tools/bin/compose-dotenv"


def by_tomllib(text, _expected):
    return tomllib.loads(text)


def by_tomlkit(text, _expected):
    return tomlkit.parse(text).unwrap()


def by_configparser(text, _expected):
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str
    reader.read_string(text)
    return {name: dict(reader[name]) for name in reader.sections()}


def in_file(text):
    held = tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".env")
    held.write(text)
    held.flush()
    return held


def by_bash(text, expected):
    names = list(expected)
    with in_file(text) as held:
        script = 'set -a; . "$1" || exit 1; shift; for name; do printf "%s\\0" "${!name}"; done'
        done = subprocess.run(
            ["bash", "-c", script, "bash", held.name, *names], capture_output=True, env={"PATH": os.environ["PATH"]}
        )
    if done.returncode != 0 or done.stderr:
        raise ValueError(done.stderr.decode("utf-8", "replace"))
    return dict(zip(names, done.stdout.decode("utf-8").split("\0"), strict=False))


def by_python_dotenv(text, _expected):
    return dict(dotenv.dotenv_values(stream=io.StringIO(text, newline="")))


def by_compose(text, _expected):
    with in_file(text) as held:
        done = subprocess.run([COMPOSE, held.name], capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        raise ValueError(done.stderr)
    return json.loads(done.stdout)


READERS = {
    "toml": {"tomllib": by_tomllib, "tomlkit": by_tomlkit},
    "ini": {"configparser": by_configparser},
    "dotenv": {"bash": by_bash, "python-dotenv": by_python_dotenv, "Docker Compose": by_compose},
}


def difference(read, case):
    try:
        found = read(case["text"], case["expected"])
    except Exception as error:  # noqa: BLE001 each reader has its own
        return f"cannot read it: {' '.join(str(error).split())[:200]}"
    if same(case["expected"], found):
        return None
    if not isinstance(found, dict):
        return f"reads {found!r:.200}"
    wrong = {key: value for key, value in found.items() if not same(case["expected"].get(key), value)}
    wanted = {key: case["expected"].get(key) for key in wrong}
    return f"reads {wrong!r:.300}; wanted {wanted!r:.300}"


def main():
    if len(sys.argv) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    counts, differences = Counter(), []
    if not COMPOSE.exists():
        print(f"{COMPOSE.name} is not installed: Docker Compose's reader is not asked")
        if os.environ.get("CI") == "true":
            return 1
        del READERS["dotenv"]["Docker Compose"]
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8", newline="\n") as stream:
            for number, line in enumerate(stream, 1):
                case = json.loads(line)
                for reader, read in READERS[case["format"]].items():
                    counts[reader] += 1
                    told = difference(read, case)
                    if told:
                        differences.append(f"{name}:{number}: {reader} {told}")
    print("\n".join(differences[:SHOWN]))
    if len(differences) > SHOWN:
        print(f"... and {len(differences) - SHOWN} more")
    print(", ".join(f"{reader}: {count}" for reader, count in counts.items()) + f" files; {len(differences)} differences")
    return 1 if differences or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
