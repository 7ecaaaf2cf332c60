#!/usr/bin/env python3
"""Every ```hlab block of the pages is a sound lab.

A block stands alone, or says in a comment before it what is around it:

<!-- in NAME -->          the rest of the lab is tests/docs/NAME/; the block is one more file of it
<!-- more -->             it goes on with the lab of the block before it, on the same page
<!-- of the library -->   it shows a piece of the library, and is only parsed

Pages that a test of their own runs line by line are left to it. Every block, and every lab of the pages, stands there as
`hlab fmt` lays it out.
"""

import re
import shutil
import unittest

from lab_case import ROOT, RUN_PAGES, LabCase, hlab

CONTEXTS = ROOT / "tests/docs"
BLOCK = re.compile(r"(?:<!-- (?P<mark>[^\n]*?) -->\n+)?```hlab\n(?P<body>.*?)```\n", re.S)
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.S | re.M)
LINK = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$", re.M)
LAB = 'lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }\n'


def all_pages():
    found = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    return sorted(found)


def pages():
    return [page for page in all_pages() if str(page.relative_to(ROOT)) not in RUN_PAGES]


def anchors(page):
    """What `#...` may say of a page: its headings, as the forges of Git call them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


class DocsExamples(LabCase):
    def check_block(self, body, mark, before, name):
        """Checks one block; the files of its lab, for one that goes on with it."""
        if mark == "of the library":
            place = self.folder / f"{name}.hlab"
            place.write_text(body, encoding="utf-8")
            self.assert_status(hlab("fmt", place), 0)
            return before
        files = dict(before) if mark == "more" else {}
        if mark and mark.startswith("in "):
            context = CONTEXTS / mark[3:]
            self.assertTrue(context.is_dir(), f"no folder {context}")
        elif mark != "more" and not re.search(r"^lab ", body, re.M):
            files["lab.hlab"] = LAB
        files[f"{name}.hlab"] = body
        lab = self.folder / name
        if mark and mark.startswith("in "):
            shutil.copytree(CONTEXTS / mark[3:], lab)
        answer = hlab("check", self.lab(files, name))
        self.assertEqual(answer.status, 0, answer.text)
        return files

    def test_every_block_is_sound(self):
        number = 0
        for page in pages():
            before = {}
            for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
                number += 1
                with self.subTest(page=str(page.relative_to(ROOT)), body=block["body"]):
                    before = self.check_block(block["body"], block["mark"], before, f"block-{number}")
        self.assertGreater(number, 10)

    def assert_laid_out(self, text):
        place = self.folder / "block.hlab"
        place.write_text(text, encoding="utf-8")
        self.assert_status(hlab("fmt", place), 0)
        self.assertEqual(text, place.read_text(encoding="utf-8"))

    def test_every_block_is_laid_out(self):
        number = 0
        for page in all_pages():
            for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
                number += 1
                with self.subTest(page=str(page.relative_to(ROOT)), body=block["body"]):
                    self.assert_laid_out(block["body"])
        self.assertGreater(number, 60)
        with self.assertRaises(AssertionError):
            self.assert_laid_out("lab  home { domain = \"home.example.org\" }\n")

    def test_every_lab_of_the_pages_is_laid_out(self):
        labs = [*CONTEXTS.rglob("*.hlab"), *ROOT.glob("examples/**/*.hlab"), *ROOT.glob("tests/practice/**/*.hlab")]
        self.assertGreater(len(labs), 40)
        for place in labs:
            with self.subTest(place=str(place.relative_to(ROOT))):
                self.assert_laid_out(place.read_text(encoding="utf-8"))

    def test_links_lead_somewhere(self):
        number = 0
        for page in all_pages():
            for found in LINK.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
                link = found[1] or found[2]
                if "://" in link:
                    continue
                number += 1
                path, _, anchor = link.partition("#")
                place = page.parent / path if path else page
                with self.subTest(page=str(page.relative_to(ROOT)), link=link):
                    self.assertTrue(place.exists(), "there is no such file")
                    if anchor:
                        self.assertIn(anchor, anchors(place))
        self.assertGreater(number, 10)

    def test_a_wrong_block_is_seen(self):
        with self.assertRaises(AssertionError):
            self.check_block("network lan { cidr = 7 }\n", None, {}, "wrong")


if __name__ == "__main__":
    unittest.main()
