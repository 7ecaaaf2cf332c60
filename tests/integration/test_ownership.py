#!/usr/bin/env python3
"""What hlab wrote is hlab's, and nothing else is: edited, foreign and unowned files, pruning, and the lock."""

import os
import shutil
import unittest

from lab_case import SMALL, LabCase, hlab, times_of, tree_of


class Ownership(LabCase):
    def setUp(self):
        super().setUp()
        self.source = self.lab(SMALL)
        self.out = self.folder / "out"
        self.build(self.source, self.out)

    def change(self, before, after):
        text = (self.source / "lab.hlab").read_text()
        self.assertIn(before, text)
        (self.source / "lab.hlab").write_text(text.replace(before, after))

    def again(self):
        return hlab("build", self.source, "--out", self.out)

    def some_file(self):
        return self.out / "kubernetes/apps/web/manifests/deployment.yaml"

    def test_unchanged_files_are_not_touched(self):
        before = times_of(self.out)
        self.assert_status(self.again(), 0, "0 written")
        self.assertEqual(times_of(self.out), before)

    def test_one_change_touches_what_follows_from_it(self):
        before = times_of(self.out)
        self.change("nginx:1.29.1", "nginx:1.29.2")
        self.assert_status(self.again(), 0)
        after = times_of(self.out)
        changed = {path for path in before if (self.out / path).is_file() and before[path] != after[path]}
        self.assertIn("kubernetes/apps/web/manifests/deployment.yaml", changed)
        self.assertLessEqual(changed, {"kubernetes/apps/web/manifests/deployment.yaml", "kubernetes/apps/.hlab-manifest.json"})

    def test_an_edited_file_stops_the_build(self):
        self.some_file().write_text(self.some_file().read_text() + "# by hand\n")
        self.change("nginx:1.29.1", "nginx:1.29.2")
        before = tree_of(self.out)
        self.assert_status(self.again(), 4, "kubernetes/apps/web/manifests/deployment.yaml", "Nothing was written")
        self.assertEqual(tree_of(self.out), before)

    def test_an_edited_file_that_would_be_pruned_stops_the_build(self):
        self.some_file().write_text(self.some_file().read_text() + "# by hand\n")
        self.change("service web:", "planned service web:")
        self.assert_status(self.again(), 4, "deployment.yaml")
        self.assertIn("# by hand", self.some_file().read_text())

    def test_a_deleted_file_comes_back(self):
        before = tree_of(self.out)
        self.some_file().unlink()
        self.assert_status(self.again(), 0, "1 written")
        self.assertEqual(tree_of(self.out), before)

    def test_a_foreign_file_is_never_overwritten(self):
        self.change("service web:", "service other:")
        foreign = self.out / "kubernetes/argocd-apps/other.yaml"
        foreign.write_text("mine: true\n")
        before = tree_of(self.out)
        self.assert_status(self.again(), 4, "kubernetes/argocd-apps/other.yaml")
        self.assertEqual(foreign.read_text(), "mine: true\n")
        self.assertEqual(tree_of(self.out), before)

    def test_a_foreign_tree_is_not_taken_over(self):
        other = self.folder / "other"
        (other / "kubernetes/argocd-apps").mkdir(parents=True)
        (other / "README.md").write_text("my own\n")
        before = tree_of(other)
        refused = hlab("build", self.source, "--out", other)
        self.assert_status(refused, 4, "README.md")
        self.assertIn("To keep your README.md, give hlab's front page another place: `layout.readme", refused.err)
        self.assertNotIn("Move the file away", refused.err)
        self.assertEqual(tree_of(other), before)

    def test_neighbours_stay(self):
        mine = ["tasks/backlog.yaml", "kubernetes/apps/mine/deployment.yaml", "kubernetes/apps/web/manifests/extra.yaml",
                "notes.txt", "infrastructure/nixos/flake.lock", ".git/config"]
        for path in mine:
            (self.out / path).parent.mkdir(parents=True, exist_ok=True)
            (self.out / path).write_text("mine\n")
        self.change("service web:", "planned service web:")
        self.assert_status(self.again(), 0)
        for path in mine:
            self.assertEqual((self.out / path).read_text(), "mine\n", path)
        self.assertFalse(self.some_file().exists())

    def test_what_no_longer_follows_is_pruned(self):
        self.change("service web:", "planned service web:")
        answer = self.again()
        self.assert_status(answer, 0, "removed")
        self.assertFalse((self.out / "kubernetes/apps/web").exists(), "empty folders go too")
        self.build(self.source, self.folder / "fresh")
        self.assertEqual(tree_of(self.out), tree_of(self.folder / "fresh"))

    def test_a_claim_that_leaves_is_told(self):
        volume = 'volume.d { size = 1GiB  mount = "/d"  keep = disposable }\n'
        self.change("service web: container {", "service web: container {\n  " + volume)
        self.assertNotIn("claim", self.again().text)
        self.change("service web: container {", "service shop: container {")
        self.assert_status(self.again(), 0, "The claim `web-d` in namespace `web` left the tree.")
        self.assertNotIn("left the tree", self.again().text, "once")
        self.change("service shop: container {", "service store: container {\n  namespace = \"shop\"\n")
        self.change("disposable }", "disposable  claim = \"shop-d\" }")
        self.assertNotIn("left the tree", self.again().text, "its file has another name, the claim is the same")

    def test_a_claim_that_changes_what_stays_is_told(self):
        volume = 'volume.d { size = 1GiB  mount = "/d"  keep = disposable  storage-class = "disks" }\n'
        driver = ('service disks: storage-driver {\n  chart { repo = "https://charts.example.org"  name = "d"  version = "1.0.0" }\n'
                  '  storage-class = "disks"  further-classes = ["fast"]\n}\n')
        source = self.source / "lab.hlab"
        source.write_text(source.read_text() + driver)
        self.change("service web: container {", "service web: container {\n  " + volume)
        self.assertNotIn("claim", self.again().text)
        self.change("size = 1GiB", "size = 2GiB")
        self.assertNotIn("claim", self.again().text, "it may grow")
        self.change('storage-class = "disks" }', 'storage-class = "fast" }')
        answer = self.again()
        self.assert_status(answer, 0, "The claim `web-d` in namespace `web` had the storage class `disks`, and has `fast` now.")
        self.assertIn("Kubernetes refuses that of a claim that is there.", answer.text)
        self.assertNotIn("left the tree", answer.text)
        self.assertNotIn("claim", self.again().text, "once")
        self.change('keep = disposable', 'keep = disposable  mode = many-nodes')
        self.assert_status(self.again(), 0, "could be mounted as `ReadWriteOnce`, and now as `ReadWriteMany`.")

    def test_an_error_leaves_all_as_it_was(self):
        before = times_of(self.out)
        lock = (self.source / "hlab.lock").read_bytes()
        self.change("address.lan = 10.9.8.10", "address.lan = 10.9.7.10")
        self.assert_status(self.again(), 1, "nothing was written")
        self.assertEqual(times_of(self.out), before)
        self.assertEqual((self.source / "hlab.lock").read_bytes(), lock)

    def test_unwritable_output(self):
        (self.folder / "file").write_text("")
        self.assert_status(hlab("build", self.source, "--out", self.folder / "file"), 3, "file")
        self.assert_status(hlab("build", self.source, "--out", self.folder / "file/below"), 3, "file")
        self.assert_status(hlab("build", self.source, "--out", "/proc/hlab/out"), 3, "/proc/hlab")

    @unittest.skipUnless(os.getuid() == 0 and shutil.which("setpriv"), "needs root to become nobody")
    def test_output_of_somebody_else(self):
        self.folder.chmod(0o755)
        self.change("nginx:1.29.1", "nginx:1.29.2")
        before = times_of(self.out)
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        answer = hlab("build", self.source, "--out", self.out, before=as_nobody)
        self.assert_status(answer, 3, "ermission denied")
        self.assertEqual(times_of(self.out), before)

    def test_no_temporary_file_stays(self):
        for path in tree_of(self.folder):
            self.assertNotRegex(path, r"(~|\.tmp|\.new|journal|staging)")


