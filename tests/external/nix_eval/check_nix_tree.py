#!/usr/bin/env python3
"""Gives an emitted NixOS tree to its consumers and says what they made of it.

Each *.nix file is parsed by nix-instantiate; the flake is evaluated by nix with stand-ins for its
inputs (stub_nixpkgs, stub_sops), and every option that a machine assigns is looked up in the option
tables; scripts in units are read by shellcheck. Prints one line for each (file, consumer, result)
and exits 1 if any failed.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from option_table import OptionTable, fits, has_part  # noqa: E402  (after the switch above)

HERE = pathlib.Path(__file__).resolve().parent
STUBS = {"nixpkgs": "stub_nixpkgs", "sops-nix": "stub_sops"}
SCRIPTS = ("preStart", "script", "postStart")


class Report:
    def __init__(self):
        self.failures = 0

    def line(self, what, consumer, problem=None, fine="ok"):
        if problem:
            self.failures += 1
        print(f"{what}\t{consumer}\t{'FAIL: ' + problem if problem else fine}")


def parse_files(tree, report):
    for name in sorted(tree.rglob("*.nix")):
        done = subprocess.run(["nix-instantiate", "--parse", name], capture_output=True, text=True)
        problem = done.stderr.strip() if done.returncode else None
        report.line(name.relative_to(tree), "nix-instantiate --parse", problem)


def evaluate(tree, scratch):
    """The stand-in's answer for each machine, or the text of nix's error."""
    flake = scratch / "flake"
    shutil.copytree(tree, flake)
    command = ["nix", "--extra-experimental-features", "nix-command flakes", "--store",
               scratch / "store", "eval", "--json", "--no-write-lock-file"]
    text = (flake / "flake.nix").read_text(encoding="utf-8")
    # A lab with several releases has an input for each: nixpkgs, nixpkgs-25-05.
    for name in sorted(set(re.findall(r"\b(?:nixpkgs(?:-\d+)*|sops-nix)(?=\.url| = \{)", text))):
        stub = STUBS["sops-nix" if name == "sops-nix" else "nixpkgs"]
        command += ["--override-input", name, f"path:{HERE / stub}"]
    command.append(f"path:{flake}#nixosConfigurations")
    environment = dict(os.environ, HOME=str(scratch))
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        return None, done.stderr.strip()
    # Paths come back inside the store's copy of the flake; they are told relative to it.
    answer = done.stdout
    for copy in (scratch / "store/nix/store").glob("*-source"):
        answer = answer.replace(f"{copy}/", "")
    return json.loads(answer), None


def check_options(host, answer, table, report):
    leaves = {tuple(leaf["path"]): leaf["value"] for leaf in answer["options"]}
    marker = leaves.pop(("hlabTest", "sopsModule"), False)
    for path, value in leaves.items():
        name = ".".join(path)
        kind, depth = table.find(path)
        problem = None
        if kind is None:
            problem = "no such option"
        elif depth < len(path) and not has_part(kind, path[depth:]):
            problem = f"{path[depth]} is no part of {kind}"
        elif depth == len(path) and not fits(value, kind):
            problem = f"{json.dumps(value)} is not of type {kind}"
        elif path[0] == "sops" and not marker:
            problem = "the module that declares it is not imported"
        report.line(f"{host}: {name}", "option table", problem)
    return leaves


def check_scripts(host, leaves, report):
    for path, value in leaves.items():
        if path[-1] in SCRIPTS:
            done = subprocess.run(["shellcheck", "--shell=bash", "-"], input="set -e\n" + value,
                                  capture_output=True, text=True)
            report.line(f"{host}: {'.'.join(path)}", "shellcheck", done.stdout.strip() or None)


def compare(host, leaves, expected, report):
    for name, value in expected.items():
        got = [v for path, v in leaves.items() if ".".join(path) == name]
        problem = None if got == [value] else f"expected {json.dumps(value)}, got {json.dumps(got)}"
        report.line(f"{host}: {name}", "expectation", problem)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("tree", type=pathlib.Path, help="folder that holds flake.nix")
    options.add_argument("--table", action="append", default=[], help="option table (JSON)")
    options.add_argument("--expect", help="JSON: machine -> option -> value")
    options.add_argument("--may-miss", action="append", default=[], metavar="SUFFIX",
                         help="a file with this ending may be absent (secrets nobody made yet)")
    options.add_argument("--json", help="write what every machine assigns to this file")
    arguments = options.parse_args()
    report = Report()
    parse_files(arguments.tree, report)
    with tempfile.TemporaryDirectory() as scratch:
        machines, problem = evaluate(arguments.tree, pathlib.Path(scratch))
    report.line("flake.nix", "nix eval", problem)
    expected = json.loads(pathlib.Path(arguments.expect).read_text()) if arguments.expect else {}
    table = OptionTable([HERE / "options_extra.json", *arguments.table])
    assigned = {}
    for host, answer in (machines or {}).items():
        leaves = check_options(host, answer, table, report)
        assigned[host] = {".".join(path): value for path, value in leaves.items()}
        check_scripts(host, leaves, report)
        compare(host, leaves, expected.pop(host, {}), report)
        for name in answer["missing"]:
            allowed = any(name.endswith(suffix) for suffix in arguments.may_miss)
            report.line(f"{host}: {name}", "file exists", None if allowed else "not in the tree",
                        "absent, as allowed")
        for message in answer["failed"]:
            allowed = any(suffix in message for suffix in arguments.may_miss)
            report.line(f"{host}: {message}", "assertion", None if allowed else "does not hold",
                        "does not hold, as allowed")
    for host in expected:
        report.line(host, "expectation", "the flake has no such machine")
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(assigned, indent=2) + "\n")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
