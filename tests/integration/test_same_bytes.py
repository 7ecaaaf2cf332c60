#!/usr/bin/env python3
"""The same lab gives the same bytes: again, elsewhere, in another locale, zone or mask, and however it is split."""

import os
import random
import shutil
import subprocess
import unittest

from lab_case import EXAMPLE, HLAB, LabCase, hlab, tree_of


def declarations(text):
    """The top-level declarations of a file, each with the comments above it."""
    parts, part, depth = [], [], 0
    for line in text.splitlines():
        part.append(line)
        code = line.split("#")[0] if line.lstrip().startswith("#") else line
        depth += sum(code.count(sign) for sign in "{[") - sum(code.count(sign) for sign in "}]")
        if depth == 0 and not line.strip():
            parts.append("\n".join(part) + "\n")
            part = []
    return parts + ["\n".join(part) + "\n"]


class SameBytes(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.sources = {path.name: path.read_text() for path in sorted(EXAMPLE.glob("*.hlab"))}

    def setUp(self):
        super().setUp()
        self.source = self.example()
        self.expected = self.tree(self.source)
        self.assertGreater(len(self.expected), 100)

    def tree(self, lab, name="expected", **options):
        out = self.folder / name
        shutil.rmtree(out, ignore_errors=True)
        self.build(lab, out, **options)
        return tree_of(out)

    def test_again(self):
        self.assertEqual(self.tree(self.source), self.expected)
        self.assertEqual(self.tree(self.source, "again"), self.expected)

    def test_over_an_older_tree(self):
        lab = self.example("older")
        (lab / "services.hlab").write_text("service db: std.postgres { volume.data.size = 30GiB }\n")
        self.assertIn(hlab("build", lab, "--out", self.folder / "grown").status, (0, 1))
        self.build(self.source, self.folder / "grown")
        self.assertEqual(tree_of(self.folder / "grown"), self.expected)

    def test_another_clone_path(self):
        self.assertEqual(self.tree(self.example("a much longer/path with blanks/é"), "b"), self.expected)

    def test_another_working_folder(self):
        self.assertEqual(self.tree(os.path.relpath(self.source, "/"), "c", cwd="/"), self.expected)
        self.assertEqual(self.tree(".", "d", cwd=self.source), self.expected)

    def test_another_environment(self):
        for name, environment in {
            "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, "posix": {"LC_ALL": "C"},
            "zone": {"TZ": "Pacific/Chatham"}, "empty": {},
            "home": {"HOME": "/nowhere", "USER": "somebody", "TMPDIR": "/nowhere", "SOURCE_DATE_EPOCH": "1"},
            "proxy": {"HTTPS_PROXY": "http://192.0.2.1:1", "SOPS_AGE_KEY": "AGE-SECRET-KEY-1", "HLAB": "x"},
        }.items():
            with self.subTest(name):
                self.assertEqual(self.tree(self.source, name, env=environment), self.expected)

    def test_another_mask(self):
        for mask in (0o077, 0o000, 0o027):
            with self.subTest(oct(mask)):
                self.assertEqual(self.tree(self.source, f"mask{mask}", umask=mask), self.expected)

    @unittest.skipUnless(shutil.which("faketime"), "faketime is not installed")
    def test_another_day(self):
        self.assertEqual(self.tree(self.source, "later", before=["faketime", "2041-02-03 04:05:06"]), self.expected)

    def test_few_cores_and_little_memory(self):
        self.assertEqual(self.tree(self.source, "core", before=["taskset", "-c", "0"]), self.expected)

    def test_another_order_on_disk(self):
        lab = self.folder / "shuffled"
        for turn in range(3):
            shutil.rmtree(lab, ignore_errors=True)
            names = [path.relative_to(self.source) for path in self.source.rglob("*") if path.is_file()]
            random.Random(turn).shuffle(names)
            for name in names:
                (lab / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.source / name, lab / name)
            self.assertEqual(self.tree(lab, f"order{turn}"), self.expected)

    def test_no_trace_of_this_machine(self):
        self.build(self.source, self.folder / "traced")
        for path in (self.folder / "traced").rglob("*"):
            if path.is_file():
                text = path.read_bytes()
                for trace in (str(self.folder).encode(), os.uname().nodename.encode() + b"\n", str(HLAB.parent).encode()):
                    self.assertNotIn(trace, text, path)


class SameLab(LabCase):
    """How a lab is split over files shows in header comments only."""

    @classmethod
    def setUpClass(cls):
        cls.sources = {path.name: path.read_text() for path in sorted(EXAMPLE.glob("*.hlab"))}

    def setUp(self):
        super().setUp()
        self.example("lab")
        self.build(self.folder / "lab", self.folder / "out")

    def same_but_headers(self, files, name):
        lab = self.example(name)
        for old in lab.glob("*.hlab"):
            old.unlink()
        for path, text in files.items():
            (lab / path).write_text(text)
        self.build(lab, self.folder / f"{name}-out")
        difference = subprocess.run(
            ["diff", "-r", "-I", "Generated by hlab from", "-x", ".hlab-manifest.json", "-x", "README.md",
             self.folder / "out", self.folder / f"{name}-out"], stdout=subprocess.PIPE, encoding="utf-8", check=False)
        self.assertEqual(difference.stdout, "", name)

    def test_joined(self):
        ordered = [self.sources["lab.hlab"]] + [text for name, text in self.sources.items() if name != "lab.hlab"]
        self.same_but_headers({"all.hlab": "\n".join(ordered)}, "joined")

    def test_one_declaration_a_file(self):
        files, number = {}, 0
        for text in self.sources.values():
            for part in declarations(text):
                number += 1
                files[f"part-{number:03}.hlab"] = part
        self.assertGreater(number, 30)
        self.same_but_headers(files, "split")

    def test_renamed_files_keep_their_order(self):
        self.same_but_headers({f"x-{name}": text for name, text in self.sources.items()}, "renamed")

    def test_reversed_services_change_no_application(self):
        """Order of declarations may order lists that people read; it never changes what an Application is."""
        text = "".join(reversed(declarations(self.sources["services.hlab"])))
        lab = self.example("reversed")
        (lab / "services.hlab").write_text(text)
        self.build(lab, self.folder / "reversed-out")
        self.assertEqual(tree_of(self.folder / "reversed-out/kubernetes/argocd-apps"),
                         tree_of(self.folder / "out/kubernetes/argocd-apps"))


if __name__ == "__main__":
    unittest.main()
