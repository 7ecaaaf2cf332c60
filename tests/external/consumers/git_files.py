"""What git itself reads."""

from pathlib import PurePosixPath

from tree import missing as missing_programs, run, verdict

NAME = "git"
NAMES = (".gitignore", ".gitattributes", ".gitkeep")


def claims(tree, file):
    return PurePosixPath(file).name in NAMES


def missing(tree):
    return missing_programs("git")


def check(tree, files):
    """In a repository made of a copy of these files alone: git must read each without a word."""
    repository = tree.scratch / "git"
    run(["git", "init", "-q", repository])
    results = []
    for file in files:
        copy = repository / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(tree.path(file).read_bytes())
        probe = str(PurePosixPath(file).parent / "probe")
        asked = run(["git", "check-ignore", "-v", "--no-index", probe], cwd=repository)
        attributes = run(["git", "check-attr", "-a", probe], cwd=repository)
        results.append(verdict(file, NAME, asked.stderr + attributes.stderr))
    return results
