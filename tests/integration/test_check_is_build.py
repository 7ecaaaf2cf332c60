#!/usr/bin/env python3
"""`hlab check` says all that `hlab build` would: what a hook lets through does not fail later."""

import json
import unittest

from lab_case import ROOT, LabCase, hlab

CASES = sorted((ROOT / "tests/cases").rglob("*.hlab"))
LOCK_IS_STALE = "HL8002"  # `build` writes the lock, so only `check` tells that it is old


def findings(answer):
    return [item for item in json.loads(answer.out)["diagnostics"] if item["code"] != LOCK_IS_STALE]


class CheckIsBuild(LabCase):
    def assert_same(self, lab, name):
        checked = hlab("check", lab, "--format", "json")
        built = hlab("build", lab, "--format", "json", "--out", self.folder / "out" / name)
        self.assertEqual(findings(checked), findings(built), name)
        return findings(checked)

    def test_on_every_case(self):
        self.maxDiff = None
        said = 0
        for path in CASES:
            name = str(path.relative_to(ROOT)).replace("/", "_")
            said += len(self.assert_same(self.lab({path.name: path.read_bytes()}, name), name))
        self.assertGreater(said, len(CASES))

    def test_where_only_those_who_write_files_know(self):
        lab = self.example()
        for file in sorted((lab / "secrets").rglob("*.yaml")):
            file.unlink()
        self.assertIn("HL7010", [item["code"] for item in self.assert_same(lab, "example")])


if __name__ == "__main__":
    unittest.main()