class Lock(LabCase):
    AUTO = SMALL.replace("node two {", "node two-a {\n  hardware = std.hw.pi4 { memory = 4GiB }\n  os       = raspios\n"
                         "  address.lan = auto\n}\n\nnode two {")

    def leases(self, lab):
        """What was handed out; versions are facts."""
        return [line for line in (lab / "hlab.lock").read_text().splitlines() if line.startswith("network.")]

    def test_one_line_a_lease(self):
        lab = self.lab(self.AUTO)
        self.build(lab, self.folder / "out")
        self.assertEqual(self.leases(lab), ["network.lan node.two 10.9.8.2", "network.lan node.two-a 10.9.8.3"])

    def test_check_writes_nothing(self):
        lab = self.lab(self.AUTO)
        self.assert_status(hlab("check", lab), 0)
        self.assertEqual(os.listdir(lab), ["lab.hlab"])

    def test_leases_stay_when_declarations_move(self):
        lab = self.lab(self.AUTO)
        self.build(lab, self.folder / "out")
        before = self.leases(lab)
        parts = self.AUTO.split("\n\n")
        nodes = [part for part in parts if part.startswith("node ")]
        others = [part for part in parts if not part.startswith("node ")]
        self.lab("\n\n".join(others + nodes[::-1]) + "\n")
        self.build(lab, self.folder / "out")
        self.assertEqual(self.leases(lab), before)

    def test_a_new_node_takes_no_address_of_another(self):
        lab = self.lab(SMALL)
        self.build(lab, self.folder / "out")
        self.assertEqual(self.leases(lab), ["network.lan node.two 10.9.8.2"])
        self.lab(self.AUTO)
        self.build(lab, self.folder / "out")
        self.assertEqual(self.leases(lab), ["network.lan node.two 10.9.8.2", "network.lan node.two-a 10.9.8.3"])

    def test_a_renamed_neighbour_changes_no_lease(self):
        lab = self.lab(SMALL)
        self.build(lab, self.folder / "out")
        before = self.leases(lab)
        self.lab(SMALL.replace("node box", "node crate").replace("[box]", "[crate]"))
        self.build(lab, self.folder / "out")
        self.assertEqual(self.leases(lab), before)

    def test_the_committed_lock_decides(self):
        lab = self.lab({"lab.hlab": SMALL, "hlab.lock": "network.lan node.two 10.9.8.77\n"})
        self.build(lab, self.folder / "out")
        written = "".join(path.read_text() for path in (self.folder / "out").rglob("*.y*ml"))
        self.assertIn("10.9.8.77", written)
        self.assertEqual(self.leases(lab), ["network.lan node.two 10.9.8.77"])

    def test_a_stale_lock(self):
        lab = self.lab(SMALL)
        answer = hlab("check", lab, "--locked")
        self.assert_status(answer, 1, "hlab.lock", "node.two")
        self.assert_status(hlab("build", lab, "--locked", "--out", self.folder / "out"), 4, "hlab.lock")
        self.assertFalse((lab / "hlab.lock").exists())
        self.build(lab, self.folder / "out")
        self.assert_status(hlab("check", lab, "--locked"), 0)
        self.assert_status(hlab("build", lab, "--locked", "--out", self.folder / "out"), 0)

    def test_a_broken_lock(self):
        for text in ("network.lan node.two\n", "network.lan node.two 10.9.8.3\nnetwork.lan node.two 10.9.8.4\n",
                     "<<<<<<< HEAD\nnetwork.lan node.two 10.9.8.3\n=======\n"):
            with self.subTest(text):
                lab = self.lab({"lab.hlab": SMALL, "hlab.lock": text})
                answer = hlab("check", lab)
                self.assert_status(answer, 1, "hlab.lock")
                self.assertEqual((lab / "hlab.lock").read_text(), text)

    # rule LEASE-18
    def test_an_entry_that_cannot_be(self):
        for entry in ("network.lan node.two banana\n", "network.lan node.two 10.9.8.1\n",
                      "network.lan node.gone 10.9.8.5\nnetwork.lan node.two 10.9.8.2\n"):
            with self.subTest(entry):
                lab = self.lab({"lab.hlab": SMALL, "hlab.lock": entry})
                self.assert_status(hlab("check", lab), 0, "warning[HL8002]", "hlab.lock has")
                self.build(lab, self.folder / "out")
                self.assertEqual(self.leases(lab), ["network.lan node.two 10.9.8.2"])
                shutil.rmtree(self.folder / "out")

    def test_the_example_without_its_lock(self):
        lab = self.example()
        self.build(lab, self.folder / "with")
        committed = (lab / "hlab.lock").read_text()
        (lab / "hlab.lock").unlink()
        self.build(lab, self.folder / "without")
        self.assertEqual((lab / "hlab.lock").read_text(), committed)
        self.assertEqual(tree_of(self.folder / "with"), tree_of(self.folder / "without"))


if __name__ == "__main__":
    unittest.main()
