"""scripts/conformance.py sees each way in which specification and cases can part."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/conformance.py"
LINKS = "\n<!-- cases -->\n\n[lex/a]: ../../tests/cases/language/lex/a.hlab\n"
RULES = "# Words\n\n- **[LEX-1]** A word is a word (HL1003). [lex/a]\n- **[LEX-2]** Two words,\n  on two lines. [lex/a]\n"
CASE = "# rule LEX-1\nbox a;  # error HL1003\n# rule LEX-2\n# value 1 = 1\n"


def told(rules=RULES, case=CASE, links=LINKS, more=None):
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        files = {"docs/language/01.md": rules + links, "tests/cases/language/lex/a.hlab": case,
                 "compiler/x.h": '"HL1003"', **(more or {})}
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        run = subprocess.run([sys.executable, "-B", SCRIPT, "--root", name], capture_output=True, text=True)
        return run.returncode, run.stdout


class Conformance(unittest.TestCase):
    def refused(self, words, **change):
        status, text = told(**change)
        self.assertEqual(status, 1, text)
        self.assertIn(words, text)

    def test_sound(self):
        status, text = told()
        self.assertEqual(status, 0, text)

    def test_rule_without_case(self):
        self.refused("LEX-3 names no case", rules=RULES + "- **[LEX-3]** No case.\n")
        self.refused("it is not there", rules=RULES.replace("lines. [lex/a]", "lines. [lex/b]"),
                     links=LINKS + "[lex/b]: ../../tests/cases/language/lex/b.hlab\n")
        self.refused("has no line `# rule LEX-2`", case=CASE.replace("# rule LEX-2\n", ""))

    def test_case_without_rule(self):
        self.refused("no rule LEX-9", case=CASE + "# rule LEX-9\n# value 1 = 1\n")
        self.refused("shows no rule", more={"tests/cases/language/lex/c.hlab": "box a {}\n"})

    def test_rule_twice(self):
        self.refused("LEX-1 stands twice", rules=RULES + "- **[LEX-1]** Again. [lex/a]\n")

    def test_case_that_cannot_fail(self):
        self.refused("nothing under `rule LEX-2` can fail", case=CASE.replace("# value 1 = 1\n", "box b {}\n"))

    def test_unknown_code(self):
        self.refused("no diagnostic HL1999", rules=RULES.replace("HL1003", "HL1999"))

    def test_stale_links(self):
        self.refused("stale", links="\n")


if __name__ == "__main__":
    unittest.main()
