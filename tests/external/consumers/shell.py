"""Shell scripts: bash reads the syntax, shellcheck the sense."""

from tree import missing as missing_programs, run, verdict

NAME = "shellcheck"


def claims(tree, file):
    if tree.path(file).is_symlink() or file.endswith(".j2"):
        return False
    if file.endswith(".sh"):
        return True
    with tree.path(file).open("rb") as stream:
        first = stream.readline(80)
    return first.startswith(b"#!") and (b"bash" in first or first.rstrip().endswith(b"/sh"))


def missing(tree):
    return missing_programs("shellcheck", "bash")


def check(tree, files):
    results = []
    for file in files:
        syntax = run(["bash", "-n", tree.path(file)])
        sense = run(["shellcheck", "-x", "-f", "gcc", tree.path(file).name], cwd=tree.path(file).parent)
        problem = syntax.stderr if syntax.returncode else sense.stdout + sense.stderr if sense.returncode else ""
        results.append(verdict(file, NAME, problem))
    return results
