#!/usr/bin/env python3
"""Every system of the first lab holds: docs/systems.md is what its source, output and consumers say.

`test_systems.py --accept` writes the page (not with CI=true).
"""

import os
import subprocess
import sys
import unittest

from lab_case import EXAMPLE, ROOT, LabCase, consumers_accept


class Systems(LabCase):
    def test_the_page_is_current(self):
        self.build(self.example(), self.folder / "tree")
        results = self.folder / "results.json"
        self.assertEqual(consumers_accept(self.folder / "tree", EXAMPLE, results), "")
        mode = [] if os.environ.get("HLAB_ACCEPT") == "1" else ["--check"]
        done = subprocess.run([sys.executable, "-B", ROOT / "scripts/systems.py", "--tree", self.folder / "tree",
                               "--results", results, *mode], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("19 systems", done.stdout)


if __name__ == "__main__":
    if "--accept" in sys.argv:
        if os.environ.get("CI") == "true":
            sys.exit("--accept is refused with CI=true")
        sys.argv.remove("--accept")
        os.environ["HLAB_ACCEPT"] = "1"
    unittest.main()
