"""Documents: there is text, and its links into the tree lead somewhere."""

import re
from pathlib import PurePosixPath

from tree import verdict

NAME = "reader"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def claims(tree, file):
    return file.endswith((".md", ".txt"))


def missing(tree):
    return None


def check(tree, files):
    results = []
    for file in files:
        text = tree.text(file)
        dead = [
            target
            for target in LINK.findall(text)
            if not (tree.root / PurePosixPath(file).parent / target).exists()
        ]
        problem = "is empty" if not text.strip() else f"links to nothing: {', '.join(dead)}" if dead else ""
        results.append(verdict(file, NAME, problem))
    return results
