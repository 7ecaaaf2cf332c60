"""Modules and packages on a real disk: links, locks, great numbers, and what the commands do with them."""

import os
import shutil
import time
import unittest
from pathlib import Path

from lab_case import LabCase, hlab, tree_of

LAB = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 10.9.8.0/24 }
node box { hardware = std.hw.pi4 { memory = 8GiB }  os = raspios  address.lan = auto }
"""


class Modules(LabCase):
    def write(self, files):
        for name, text in files.items():
            path = self.folder / "lab" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self.folder / "lab"

    def check(self, lab, *options):
        return hlab("check", lab, "--format", "json", *options)

    def assert_codes(self, answer, *codes):
        self.assertEqual(answer.codes(), list(codes), answer.text)

    def test_links(self):
        lab = self.write({"lab.hlab": LAB + "import ./inside\nimport ./outside\nimport ./again\nimport ./gone\n",
                          "rooms/kinds.hlab": "network cables { cidr = 10.1.0.0/24 }\n"})
        outside = self.folder / "elsewhere"
        outside.mkdir()
        (outside / "kinds.hlab").write_text("network far { cidr = 10.2.0.0/24 }\n")
        (lab / "inside").symlink_to("rooms")
        (lab / "again").symlink_to("inside")
        (lab / "outside").symlink_to(outside)
        (lab / "gone").symlink_to("nowhere")
        answer = self.check(lab)
        self.assert_codes(answer, "HL0010", "HL0040")
        self.assertNotIn("HL2006", answer.text)  # `inside` and `again` are one module

    def test_a_link_back_is_a_circle(self):
        lab = self.write({"lab.hlab": LAB + "import ./rooms\n", "rooms/kinds.hlab": "import ./up\nnetwork cables { cidr = 10.1.0.0/24 }\n"})
        (lab / "rooms/up").symlink_to("..")
        answer = self.check(lab)
        self.assert_codes(answer, "HL0042")
        self.assertIn("the lab's folder", answer.text)

    def test_places_are_relative_to_the_lab(self):
        lab = self.write({"lab.hlab": LAB + "import ./rooms/attic\n", "rooms/attic/kinds.hlab": "\n\nkind k { a: Int = x }\n"})
        for argument, folder in ((lab, None), (".", lab)):
            answer = hlab("check", argument, cwd=folder)
            self.assertIn("--> rooms/attic/kinds.hlab:3:19", answer.text)

    def test_generated_files_say_where_from(self):
        lab = self.write({"lab.hlab": LAB + "import ./rooms\n",
                          "rooms/attic.hlab": 'file "notes.txt" { content = "up here" }\n'})
        self.assertEqual(hlab("build", lab, "--out", self.folder / "out").status, 0)
        self.assertIn("up here", (self.folder / "out/notes.txt").read_text())

    def test_one_file_with_its_imports(self):
        lab = self.write({"lab.hlab": LAB + "import ./rooms\n", "other.hlab": "network x {\n", "unseen/x.hlab": "",
                          "rooms/attic.hlab": "network cables { cidr = 10.1.0.0/24 }\n"})
        answer = self.check(lab / "lab.hlab")
        self.assert_codes(answer)

    def package(self):
        return self.write({"lab.hlab": LAB + "import media\nkind shelf is media.furniture {}\n",
                           "packages/media/kinds.hlab": "kind furniture { what: String = load(\"data/a.txt\") }\n",
                           "packages/media/data/a.txt": "one\n"})

    # rule MOD-12
    def test_a_folder_of_a_package(self):
        files = {"packages/media/kinds.hlab": "network cables { cidr = 10.1.0.0/24 }\n",
                 "packages/media/arr/kinds.hlab": "network far { cidr = 10.2.0.0/24 }\n"}
        answer = hlab("check", self.write({"lab.hlab": LAB + "import media\nimport media/arr\n", **files}))
        self.assertIn("a folder of a package is `./packages/media/arr`", answer.text)
        self.assert_codes(self.check(self.write({"lab.hlab": LAB + "import media\nimport ./packages/media/arr\n", **files})))

    def test_the_digest_of_a_package(self):
        lab = self.package()
        out = self.folder / "out"
        self.assert_codes(self.check(lab))
        refused = hlab("build", lab, "--out", out, "--locked")
        self.assertNotEqual(refused.status, 0)
        self.assertEqual(hlab("build", lab, "--out", out).status, 0)
        lock = (lab / "hlab.lock").read_text()
        self.assertRegex(lock, r"(?m)^package media sha256:[0-9a-f]{64}$")
        lines = lock.splitlines()[1:]
        self.assertEqual(lines, sorted(lines))
        self.assert_codes(self.check(lab, "--locked"))
        (lab / "packages/media/data/a.txt").write_text("two\n")  # not only `.hlab` files count
        for options in ((), ("--locked",)):
            self.assert_codes(self.check(lab, *options), "HL0047")
        before = tree_of(out)
        self.assertEqual(hlab("build", lab, "--out", out).status, 1)
        self.assertEqual((lab / "hlab.lock").read_text(), lock)
        self.assertEqual(tree_of(out), before)
        other = hlab("update", "nobody", "--lab", lab)
        self.assertEqual((other.status, (lab / "hlab.lock").read_text()), (2, lock))
        behind = hlab("update", "--check", "--lab", lab)
        self.assertEqual((behind.status, (lab / "hlab.lock").read_text()), (1, lock))
        taken = hlab("update", "media", "--lab", lab)
        self.assertIn("~ package media sha256:", taken.out)
        self.assertEqual(taken.status, 0, taken.text)
        self.assert_codes(self.check(lab, "--locked"))
        self.assertNotEqual((lab / "hlab.lock").read_text(), lock)

    def test_a_file_that_moves_changes_the_digest(self):
        lab = self.package()
        self.assertEqual(hlab("build", lab, "--out", self.folder / "out").status, 0)
        os.rename(lab / "packages/media/kinds.hlab", lab / "packages/media/sorts.hlab")
        self.assert_codes(self.check(lab), "HL0047")

    def test_a_package_that_goes(self):
        lab = self.package()
        out = self.folder / "out"
        self.assertEqual(hlab("build", lab, "--out", out).status, 0)
        (lab / "lab.hlab").write_text(LAB)
        self.assertEqual(hlab("build", lab, "--out", out).status, 0)
        self.assertNotIn("package", (lab / "hlab.lock").read_text().partition("\n")[2])
        shutil.rmtree(lab / "packages")
        self.assert_codes(self.check(lab, "--locked"))

    def test_fmt(self):
        ugly = "kind   k   { a:Int=1 }\n"
        lab = self.write({"lab.hlab": LAB + "import ./rooms\nimport media\n", "rooms/k.hlab": "import ./attic\n" + ugly,
                          "rooms/attic/k.hlab": ugly, "alone/k.hlab": ugly, "packages/media/k.hlab": ugly})
        answer = hlab("fmt", "--check", lab)
        self.assertEqual(answer.status, 1)
        answer = hlab("fmt", lab)
        self.assertEqual(answer.status, 0, answer.text)
        for name, changed in (("rooms/k.hlab", True), ("rooms/attic/k.hlab", True), ("alone/k.hlab", False), ("packages/media/k.hlab", False)):
            self.assertEqual(ugly not in (lab / name).read_text(), changed, name)
            self.assertEqual(name in answer.out, changed, name)
        self.assertEqual(hlab("fmt", "--check", lab).status, 0)

    def test_tests_of_modules_run(self):
        lab = self.write({"lab.hlab": LAB + "import ./rooms\n",
                          "rooms/t.hlab": 'private fn two() -> Int = 2\ntest "sums" { expect two() == 2 }\ntest "wrong" { expect two() == 3 }\n'})
        answer = hlab("test", lab)
        self.assertEqual(answer.status, 1)
        self.assertIn("rooms/t.hlab:3", answer.text)

    def test_a_thousand_modules(self):
        files = {"lab.hlab": LAB + "".join(f"import ./m{i}\n" for i in range(1000))}
        files["lab.hlab"] += "kind all-of-them { n: Int = " + " + ".join(f"m{i}.n()" for i in range(900)) + " }\n"
        for i in range(1000):
            files[f"m{i}/k.hlab"] = f"import common\nfn n() -> Int = common.one()\nnetwork n{i} {{ cidr = 10.{i // 250}.{i % 250}.0/24 }}\n"
        files["packages/common/k.hlab"] = "fn one() -> Int = 1\n"
        lab = self.write(files)
        begin = time.monotonic()
        answer = self.check(lab)
        self.assert_codes(answer)
        self.assertLess(time.monotonic() - begin, 5)
        self.assertEqual(hlab("eval", "[n.path for n in all network].length", lab).out.strip(), "1001")

    def test_a_deep_chain(self):
        files, path = {"lab.hlab": LAB + "import ./d\n"}, "d"
        for i in range(300):
            files[f"{path}/k.hlab"] = f"import ./d\nfn n() -> Int = d.n() + 1\nnetwork n{i} {{ cidr = 10.{i // 250}.{i % 250}.0/24 }}\n"
            path += "/d"
        files[f"{path}/k.hlab"] = "fn n() -> Int = 0\n"
        lab = self.write(files)
        self.assert_codes(self.check(lab))
        self.assertEqual(hlab("eval", "d.n()", lab).out.strip(), "300")

    def test_long_names(self):
        for name in ("x" * 10_000, "/".join(["x" * 200] * 50), "\u00fc" * 300):
            lab = self.write({"lab.hlab": LAB + f'import "./{name}" as far\n'})
            self.assert_codes(self.check(lab), "HL0040")
        lab = self.write({"lab.hlab": LAB + f"import {'x' * 10_000}\n"})
        self.assert_codes(self.check(lab), "HL0040")

    def test_reads_nothing_that_is_not_imported(self):
        lab = self.write({"lab.hlab": LAB + "import ./rooms\n", "rooms/k.hlab": "network cables { cidr = 10.1.0.0/24 }\n", ".git/x.hlab": "{"})
        (lab / "pipe").mkdir()
        os.mkfifo(lab / "pipe/x.hlab")
        self.assert_codes(self.check(lab), "HL0044")
        self.write({"lab.hlab": LAB + "import ./pipe\n"})
        self.assertIn("HL0011", self.check(lab).codes())


if __name__ == "__main__":
    unittest.main()
