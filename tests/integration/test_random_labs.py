#!/usr/bin/env python3
"""Second labs: of other names, addresses and services. They compile, their names are nowhere in the program, and
they are left in build/release/labs for the test that gives every emitted file to its consumer."""

import re
import shutil
import subprocess
import sys
import unittest

from lab_case import EXAMPLE, HLAB, ROOT, LabCase, hlab, tree_of
from lab_generator import random_lab

SEEDS = (1, 2, 3)
MANY = range(100, 140)


class RandomLabs(LabCase):
    def test_they_compile(self):
        for seed in SEEDS:
            with self.subTest(seed):
                lab = self.lab(random_lab(seed), f"random-{seed}")
                self.assert_status(hlab("check", lab), 0)
                self.build(lab, self.folder / f"out-{seed}")
                self.assertGreater(len(tree_of(self.folder / f"out-{seed}")), 60)
                self.keep(lab)

    def keep(self, lab):
        """For `./dev test`, which asks the consumers about every lab there."""
        if HLAB.parent != ROOT / "build/release":
            return
        place = HLAB.parent / "labs" / lab.name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(lab, place)

    def test_many_are_sound(self):
        for seed in MANY:
            with self.subTest(seed):
                files = random_lab(seed)
                answer = hlab("check", self.lab(files, f"many-{seed}"))
                self.assertEqual(answer.status, 0, answer.text)

    def test_same_seed_same_lab(self):
        self.assertEqual(random_lab(5), random_lab(5))
        self.assertNotEqual(random_lab(5), random_lab(6))

    def test_nothing_of_the_example_is_in_another_tree(self):
        text = "\n".join(path.read_text() for path in sorted(EXAMPLE.glob("*.hlab")))
        words = set(re.findall(r"\b(?:192\.168\.1\.\d+|atlas|boreas|home\.example\.org|pi5|pi4s|vikunja|ana)\b", text))
        self.assertGreater(len(words), 8)
        lab = self.lab(random_lab(1))
        self.build(lab, self.folder / "out")
        for path in (self.folder / "out").rglob("*"):
            if path.is_file():
                found = words & set(re.findall(r"[\w.]+", path.read_text(encoding="utf-8", errors="replace")))
                self.assertFalse(found, path)

    def test_nothing_of_the_example_is_in_the_sources(self):
        done = subprocess.run([sys.executable, "-B", ROOT / "scripts/check_names.py"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
