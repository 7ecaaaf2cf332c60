"""Nix: every file is parsed by nix-instantiate; a flake is evaluated with stand-ins (nix_eval)."""

from pathlib import Path, PurePosixPath

from tree import ROOT, SHARED, missing as missing_programs, run, verdict

NAME = "nix"
EVALUATOR = ROOT / "tests/external/nix_eval/check_nix_tree.py"
TABLE = SHARED / "schemas/tables/nixos-options.json"


def claims(tree, file):
    return file.endswith(".nix")


def missing(tree):
    return missing_programs("nix-instantiate", "nix")


def evaluate(tree, flake):
    command = ["python3", EVALUATOR, tree.path(flake).parent]
    # Made on the machine or by a person, never by hlab.
    for ending in ("hardware-configuration.nix", ".sops.yaml"):
        command += ["--may-miss", ending]
    if TABLE.exists():
        command += ["--table", TABLE]
    done = run(command)
    told = [line for line in done.stdout.splitlines() if "FAIL" in line]
    if done.returncode and not told:
        told = [done.stderr or "the evaluation failed without a word"]
    fine = f"evaluated, {len(done.stdout.splitlines())} answers"
    return verdict(flake, f"{NAME}: eval", "; ".join(told), fine)


def check(tree, files):
    results = []
    for file in files:
        done = run(["nix-instantiate", "--parse", tree.path(file)])
        results.append(verdict(file, NAME, done.stderr if done.returncode else ""))
    for file in files:
        if PurePosixPath(file).name == "flake.nix" and Path(EVALUATOR).exists():
            results.append(evaluate(tree, file))
    return results
