"""JSON: strictly read, no key twice; what has a schema at hand is held against it."""

import json

from tree import verdict

NAME = "json"


def claims(tree, file):
    return file.endswith(".json") or file.endswith("flake.lock")


def missing(tree):
    return None


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"the key {sorted(twice)[0]!r} stands twice")
    return dict(pairs)


def refuse(word):
    raise ValueError(f"{word} is not JSON")


def problem_of(text):
    try:
        json.loads(text, object_pairs_hook=no_twice, parse_constant=refuse)
    except ValueError as error:
        return str(error)
    return ""


def check(tree, files):
    return [verdict(file, NAME, problem_of(tree.text(file))) for file in files]
