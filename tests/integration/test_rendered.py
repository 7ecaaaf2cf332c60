#!/usr/bin/env python3
"""Messages that no text of a lab shows: failures of the system, odd files, and what takes thousands of lines.

Each code has a file in tests/rendered. Those of a code with an example are of tests/unit/cases_test.cpp; the others have
a scene here, with what is wrong and the same without it. HLAB_ACCEPT=1 writes what is told."""

import os
import re
import unittest
from pathlib import Path

from lab_case import ROOT, LabCase, hlab

RENDERED = ROOT / "tests/rendered"
HOME = 'lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }\n'


def write(name, content=HOME):
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())


def many_files(count):
    for number in range(count):
        write(f"f{number}.hlab", "")
    write("lab.hlab")


def fmt(name):
    write(name, "lab  home {}\n")
    return "fmt", name


def nested(depth):
    return HOME + "file \"a\" { content = \"${" + "[" * depth + "]" * depth + ".length()}\" }\n"


def refined(depth):
    return HOME + "kind k0 {}\n" + "".join(f"kind k{n} is k{n - 1} {{}}\n" for n in range(1, depth + 1))


# By code: what is wrong, the same without it. Each writes into the folder that it stands in, and may give a command.
SCENES = {
    "HL0001": (lambda: ("check", "nothing"), lambda: write("lab.hlab")),
    "HL0002": (lambda: write("note.txt"), lambda: write("lab.hlab")),
    "HL0003": (lambda: (write("note.txt"), ("check", "note.txt"))[1], lambda: (write("a.hlab"), ("check", "a.hlab"))[1]),
    "HL0004": (lambda: (write("lab.hlab"), os.symlink("nowhere", "more.hlab"))[1],
               lambda: (write("lab.hlab"), write("there", ""), os.symlink("there", "more.hlab"))[1]),
    # What is written beside it would have too long a name.
    "HL0005": (lambda: fmt("a" * 250 + ".hlab"), lambda: fmt("a.hlab")),
    "HL0010": (lambda: (write("lab.hlab"), os.symlink("/etc/hostname", "more.hlab"))[1], lambda: write("lab.hlab")),
    "HL0011": (lambda: (write("lab.hlab"), os.mkfifo("pipe.hlab"))[1], lambda: write("lab.hlab")),
    "HL0012": (lambda: (write("lab.hlab"), write("large.hlab", "\n" * (16 * 1024 * 1024 + 1)))[1],
               lambda: (write("lab.hlab"), write("large.hlab", "\n" * (16 * 1024 * 1024)))[1]),
    "HL0013": (lambda: many_files(10_000), lambda: many_files(9_999)),
    "HL0014": (lambda: (write("lab.hlab"), write("line\nbreak.hlab", ""))[1], lambda: (write("lab.hlab"), write("line break.hlab", ""))[1]),
    "HL1001": (lambda: write("lab.hlab", HOME.encode() + b'# caf\xe9\n'), lambda: write("lab.hlab", HOME + "# café\n")),
    "HL1008": (lambda: write("lab.hlab", nested(300)), lambda: write("lab.hlab", nested(200))),
    "HL1010": (lambda: write("lab.hlab", HOME + "{}" * 5_100_000), lambda: write("lab.hlab")),
    "HL1015": (lambda: write("lab.hlab", HOME + 'file "a" { content = "${' + "1 + " * 1000 + '1}" }\n'),
               lambda: write("lab.hlab", HOME + 'file "a" { content = "${' + "1 + " * 400 + '1}" }\n')),
    "HL1016": (lambda: write("lab.hlab", HOME + "person a {\n" + "  b = = 1\n" * 1100 + "}\n"), lambda: write("lab.hlab")),
    "HL2015": (lambda: write("lab.hlab", refined(257)), lambda: write("lab.hlab", refined(256))),
}


def with_example(code):
    return "\nWrong:\n" in hlab("explain", code).out


class Rendered(LabCase):
    def run_scene(self, scene, name):
        folder = self.folder / name
        folder.mkdir()
        before = Path.cwd()
        os.chdir(folder)
        try:
            command = scene()
        finally:
            os.chdir(before)
        return hlab(*(command if isinstance(command, tuple) else ("check",)), cwd=folder)

    def test_each_scene_is_told_as_it_is_kept(self):
        for code, (wrong, right) in SCENES.items():
            with self.subTest(code):
                answer = self.run_scene(wrong, f"{code}-wrong")
                told = [block for block in re.split(r"\n\n", answer.err) if block.startswith(f"error[{code}]")]
                self.assertEqual(len(told), 1, answer.text[:2000])
                self.assertNotEqual(answer.status, 0)
                kept = RENDERED / f"{code}.txt"
                if os.environ.get("HLAB_ACCEPT") and os.environ.get("CI") != "true":
                    kept.write_text(told[0] + "\n\n", encoding="utf-8")
                self.assertEqual(told[0] + "\n\n", kept.read_text(encoding="utf-8"))
                self.assertNotIn(code, self.run_scene(right, f"{code}-right").text)

    def test_each_code_is_rendered_by_an_example_or_a_scene(self):
        codes = re.findall(r"^(HL\d{4}) ", hlab("rules").out, re.MULTILINE)
        self.assertGreater(len(codes), 200)
        self.assertEqual({path.stem for path in RENDERED.iterdir()}, set(codes))
        self.assertEqual({code for code in codes if not with_example(code)}, set(SCENES))


if __name__ == "__main__":
    unittest.main()
