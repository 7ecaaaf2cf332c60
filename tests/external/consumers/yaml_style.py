"""yamllint, with the repository's .yamllint. It reads the form only, so it claims nothing alone."""

from tree import ROOT, missing as missing_programs, run, verdict

NAME = "yamllint"
GENERIC = True


def claims(tree, file):
    # Ciphertext is copied as bytes and styled by the program that made it.
    return file.endswith((".yaml", ".yml")) and not file.endswith(".sops.yaml") or file.endswith("/.sops.yaml")


def missing(tree):
    return missing_programs("yamllint")


def check(tree, files):
    files = [file for file in files if not tree.in_chart(file)]
    done = run(["yamllint", "-s", "-f", "parsable", "-c", ROOT / ".yamllint", *files], cwd=tree.root)
    told = {}
    for line in done.stdout.splitlines():
        file, _, message = line.partition(":")
        told.setdefault(file.removeprefix("./"), []).append(message)
    if done.returncode not in (0, 1, 2):
        told[files[0]] = [done.stderr]
    return [verdict(file, NAME, "; ".join(told.get(file, []))) for file in files]
