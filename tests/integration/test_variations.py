#!/usr/bin/env python3
"""Sites and tests of a lab: what --site builds, what `hlab test` says."""

import json
import unittest

from lab_case import LabCase, hlab

LAB = """\
lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf { width: Int = 3 }
kind box { on: &shelf?  near: [&shelf] = []  size: Int = 1 }
network lan { cidr = 192.168.1.0/24  dhcp = 192.168.1.100..192.168.1.199 }
node pi { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
shelf low {}
shelf high { width = 5 }
box tools { on = low  near = [low, high]  size = 2 }
file "out.txt" { content = "${lab.domain} ${tools.size} ${tools.near.length()} ${(all shelf).length()}\\n" }

site cabin of home {
  without shelf high
  override lab.domain "home.example.org" -> "cabin.example.org" because "another zone"
  override box.tools.size any -> 7
  override pi.address.lan any -> 192.168.1.77
  shelf extra {}
}
"""

TESTS = """\
test "boxes are small" {
  expect tools.size < 2, "tools has ${tools.size}"
}
test "boxes grow" {
  override box.tools.size 2 -> 4
  expect tools.size == 4
  expect tools.near.length() == 2
}
test "the low shelf is needed" {
  without shelf low
  expect HL3044
}
test "nothing is wrong" { expect HL4100 }
test "a twin of pi" {
  node twin { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.1 }
  override pi.address.lan any -> 192.168.1.1
  expect HL4100
}
"""


# rule SITE-7
class Variations(LabCase):
    def write(self, extra=""):
        (self.folder / "lab.hlab").write_text(LAB + extra)

    def test_a_site_is_built_beside_the_lab(self):
        self.write()
        self.assertEqual(hlab("build", self.folder, "--out", self.folder / "out").status, 0)
        site = hlab("build", self.folder, "--site", "cabin", "--out", self.folder / "cabin")
        self.assertEqual(site.status, 0, site.err)
        self.assertEqual((self.folder / "out/out.txt").read_text(), "home.example.org 2 2 2\n")
        self.assertEqual((self.folder / "cabin/out.txt").read_text(), "cabin.example.org 7 1 2\n")
        self.assertIn("pi", (self.folder / "hlab.lock").read_text())
        self.assertEqual([hlab("eval", "lab.domain", self.folder, *site).out for site in ((), ("--site", "cabin"))],
                         ["home.example.org\n", "cabin.example.org\n"])
        unknown = hlab("check", self.folder, "--site", "hut")
        self.assertEqual(unknown.status, 1)
        self.assertIn("HL0030", unknown.err)
        unknown = hlab("eval", "lab.domain", self.folder, "--site", "hut")
        self.assertEqual((unknown.status, unknown.out), (1, ""))

    def test_tests_pass_and_fail(self):
        self.write(TESTS)
        run = hlab("test", self.folder)
        self.assertEqual(run.status, 1)
        self.assertEqual(
            run.out.splitlines(),
            ["FAIL  boxes are small", "ok    boxes grow", "ok    the low shelf is needed",
             "FAIL  nothing is wrong", "ok    a twin of pi"])
        self.assertIn("tools has 2", run.err)
        self.assertIn("HL4100 was expected", run.err)

    def test_conditions_beside_an_expected_diagnostic_are_asked(self):
        self.write("""\
kind room { width: Int = 1  height: Int = 8 / .width  check .width < 10, "too wide" at width }
room hall {}
test "wrong"    { override room.hall.width any -> 20  expect HL4002  expect hall.width == 21, "it is ${hall.width}" }
test "right"    { override room.hall.width any -> 20  expect HL4002  expect hall.width == 20 }
test "no value" { override room.hall.width any -> 0  expect HL3022  expect hall.height == 8 }
test "no types" { room r { width = "a" }  expect HL3001  expect hall.width == 2 }
""")
        run = hlab("test", self.folder)
        self.assertEqual(run.out.splitlines(),
                         ["FAIL  wrong", "ok    right", "FAIL  no value", "FAIL  no types"], run.err)
        self.assertIn("error[HL4020]: it is 20", run.err)
        self.assertEqual(run.err.count("error[HL4020]: nobody knows whether this holds"), 1, run.err)

    def test_what_is_absent_is_told_as_such(self):
        self.write("""\
kind room { width: Int? }
room hall {}
test "the hall is wide" { expect hall.width == 3, "it is ${hall.width}, not 3" }
""")
        run = hlab("test", self.folder)
        self.assertEqual(run.status, 1)
        self.assertIn("error[HL4020]: it is (absent), not 3", run.err)

    def test_only_some_and_as_json(self):
        self.write(TESTS)
        run = hlab("test", self.folder, "--only", "grow", "--format", "json")
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual([(t["name"], t["line"], t["passed"]) for t in json.loads(run.out)["tests"]],
                         [("boxes grow", LAB.count("\n") + 4, True)])

    def test_what_tests_expect_is_no_error_of_the_lab(self):
        self.write(TESTS)
        run = hlab("check", self.folder)
        self.assertEqual(run.status, 0, run.err)
        self.write('test "typed" { expect tools.size == "a" }\n')
        run = hlab("check", self.folder)
        self.assertEqual(run.status, 1)
        self.assertIn('in test "typed"', run.err)


if __name__ == "__main__":
    unittest.main()
