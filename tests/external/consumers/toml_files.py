"""TOML, by Python's reader."""

import tomllib

from tree import verdict

NAME = "toml"


def claims(tree, file):
    return file.endswith(".toml")


def missing(tree):
    return None


def problem_of(text):
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return str(error)
    return ""


def check(tree, files):
    return [verdict(file, NAME, problem_of(tree.text(file))) for file in files]
