#!/usr/bin/env python3
"""Messages that no text of a lab shows: failures of the system, odd files, and what takes thousands of lines.

Their explanations have commands for examples, typed in the folder of a sound lab: these are typed here, and what is told
is kept in tests/rendered. Those of the other codes are of tests/unit/cases_test.cpp. HLAB_ACCEPT=1 writes what is told."""

import os
import re
import subprocess
import unittest

from lab_case import HLAB, ROOT, LabCase, hlab

RENDERED = ROOT / "tests/rendered"
HOME = 'lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }\n'


def codes():
    return re.findall(r"^(HL\d{4}) ", hlab("rules").out, re.MULTILINE)


def typed(explanation, heading):
    """The commands below `Wrong:` or `Right:`; none where the example is a lab."""
    example = explanation.partition(f"\n{heading}:\n\n")[2].split("\n\n")[0]
    lines = [line.strip() for line in example.splitlines()]
    return [line.removeprefix("$ ") for line in lines] if lines and lines[0].startswith("$ ") else []


class Rendered(LabCase):
    def type(self, commands, name):
        """Types them in a folder with a sound lab, the last one alone may fail."""
        folder = self.folder / name
        folder.mkdir()
        (folder / "lab.hlab").write_text(HOME, encoding="utf-8")
        environment = {**os.environ, "PATH": f"{HLAB.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        for number, command in enumerate(commands):
            done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=120)
            if number + 1 < len(commands):
                self.assertEqual(done.returncode, 0, f"{command}: {done.stderr[:300]}")
        self.assertTrue(commands[-1].startswith("hlab "), commands)
        return done.returncode, done.stderr.decode("utf-8")

    def examples(self):
        for code in codes():
            explanation = hlab("explain", code).out
            wrong, right = typed(explanation, "Wrong"), typed(explanation, "Right")
            if wrong:
                yield code, wrong, right

    def test_what_the_wrong_commands_tell_is_kept_and_the_right_ones_are_fine(self):
        seen = 0
        for code, wrong, right in self.examples():
            seen += 1
            with self.subTest(code):
                status, text = self.type(wrong, f"{code}-wrong")
                told = [block for block in text.split("\n\n") if block.startswith(f"error[{code}]")]
                self.assertEqual(len(told), 1, text[:2000])
                self.assertNotEqual(status, 0)
                kept = RENDERED / f"{code}.txt"
                if os.environ.get("HLAB_ACCEPT") and os.environ.get("CI") != "true":
                    kept.write_text(told[0] + "\n\n", encoding="utf-8")
                self.assertEqual(told[0] + "\n\n", kept.read_text(encoding="utf-8"))
                status, text = self.type(right, f"{code}-right")
                self.assertEqual(status, 0, text[:2000])
                self.assertNotIn("error[", text)
        self.assertGreater(seen, 10)

    def test_each_code_has_two_examples_and_a_rendering(self):
        self.assertGreater(len(codes()), 300)
        self.assertEqual({path.stem for path in RENDERED.iterdir()}, set(codes()))
        for code in codes():
            explanation = hlab("explain", code).out
            self.assertIn("\nWrong:\n\n    ", explanation, code)
            self.assertIn("\nRight:\n\n    ", explanation, code)


if __name__ == "__main__":
    unittest.main()
