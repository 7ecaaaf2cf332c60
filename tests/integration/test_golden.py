#!/usr/bin/env python3
"""The example's tree, file by file, as it lies in tests/golden: what a change of hlab changes is seen in review.

HLAB_ACCEPT=1 writes the tree anew (refused with CI=true): read `git diff tests/golden` before you commit it.
"""

import difflib
import os
import shutil
import unittest
from pathlib import Path

from lab_case import EXAMPLE, ROOT, LabCase

GOLDEN = ROOT / "tests/golden" / EXAMPLE.name
ACCEPT = bool(os.environ.get("HLAB_ACCEPT"))


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def runnable(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.stat().st_mode & 0o100}


def difference(name, wanted, found):
    lines = [text.decode(errors="replace").splitlines(keepends=True) for text in (wanted, found)]
    return "".join(list(difflib.unified_diff(*lines, f"tests/golden/{name}", f"now/{name}", n=2))[:60])


class Golden(LabCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.out = self.folder / "tree"
        self.build(self.example(), self.out)

    def test_the_example(self):
        if ACCEPT:
            self.assertNotEqual(os.environ.get("CI"), "true", "a golden is accepted by a person, not in CI")
            shutil.rmtree(GOLDEN, ignore_errors=True)
            shutil.copytree(self.out, GOLDEN)
        wanted, found = files_of(GOLDEN), files_of(self.out)
        self.assertGreater(len(wanted), 100, "tests/golden holds no tree")
        self.assertEqual(sorted(found), sorted(wanted))
        changed = [difference(name, wanted[name], found[name]) for name in sorted(found) if found[name] != wanted[name]]
        self.assertEqual(changed, [], "\n".join(changed) + f"\n{len(changed)} files differ; HLAB_ACCEPT=1 accepts them")
        self.assertEqual(runnable(self.out), runnable(GOLDEN))


if __name__ == "__main__":
    unittest.main()
