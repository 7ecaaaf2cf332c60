"""hlab's own record of what it wrote: it must name every other file of its folder."""

from pathlib import PurePosixPath

from tree import verdict

NAME = "hlab"


def claims(tree, file):
    return PurePosixPath(file).name.startswith(".hlab") or "/.hlab/" in f"/{file}"


def missing(tree):
    return None


def check(tree, files):
    text = "\n".join(tree.text(file) for file in files)
    strange = [
        file
        for file in tree.files
        if not claims(tree, file) and PurePosixPath(file).name not in text
    ]
    problem = f"names no {', '.join(strange[:5])}" if strange else ""
    return [verdict(file, NAME, problem) for file in files]
