#!/usr/bin/env python3
"""Diagnostics in the forms of code hosts: they say what the JSON says, with paths from the repository."""

import re
import unittest
from urllib.parse import unquote

from lab_case import SMALL, LabCase, hlab

COMMAND = re.compile(r"::(?P<severity>error|warning) (?P<properties>[^:\n]*)::(?P<message>[^\n]*)")
# Two mistakes, a word that steers a workflow command, and a warning.
BROKEN = (SMALL.replace("network = lan", "network = lan  api-port = 70000", 1).replace("address.lan = 10.9.8.10", "address.lan = 10.9.9.10", 1)
          + '\nnode odd { os = debian  hardware = std.hw.pc { arch = amd64  cpu = "100%,x:y" } }\n')


def plain(text):
    for code in ("%2C", "%3A", "%0A", "%0D", "%25"):
        text = text.replace(code, unquote(code))
    return text


class Formats(LabCase):
    def setUp(self):
        super().setUp()
        lab = self.lab(BROKEN)
        self.name = lab.name
        self.root = lab.parent
        (lab / "an odd name%.hlab").write_text("node other { address.lan = 10.9.9.11 }\n")
        self.told = self.in_format("json").json()["diagnostics"]
        self.assertGreater(len(self.told), 3)

    def in_format(self, form, lab=None):
        return hlab("check", lab or self.name, "--format", form, cwd=self.root)

    def test_status_and_streams(self):
        for form in ("json", "github", "sarif"):
            answer = self.in_format(form)
            self.assertEqual((answer.status, answer.err), (1, ""))
        self.assert_status(hlab("build", self.name, "--out", "out", "--format", "github", cwd=self.root), 1, "::error")
        self.assertFalse((self.root / "out").exists())
        self.assert_status(hlab("eval", "1", self.name, "--format", "sarif", cwd=self.root), 2)

    def test_github(self):
        lines = self.in_format("github").out.splitlines()
        self.assertEqual(len(lines), len(self.told))
        for line, told in zip(lines, self.told):
            found = COMMAND.fullmatch(line)
            self.assertTrue(found, line)
            self.assertEqual(found["severity"], told["severity"])
            properties = dict(part.split("=", 1) for part in found["properties"].split(","))
            self.assertEqual(plain(properties["title"]), f"{told['code']} {told['name']}")
            self.assertTrue(plain(found["message"]).startswith(told["message"]), line)
            self.assertIn((told["help"] or "").split("\n")[-1], plain(found["message"]))
            start, end = told["range"]["start"], told["range"]["end"]
            self.assertEqual([plain(properties["file"])] + [int(properties[k]) for k in ("line", "col", "endLine", "endColumn")],
                             [f"{self.name}/{told['file']}", start["line"], start["column"], end["line"], end["column"]])

    def test_sarif(self):
        log = self.in_format("sarif").json()
        self.assertEqual((log["version"], len(log["runs"])), ("2.1.0", 1))
        run = log["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(len({rule["id"] for rule in rules}), len(rules))
        self.assertEqual(len(run["results"]), len(self.told))
        for result, told in zip(run["results"], self.told):
            self.assertEqual((result["ruleId"], result["level"]), (told["code"], told["severity"]))
            rule = rules[result["ruleIndex"]]
            self.assertEqual((rule["id"], rule["name"]), (told["code"], told["name"]))
            self.assertTrue(result["message"]["text"].startswith(told["message"]))
            self.assertEqual(self.place(result["locations"][0]), (told["file"], told["range"]))
            related = [self.place(one) + (one["message"]["text"],) for one in result.get("relatedLocations", [])]
            self.assertEqual(related, [(one["file"], one["range"], one["message"]) for one in told["labels"]])
            self.assertEqual(len(result.get("fixes", [])), len(told["fixes"]))

    def place(self, location):
        physical = location["physicalLocation"]
        folder, _, file = unquote(physical["artifactLocation"]["uri"]).partition("/")
        self.assertEqual(folder, self.name)
        at = physical["region"]
        return file, {"start": {"line": at["startLine"], "column": at["startColumn"], "offset": at["byteOffset"]},
                      "end": {"line": at["endLine"], "column": at["endColumn"], "offset": at["byteOffset"] + at["byteLength"]}}

    def test_paths_begin_where_the_program_was_called(self):
        inside = hlab("check", "--format", "github", cwd=self.root / self.name)
        self.assertIn("file=lab.hlab,", inside.out)
        self.assertIn(f"file={self.name}/lab.hlab,", self.in_format("github", f"./{self.name}/").out)
        self.assertIn(f"file={self.name}/lab.hlab,", self.in_format("github", f"{self.name}/lab.hlab").out)

    def test_nothing_to_say(self):
        (self.root / "fine.hlab").write_text('lab home { domain = "home.example.org"  timezone = "Europe/Oslo" }\n')
        self.assertEqual(self.in_format("github", "fine.hlab").out, "")
        self.assertEqual(self.in_format("sarif", "fine.hlab").json()["runs"][0]["results"], [])


if __name__ == "__main__":
    unittest.main()
