#!/usr/bin/env python3
"""What README.md shows is so: its commands, typed in the example, and its message about a wrong address."""

import re
import shutil
import unittest

from lab_case import EXAMPLE, ROOT, LabCase, hlab

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Asks a program of the network: tests/integration/test_graph.py and the tutorial have what it prints.
NOT_HERE = "tailscale status --json | hlab learn"


def commands():
    """The lines of the block below `## Use it`, without what they say of themselves."""
    block = re.search(r"^## Use it\n+```sh\n(.*?)```", README, re.S | re.M).group(1)
    lines = [re.sub(r"\s+#.*", "", line) for line in block.splitlines()]
    return [line for line in lines if line.startswith("hlab ") or line == NOT_HERE]


class Readme(LabCase):
    def setUp(self):
        super().setUp()
        self.copy = self.folder / "work" / "lab"
        shutil.copytree(EXAMPLE, self.copy)

    def test_commands(self):
        lines = commands()
        self.assertIn(NOT_HERE, lines)
        self.assertGreater(len(lines), 15)
        for line in lines:
            if line == NOT_HERE:
                continue
            words = line.replace("'", "").split()[1:]
            answer = hlab(*words, cwd=self.copy)
            self.assertEqual(answer.status, 0, line + "\n" + answer.text)
        self.assertTrue((self.copy / "my-lab").is_dir())
        self.assertTrue((self.copy.parent / "homelab" / "README.md").is_file())

    def test_a_wrong_address(self):
        said = re.search(r"^error\[HL4101\]: (\S+) is outside .*", README, re.M)
        file = self.copy / "machines.hlab"
        text = file.read_text(encoding="utf-8")
        wrong = re.sub(r"address\.lan(\s*)= 192\.168\.1\.\d+", rf"address.lan\1= {said.group(1)}", text, count=1)
        self.assertNotEqual(wrong, text)
        file.write_text(wrong, encoding="utf-8")
        answer = hlab("check", cwd=self.copy)
        self.assertEqual(answer.status, 1)
        self.assertIn(said.group(0), answer.text)


if __name__ == "__main__":
    unittest.main()
