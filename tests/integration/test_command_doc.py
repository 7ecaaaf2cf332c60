#!/usr/bin/env python3
"""`hlab doc`: the reference of modules and kinds, as Markdown and as one page of HTML."""

import unittest
from html.parser import HTMLParser

from lab_case import SMALL, LabCase, hlab

OWN = SMALL + """
## A box <b>that</b> holds & keeps `things`.
kind box {
  ## How wide: "1 | 2" of them.
  width: Int(1..9) = 1
  contents: [String] = [
    "a",
  ]
  deprecated breadth -> width

  check wide: .width > 0, "narrow"

  ## Twice <as> wide.
  fn doubled(by: Int = 2) -> Int = .width * by
}

kind crate is box { width = 3 }

## Where a thing is.
fn url(host: Hostname) -> Url = "https://${host}/"

## The box of <Kim>.
box mine {}
planned crate later {}
"""

ALLOWED = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "nav", "ul", "li", "a", "main", "p", "code",
           "div", "table", "thead", "tbody", "tr", "th", "td"}
VOID = {"meta"}


class Page(HTMLParser):
    """Every tag that opens closes, and nothing comes from elsewhere."""

    def __init__(self, text):
        super().__init__()
        self.open, self.text, self.faults = [], [], []
        self.feed(text)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag, attributes):
        if tag not in ALLOWED:
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name in ("src", "onclick", "style") or (name == "href" and not value.startswith("#")):
                self.faults.append(f"{name}={value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data):
        self.text.append(data)


class Doc(LabCase):
    def doc(self, *arguments, **options):
        answer = hlab("doc", *arguments, **options)
        self.assertEqual((answer.status, answer.err), (0, ""), answer.text)
        return answer.out

    def test_the_lab_itself(self):
        out = self.doc(cwd=self.lab(OWN))
        for words in ("# The lab\n", "| `box.mine` | `box` | `lab.hlab:", "| The box of <Kim>. |", "`crate`, planned",
                      "\n## kind box\n\nA box <b>that</b> holds & keeps `things`.\n",
                      '| `width` | `Int(1..9)` | `1` | How wide: "1 \\| 2" of them. |', "| `contents` | `[String]` | computed | |",
                      "Old names: `breadth`, now `width`.", "- `doubled(by: Int = 2) -> Int`: Twice <as> wide.",
                      "Checks: `wide`.", "\n## kind crate is box\n\nSets `width = 3`.\n",
                      "\n## Functions\n\n- `url(host: Hostname) -> Url`: Where a thing is.\n"):
            self.assertIn(words, out)
        self.assertNotIn("kind node", out)

    def test_kinds_with_what_they_inherit(self):
        lab = self.lab(OWN)
        out = self.doc("crate", "--lab", lab)
        self.assertIn("## kind crate is box", out)
        self.assertIn("### From `box`\n\n| Field |", out)
        self.assertIn("### From `cluster`", self.doc("k3s", cwd=self.folder))
        self.assertIn("## record pi5 is raspberry-pi-board", self.doc("std.hw.pi5", cwd=self.folder))

    def test_modules_of_the_library_need_no_lab(self):
        core, std, hardware = (self.doc(name, cwd=self.folder) for name in ("core", "std", "std.hw"))
        self.assertIn("\n## kind node\n", core)
        self.assertIn("\n## kind mosquitto is container\n", std)
        self.assertNotIn("record pi5", std)
        self.assertIn("\n## record pi5 is raspberry-pi-board\n", hardware)

    def test_the_page_is_well_formed_escaped_and_alone(self):
        lab = self.lab(OWN)
        for arguments in ((), ("core",), ("std",), ("box",)):
            with self.subTest(arguments):
                text = self.doc(*arguments, "--lab", lab, "--html")
                page = Page(text)
                self.assertEqual(page.faults, [])
                self.assertNotIn("url(", text[:text.index("</style>")])
                self.assertIn("prefers-color-scheme: dark", text)
        page = Page(self.doc("--lab", lab, "--html"))
        shown = "".join(page.text)
        for words in ("A box <b>that</b> holds & keeps things.", "The box of <Kim>.", "Twice <as> wide.", "Int(1..9)"):
            self.assertIn(words, shown)

    def test_a_file(self):
        target = self.folder / "lab.html"
        self.assertEqual(self.doc("--lab", self.lab(OWN), "--html", "--out", target), "")
        self.assertTrue(target.read_text().startswith("<!DOCTYPE html>"))
        answer = hlab("doc", "core", "--out", self.folder / "no" / "where.md")
        self.assert_status(answer, 3, "cannot write")

    def test_unknown_names_are_told_with_the_near_one(self):
        for name, near in (("nod", "node"), ("std.hv", "std.hw"), ("std.vikuna", "std.vikunja")):
            self.assert_status(hlab("doc", name, cwd=self.folder), 2, f"did you mean `{near}`?")
        self.assert_status(hlab("doc", cwd=self.folder), 3, "HL0002")

    def test_modules_of_the_lab_by_the_name_that_they_have_there(self):
        lab = self.lab({
            "lab.hlab": "import ./rooms/office\nimport media\nimport ./rooms/office as desks\n" + SMALL,
            "rooms/office/o.hlab": "import ./cellar\n## Wood.\nkind shelf { width: Int = 3 }\nshelf high {}\n",
            "rooms/office/cellar/c.hlab": "kind barrel {}\nbarrel old {}\n",
            "packages/media/m.hlab": "kind jelly { port: Port = 8096 }\njelly fin {}\n",
        })
        office = self.doc("desks", "--lab", lab)
        self.assertIn("\n## kind shelf\n", office)
        self.assertIn("| `shelf.high` | `desks.shelf` |", office)
        self.assertTrue(self.doc("media.jelly", "--lab", lab).startswith("# media.jelly\n"))
        self.assertTrue(self.doc("office.shelf", "--lab", lab).startswith("# desks.shelf\n"))
        # A module that the lab's own folder does not name has its folder's name.
        self.assertIn("## kind barrel", self.doc("rooms/office/cellar", "--lab", lab))
        self.assertIn("## kind barrel", self.doc("rooms/office/cellar.barrel", "--lab", lab))
        for name, near in (("media.jely", "media.jelly"), ("mdia", "media")):
            self.assert_status(hlab("doc", name, "--lab", lab), 2, f"did you mean `{near}`?")

    def test_private_names_of_a_module_and_reasons_of_old_ones(self):
        lab = self.lab({
            "lab.hlab": "import ./m\n" + SMALL + "private kind own {}\nm.shelf one {}\n" + """
                kind rack { deprecated gone: Int = (4 + 1) "counted"  deprecated old -> a "shorter"  a: Int = 1 }
                """,
            "m/m.hlab": "kind shelf { n: Int = 1 }\nprivate record inner { x: Int = 1 }\nprivate fn hid() -> Int = 1\n"
                        "fn shown(x: a | b) -> Int = 2\nshelf open {}\nprivate shelf mine {}\n",
        })
        module = self.doc("m", "--lab", lab)
        self.assertIn("## kind shelf", module)
        self.assertIn("- `shown(x: a | b) -> Int`\n", module)
        self.assertIn("`shelf.open`", module)
        for name in ("inner", "hid", "shelf.mine"):
            self.assertNotIn(name, module)
        self.assertIn("## kind own", self.doc("--lab", lab))
        rack = self.doc("rack", "--lab", lab)
        self.assertIn("| `gone` | `Int` | `(4 + 1)` | Deprecated: counted |", rack)
        self.assertIn("Old names: `old`, now `a` (shorter).", rack)

    def test_errors_of_the_lab_are_told_beside_it(self):
        answer = hlab("doc", "box", "--lab", self.lab(OWN.replace("gateway = 10.9.8.1", "gatewy = 10.9.8.1")))
        self.assert_status(answer, 1, "HL2003", "## kind box")


if __name__ == "__main__":
    unittest.main()
