#!/usr/bin/env python3
"""The template of a machine's secret files: a shell reads back what was put between single quotes, byte by byte."""

import json
import os
import subprocess
import sys
import unittest

from lab_case import ROOT, TOOLS, LabCase

TEMPLATE = ROOT / "emit/ansible/roles/host_service/templates/secret_file.j2"
PYTHON = TOOLS / "venv/bin/python"
# As Ansible sets Jinja up.
RENDER = """
import json, sys, jinja2
given = json.load(sys.stdin)
world = jinja2.Environment(trim_blocks=True, keep_trailing_newline=True)
text = world.from_string(given["template"]).render(
    item=given["item"], secrets_directory="secrets", lookup=lambda plugin, path, extract: given["secret"])
sys.stdout.write(text)
"""
SECRETS = ["plain", "it's", "'", "''", "'\"'\"'", "a'b'c", "\\", "\\'", "$HOME `id` \"q\" #x ;y", " blank ", "two\nlines'"]


class SecretFile(LabCase):
    def setUp(self):
        super().setUp()
        if not PYTHON.exists():
            if os.environ.get("CI"):
                self.fail("build/tools/venv is missing")
            self.skipTest("build/tools/venv is missing")

    def rendered(self, secret, **item):
        parts = [{"text": "A=1\nPASSWORD='"}, {"file": "x.sops.yaml", "extract": "x"}, {"text": "'\nB=2\n"}]
        given = {"template": TEMPLATE.read_text(), "secret": secret, "item": {"parts": parts, **item}}
        return subprocess.run([PYTHON, "-c", RENDER], input=json.dumps(given), check=True, encoding="utf-8",
                              stdout=subprocess.PIPE).stdout

    def test_a_shell_reads_it_back(self):
        place = self.folder / "environment"
        for secret in SECRETS:
            place.write_text(self.rendered(secret, quoted=True))
            read = subprocess.run(["sh", "-c", '. "$0"; printf "%s|%s|%s" "$A" "$PASSWORD" "$B"', place], check=True,
                                  encoding="utf-8", stdout=subprocess.PIPE)
            self.assertEqual(read.stdout, f"1|{secret}|2")

    def test_as_it_is_where_nothing_is_said(self):
        self.assertEqual(self.rendered("it's"), "A=1\nPASSWORD='it's'\nB=2\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
