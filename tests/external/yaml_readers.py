#!/usr/bin/env python3
"""Reads back what hlab's YAML writer wrote: yaml_readers.py FILE...

A line of a file is {"expected": VALUE, "yaml": TEXT}. TEXT is read by PyYAML (YAML 1.1) and by
ruamel.yaml (YAML 1.2); each must give the same value of the same type, one document, and no key
of a map that was another before. Differences are printed, and the exit status is 1.
"""

import io
import json
import math
import sys

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError as RuamelError

SHOWN = 20


class Strict(yaml.SafeLoader):
    """PyYAML would keep the second of two equal keys."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len({(type(k), k) for k in keys}) != len(keys):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def by_pyyaml(text):
    return list(yaml.load_all(text, Loader=Strict))


def ruamel_reader():
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    reader.allow_duplicate_keys = False
    return reader


def by_ruamel(text):
    return list(ruamel_reader().load_all(io.StringIO(text)))


READERS = {"PyYAML, YAML 1.1": by_pyyaml, "ruamel, YAML 1.2": by_ruamel}


def same(expected, got):
    """Equal in value and in type: 1, 1.0, True and "1" are four things."""
    if type(expected) is not type(got):
        return False
    if isinstance(expected, dict):
        return len(expected) == len(got) and all(
            any(same(key, other) for other in got) and same(value, got[key]) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, float):
        return expected == got and math.copysign(1, expected) == math.copysign(1, got)
    return expected == got


def difference(read, case):
    try:
        documents = read(case["yaml"])
    except (yaml.YAMLError, RuamelError, ValueError, TypeError) as error:
        return f"cannot read it: {' '.join(str(error).split())[:200]}"
    if len(documents) != 1:
        return f"reads {len(documents)} documents"
    if not same(case["expected"], documents[0]):
        return f"reads {documents[0]!r:.200} ({type(documents[0]).__name__})"
    return None


def check_file(name):
    count, differences = 0, []
    with open(name, encoding="utf-8", newline="\n") as stream:
        for number, line in enumerate(stream, 1):
            case = json.loads(line)
            count += 1
            for reader, read in READERS.items():
                told = difference(read, case)
                if told:
                    differences.append(f"{name}:{number}: {reader} {told}; wanted {case['expected']!r:.200}")
    return count, differences


def main():
    if len(sys.argv) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    total, differences = 0, []
    for name in sys.argv[1:]:
        count, told = check_file(name)
        total += count
        differences += told
    print("\n".join(differences[:SHOWN]))
    if len(differences) > SHOWN:
        print(f"... and {len(differences) - SHOWN} more")
    print(f"{total} scalars, {len(READERS)} readers each, {len(differences)} differences")
    return 1 if differences or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
