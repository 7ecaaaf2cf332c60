#!/usr/bin/env python3
"""Every field of every kind of the library, set to values that it does not take: whoever reads the lab afterwards
(graph, rules, emitters) finds fields in error everywhere, and never breaks on one."""

import re
import unittest

from lab_case import ROOT, LabCase, hlab

LAB = '''lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node box { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster one: k3s { version = "v1.34.3+k3s1"  servers = [box]  network = lan }
'''
VALUES = ('5', '"x"', '[1, "x"]', '{ a = 1 }', 'lan', '10.0.0.1')
KIND = re.compile(r"^kind ([a-z0-9-]+)(?: is ([a-z0-9.-]+))? \{(.*?)^\}", re.S | re.M)
FIELD = re.compile(r"^  (?:final )?([a-z][a-z0-9-]*): ", re.M)


def library():
    """(name as a lab writes it, name of what it refines, its own fields) of each kind."""
    for file in sorted((ROOT / "stdlib").rglob("*.hlab")):
        parts = file.relative_to(ROOT / "stdlib").parts[:-1]
        module = "" if parts == ("core",) else ".".join(parts) + "."
        for name, base, body in KIND.findall(file.read_text()):
            yield module + name, base.rsplit(".", 1)[-1], FIELD.findall(body)


class WrongValues(LabCase):
    def test_every_field_of_every_kind(self):
        kinds = list(library())
        bases = {name.rsplit(".", 1)[-1]: base for name, base, _ in kinds}
        self.assertGreater(sum(len(fields) for _, _, fields in kinds), 250)
        for name, base, fields in kinds:
            head = name
            while base:
                head, base = base, bases[base]
            for value in VALUES:
                with self.subTest(kind=name, value=value):
                    self.lab(LAB + "".join(
                        f"{head} x{i}: {name} {{ {field} = {value} }}\n" if head != name
                        else f"{head} x{i} {{ {field} = {value} }}\n" for i, field in enumerate(fields)))
                    answer = hlab("check", self.folder / "lab")
                    self.assertIn(answer.status, (0, 1), answer.text[-2000:])
                    self.assertIn("error" if answer.status else "fine", answer.text)


if __name__ == "__main__":
    unittest.main()
