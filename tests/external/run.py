#!/usr/bin/env python3
"""Gives every file of an emitted tree to its real consumer, and prints who said what.

A file that no consumer claims is a failure, and so is each "no". A consumer that is not
installed is skipped, but fails where CI=true.
"""

import argparse
import importlib
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from tree import FAILED, OK, ROOT, SKIPPED, Result, Tree  # noqa: E402

# Each module: NAME; claims(tree, file); missing(tree), why it can't be asked, or None;
# check(tree, files), a list of results. GENERIC = True: it reads the form only, so that a file
# that it alone claims has no consumer yet.
CONSUMERS = (
    "ansible", "ansible_lint", "kubernetes", "argocd", "flux", "kustomize", "helm_values", "helm_chart", "nix", "sops",
    "tailscale", "k3s", "registries", "prometheus", "systemd", "shell", "json_files", "toml_files", "markdown", "git_files",
    "ownership", "yaml_style",
)


def load():
    return [importlib.import_module(f"consumers.{name}") for name in CONSUMERS]


def ask(module, tree, files):
    """The results of one consumer; an exception in it is its failure, not the end of the run."""
    why = module.missing(tree)
    if why:
        status = FAILED if os.environ.get("CI") == "true" else SKIPPED
        return [Result(file, module.NAME, status, f"not asked: {why}") for file in files]
    try:
        return module.check(tree, files)
    except Exception as error:  # noqa: BLE001
        return [Result(files[0], module.NAME, FAILED, f"the check itself broke: {error!r}")]


def unclaimed(tree, claims):
    return [
        Result(file, "nobody", FAILED, "no consumer claims this file")
        for file in tree.files
        if not any(file in files and not getattr(module, "GENERIC", False) for module, files in claims)
    ]


def unanswered(claims, results):
    """A consumer that claimed a file and said nothing about it has not read it."""
    said = {(result.file, result.consumer.split(":")[0]) for result in results}
    return [
        Result(file, module.NAME, FAILED, "claimed, but no result was given")
        for module, files in claims
        for file in files
        if (file, module.NAME) not in said and not any(r.status == FAILED and r.consumer == module.NAME for r in results)
    ]


def show(results, quiet):
    width = max((len(result.file) for result in results), default=0)
    for result in sorted(results, key=lambda r: (r.file, r.consumer)):
        if quiet and result.status == OK:
            continue
        detail = f"  {result.detail}" if result.detail else ""
        print(f"{result.status:8}{result.file:{width}}  {result.consumer}{detail}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tree", required=True, type=Path, help="the emitted folder")
    parser.add_argument("--lab", type=Path, help="the lab that it came from")
    parser.add_argument("--hlab", type=Path, help="the compiler, for questions about the lab")
    parser.add_argument("--expect-hosts", help="names that Ansible's inventory must hold, with commas")
    parser.add_argument("--json", type=Path, help="write the results to this file too")
    parser.add_argument("--only", help="ask only these consumers, with commas")
    parser.add_argument("--quiet", action="store_true", help="print only what is not ok")
    return parser.parse_args()


def main():
    options = arguments()
    if not options.tree.is_dir():
        print(f"run.py: there is no folder {options.tree}", file=sys.stderr)
        return 2
    os.environ["PATH"] = os.pathsep.join(
        [str(ROOT / "build/tools/bin"), str(ROOT / "build/tools/venv/bin"), os.environ.get("PATH", "")])
    started = time.monotonic()
    results = []
    with tempfile.TemporaryDirectory(prefix="hlab-consumers-") as scratch:
        tree = Tree(options.tree.resolve(), options.lab and options.lab.resolve(),
                    options.hlab and options.hlab.resolve(), Path(scratch))
        tree.expected_hosts = options.expect_hosts.split(",") if options.expect_hosts else None
        modules = [m for m in load() if not options.only or m.__name__.split(".")[-1] in options.only.split(",")]
        claims = [(module, [file for file in tree.files if module.claims(tree, file)]) for module in modules]
        for module, files in claims:
            if files:
                results += ask(module, tree, files)
        results += unanswered(claims, results)
        if not options.only:
            results += unclaimed(tree, claims)
    show(results, options.quiet)
    if options.json:
        options.json.write_text(json.dumps([vars(r) for r in results], indent=1) + "\n", encoding="utf-8")
    count = Counter(result.status for result in results)
    print(f"\n{len(tree.files)} files of {options.tree}, {len(claims)} consumers, {time.monotonic() - started:.0f} s")
    print(f"{count[OK]} passed, {count[FAILED]} failed, {count[SKIPPED]} skipped")
    return 1 if count[FAILED] or not results else 0


if __name__ == "__main__":
    sys.exit(main())
