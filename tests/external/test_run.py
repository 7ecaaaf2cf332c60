#!/usr/bin/env python3
"""Tests of the driver: a sound tree passes whole, and each fault is refused by its consumer."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
from sample_tree import FAULTS, FILES, SEALED, SEALED_FILE  # noqa: E402

MODULE = {
    "reader": "markdown", "ansible-lint": "ansible_lint", "kubeconform": "kubernetes", "helm-values": "helm_values",
    "promtool": "prometheus", "yamllint": "yaml_style", "shellcheck": "shell", "json": "json_files",
}
TOOLS = f"{HERE.parents[1]}/build/tools/bin:{HERE.parents[1]}/build/tools/venv/bin"


def lay(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def drive(folder, *more, environment=None):
    report = folder.parent / "report.json"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, HERE / "run.py", "--tree", folder, "--json", report, *more],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment, check=False)
    results = json.loads(report.read_text()) if report.exists() else []
    return done, results


def refused(results, consumer):
    return [r for r in results if r["status"] == "FAILED" and r["consumer"].split(":")[0] == consumer]


def sound_files():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["age-keygen", "-o", f"{folder}/key"], check=True, capture_output=True)
        public = Path(f"{folder}/key").read_text().split("public key: ")[1].split()[0]
    files = {name: text.replace("@KEY@", public) for name, text in FILES.items()}
    sealed = subprocess.run(
        ["sops", "encrypt", "--age", public, "--encrypted-regex", "^(data|stringData)$", "--input-type", "yaml",
         "--output-type", "yaml", "/dev/stdin"], input=SEALED, check=True, capture_output=True, text=True)
    return {**files, SEALED_FILE: sealed.stdout}


def test_sound(folder, files):
    lay(folder, files)
    done, results = drive(folder)
    bad = [r for r in results if r["status"] != "ok"]
    return "" if done.returncode == 0 and results and not bad else f"{bad}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def test_fault(folder, files, fault):
    _, consumer, file, out, into = fault
    if out not in files[file]:
        return f"the sample has no {out!r} in {file}"
    lay(folder, {**files, file: files[file].replace(out, into, 1)})
    done, results = drive(folder, "--only", MODULE.get(consumer, consumer))
    if done.returncode == 1 and refused(results, consumer):
        return ""
    return f"not refused: {done.stdout[-1500:]}{done.stderr[-1500:]}"


def test_unclaimed(folder, files):
    lay(folder, {"strange.conf": "a = b\n", "README.md": "text\n", "machines/hosts.yml": files["machines/hosts.yml"]})
    done, results = drive(folder)
    told = {r["file"] for r in refused(results, "nobody")}
    wanted = {"strange.conf", "machines/hosts.yml"}  # yamllint alone is no consumer
    return "" if done.returncode == 1 and told == wanted else f"{told}, not {wanted}"


def test_missing_consumer(folder, files):
    """Without CI a skip, with CI a failure; never silence."""
    lay(folder, {"a.nix": "{ }\n"})
    (folder.parent / "bin").mkdir()
    answers = []
    for ci in ("", "true"):
        environment = {"PATH": str(folder.parent / "bin"), "CI": ci, "HOME": os.environ.get("HOME", "/")}
        done, results = drive(folder, "--only", "nix", environment=environment)
        answers.append((done.returncode, [r["status"] for r in results]))
    return "" if answers == [(0, ["skipped"]), (1, ["FAILED"])] else str(answers)


def main():
    os.environ["PATH"] = f"{TOOLS}:{os.environ['PATH']}"
    files = sound_files()
    tests = [("a sound tree", lambda f: test_sound(f, files)),
             ("a file that nobody claims", lambda f: test_unclaimed(f, files)),
             ("a consumer that is not installed", lambda f: test_missing_consumer(f, files))]
    tests += [(f"{fault[0]} ({fault[1]})", lambda f, fault=fault: test_fault(f, files, fault)) for fault in FAULTS]
    failed = 0
    for name, test in tests:
        with tempfile.TemporaryDirectory() as scratch:
            problem = test(Path(scratch) / "tree")
        failed += bool(problem)
        print(f"{'FAILED  ' if problem else 'ok      '}{name}" + (f"\n{problem}" if problem else ""), flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
