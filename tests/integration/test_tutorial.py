#!/usr/bin/env python3
"""Runs pages line by line: writes their files, runs their commands, compares what these print.

`<!-- lab NAME -->` in a page begins with a copy of tests/docs/NAME. `test_tutorial.py --accept` writes what they print into the page (not with CI=true); outputs with `[...]` stay.
"""

import os
import re
import shutil
import subprocess
import sys
import unittest

from lab_case import HLAB, ROOT, RUN_PAGES, TOOLS, LabCase

BLOCK = re.compile(r"(?:<!-- write (?P<file>\S+) -->\n)?```(?P<language>\w+)\n(?P<body>.*?)```\n", re.S)
BEGINS_WITH = re.compile(r"^<!-- lab (\S+) -->$", re.M)
NEEDED = ("age-keygen", "sops")


def steps(body):
    """The commands of a console block, each with the output that the page shows."""
    found = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append([line[2:], []])
        else:
            found[-1][1].append(line)
    return found


def matches(shown, printed):
    """Whether the lines are the same; `[...]` stands for any. Of counts of files only zero is compared."""
    counts = re.compile(r"^\d+ files: \d+ written, \d+ unchanged, \d+ removed\.$")

    def pattern_of(line):
        if counts.match(line):
            return re.sub(r"\d+", lambda number: "0" if number[0] == "0" else r"[1-9]\d*", line)
        return ".*?" if line == "[...]" else re.escape(line)

    pattern = "\n".join(map(pattern_of, shown))
    return re.fullmatch(pattern, "\n".join(printed), re.S) is not None


def search_path():
    return os.pathsep.join([str(HLAB.parent), str(TOOLS / "bin"), os.environ.get("PATH", "/usr/bin:/bin")])


class Tutorial(LabCase):
    def run_command(self, command, lab):
        done = subprocess.run(["bash", "-c", command], cwd=lab, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={"PATH": search_path(), "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
                              stdin=subprocess.DEVNULL, encoding="utf-8", check=False, timeout=60)
        return done.stdout.rstrip("\n").splitlines()

    def follow(self, text, accept):
        lab = self.folder / "lab"
        begins_with = BEGINS_WITH.search(text)
        if begins_with:
            shutil.copytree(ROOT / "tests/docs" / begins_with[1], lab)
        else:
            lab.mkdir()
        result, end = [], 0
        for block in BLOCK.finditer(text):
            result.append(text[end:block.start("body")])
            end = block.end("body")
            body = block["body"]
            if block["file"]:
                (lab / block["file"]).write_text(body)
            if block["language"] == "hlab":
                self.assertTrue(block["file"], "each piece of a lab says which file it is")
                self.assertEqual(self.run_command(f"hlab fmt --check {block['file']}", lab), [], body)
            elif block["language"] == "console":
                body = self.console(body, lab, accept)
            result.append(body)
        return "".join(result) + text[end:]

    def console(self, body, lab, accept):
        lines = []
        for command, shown in steps(body):
            printed = self.run_command(command, lab)
            if not accept:
                self.assertTrue(matches(shown, printed), f"$ {command}\n" + "\n".join(printed))
            elif not matches(shown, printed):
                shown = printed
            lines += [f"$ {command}", *shown]
        return "\n".join(lines) + "\n"

    def follow_page(self, page):
        missing = [tool for tool in NEEDED if not shutil.which(tool, path=search_path())]
        if missing and os.environ.get("CI") != "true":
            self.skipTest(f"not installed: {', '.join(missing)}")
        text = page.read_text(encoding="utf-8")
        self.assertEqual(text.count("```"), 2 * len(BLOCK.findall(text)), "every block is one that the test runs")
        accept = os.environ.get("HLAB_ACCEPT") == "1"
        result = self.follow(text, accept)
        if accept:
            page.write_text(result, encoding="utf-8")
        self.assertEqual(page.read_text(encoding="utf-8"), result)

    def test_every_line(self):
        for page in RUN_PAGES:
            with self.subTest(page=page):
                shutil.rmtree(self.folder)
                self.folder.mkdir()
                self.follow_page(ROOT / page)


if __name__ == "__main__":
    if "--accept" in sys.argv:
        if os.environ.get("CI") == "true":
            sys.exit("--accept is refused with CI=true")
        sys.argv.remove("--accept")
        os.environ["HLAB_ACCEPT"] = "1"
    unittest.main()
