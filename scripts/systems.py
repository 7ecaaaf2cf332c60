#!/usr/bin/env python3
"""Writes docs/systems.md: for each system of the first lab its source, its files, who accepted them, and the test.

systems.py --tree TREE --results RESULTS.json [--check]

TREE is what hlab wrote for the example, RESULTS what tests/external/run.py said of it. A row that does not
hold (no such declaration, file, text or test; a consumer that refused) is an error, and nothing is written.
"""

import argparse
import json
import re
import sys
from fnmatch import fnmatch
from pathlib import Path

sys.dont_write_bytecode = True
from systems_003 import ABSENT, ROWS  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/nixos-pi-argocd"
PAGE = ROOT / "docs/systems.md"
#: Read the form of a file only.
FORM_ONLY = {"yamllint", "hlab", "json", "reader"}

HEAD = """\
<!-- Made by scripts/systems.py from the example, its output and what the consumers said. -->
# The systems of the first lab

What [the lab of the example](../examples/nixos-pi-argocd) names, where it is said, what comes out, which programs that
read such files have accepted them, and which tests look at it. `ctest -R integration_systems` checks every row.

| System | Said in | Emitted | Accepted by | Tests |
| --- | --- | --- | --- | --- |
"""


class Evidence:
    def __init__(self, tree, results):
        self.tree = tree
        self.sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(EXAMPLE.glob("*.hlab"))}
        self.said, self.problems = {}, []
        for result in json.loads(results.read_text(encoding="utf-8")):
            self.said.setdefault(result["file"], []).append(result)

    def problem(self, row, text):
        self.problems.append(f"{row.system}: {text}")

    def declarations(self, row):
        places = []
        for declared in row.declared:
            begin = re.compile(rf"^\s*{re.escape(declared)}(?![\w-])", re.M)
            files = [name for name, text in self.sources.items() if begin.search(text)]
            if not files:
                self.problem(row, f"the example declares no `{declared}`")
            places += [f"`{files[0]}`: `{declared}`"] if files else []
        return places

    def files(self, row):
        found = []
        for pattern, text in row.facts:
            files = [str(path.relative_to(self.tree)) for path in sorted(self.tree.rglob("*"))
                     if path.is_file() and fnmatch(str(path.relative_to(self.tree)), pattern)]
            holding = [file for file in files if text in (self.tree / file).read_text(encoding="utf-8")]
            if not holding:
                self.problem(row, f"no `{text}` in `{pattern}`")
            found += [file for file in holding if file not in found]
        return found

    def consumers(self, row, files):
        names = set()
        for file in files:
            said = self.said.get(file, [])
            accepted = {result["consumer"].split(":")[0] for result in said if result["status"] == "ok"}
            for result in said:
                if result["status"] == "FAILED":
                    self.problem(row, f"{result['consumer']} refused `{file}`: {result['detail']}")
            if not accepted - FORM_ONLY:
                self.problem(row, f"nobody has accepted `{file}`")
            names |= accepted - FORM_ONLY
        return sorted(names)

    def tests(self, row):
        for file, name in row.tests:
            path = ROOT / file
            if not path.is_file() or name not in path.read_text(encoding="utf-8"):
                self.problem(row, f"there is no test `{name}` in `{file}`")
        return [f"`{file}`" + (f" ({name})" if name not in ("", "TEST_CASE", "nixos", "scripts") else "") for file, name in row.tests]

    def line(self, row):
        files = self.files(row)
        cells = [f"**{row.system}**" + (f" {row.note}" if row.note else ""), "<br>".join(self.declarations(row)) or "-",
                 "<br>".join(f"`{file}`" for file in files) or "-", ", ".join(self.consumers(row, files)) or "-",
                 "<br>".join(self.tests(row))]
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"

    def nothing_planned(self):
        for path in sorted(self.tree.rglob("*")):
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            self.problems += [f"{path.relative_to(self.tree)} names `{word}`, which is planned" for word in ABSENT if word in text]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tree", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is not current")
    options = parser.parse_args()
    evidence = Evidence(options.tree, options.results)
    page = HEAD + "".join(evidence.line(row) for row in ROWS)
    evidence.nothing_planned()
    if evidence.problems:
        print("\n".join(evidence.problems), file=sys.stderr)
        return 1
    if options.check and PAGE.read_text(encoding="utf-8") != page:
        print("docs/systems.md is not current: run scripts/systems.py as tests/integration/test_systems.py does", file=sys.stderr)
        return 1
    if not options.check:
        PAGE.write_text(page, encoding="utf-8")
    print(f"{len(ROWS)} systems")
    return 0


if __name__ == "__main__":
    sys.exit(main())
