"""hlab.lock: versions that nobody wrote stay, `hlab update` moves them, and two branches merge."""

import subprocess
import unittest

from lab_case import LabCase, hlab

LAB = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 10.9.8.0/24 }
node box { hardware = std.hw.pi4 { memory = 8GiB }  os = raspios  address.lan = auto }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [box]  network = lan }
gitops main: argocd { repo = "https://example.org/lab.git" }
service argocd: std.argocd {}
service status: std.uptime-kuma { volume.data.keep = disposable }
service mine: std.homepage { version = "v1.1.0" }
"""


def node(name):
    return f"node {name} {{ hardware = std.hw.pi4 {{ memory = 4GiB }}  os = raspios  address.lan = auto }}\n"


class Versions(LabCase):
    def setUp(self):
        super().setUp()
        self.place = self.lab(LAB)
        self.build()

    def build(self, *options):
        answer = hlab("build", self.place, "--out", self.folder / "out", *options)
        self.assertEqual(answer.status, 0, answer.text)

    def entries(self):
        lines = [line.split() for line in (self.place / "hlab.lock").read_text().splitlines()]
        return {path: value for pool, path, value in (line for line in lines if line[0] != "#") if pool == "version"}

    def age(self, path, value):
        """The lock of a day on which the library said something older."""
        lock = self.place / "hlab.lock"
        text = lock.read_text()
        line = f"version {path} {self.entries()[path]}\n"
        self.assertIn(line, text)
        lock.write_text(text.replace(line, f"version {path} {value}\n"))

    def output(self):
        return "".join(path.read_text() for path in (self.folder / "out").rglob("*.yaml"))

    def test_what_a_person_wrote_is_theirs(self):
        self.assertEqual(sorted(self.entries()), ["service.argocd.chart", "service.status"])

    def test_a_newer_library_changes_nothing(self):
        now = self.entries()["service.status"]
        self.age("service.status", "2.0.1")
        self.age("service.argocd.chart", "9.0.0")
        self.assertEqual(hlab("check", self.place, "--locked").text, "The lab is fine.\n")
        self.build("--locked")
        self.assertIn("uptime-kuma:2.0.1\"", self.output())
        self.assertNotIn(f"uptime-kuma:{now}", self.output())
        self.assertIn("targetRevision: \"9.0.0\"", self.output().replace("targetRevision: 9.0.0", "targetRevision: \"9.0.0\""))
        self.assertEqual(self.entries()["service.status"], "2.0.1")

    def test_update_moves_one_or_all(self):
        now = self.entries()
        self.age("service.status", "2.0.1")
        self.age("service.argocd.chart", "9.0.0")
        before = (self.place / "hlab.lock").read_text()
        behind = hlab("update", "--check", "--lab", self.place)
        self.assertEqual(behind.status, 1)
        self.assertEqual(behind.out, f"~ service.argocd.chart 9.0.0 -> {now['service.argocd.chart']}\n"
                                     f"~ service.status 2.0.1 -> {now['service.status']}\n")
        self.assertEqual((self.place / "hlab.lock").read_text(), before)
        one = hlab("update", "status", "--lab", self.place)
        self.assertEqual((one.status, one.out), (0, f"~ service.status 2.0.1 -> {now['service.status']}\n"))
        self.assertEqual(self.entries(), {**now, "service.argocd.chart": "9.0.0"})
        self.assertEqual(hlab("update", "--lab", self.place).status, 0)
        self.assertEqual(self.entries(), now)
        self.assertEqual(hlab("update", "--check", "--lab", self.place).status, 0)

    def test_update_says_what_nobody_asks_for_any_more(self):
        (self.place / "lab.hlab").write_text(LAB.replace("std.uptime-kuma {", "std.uptime-kuma { version = \"2.0.0\" "))
        stale = self.entries()["service.status"]
        before = (self.place / "hlab.lock").read_text()
        answer = hlab("update", "--check", "--lab", self.place)
        self.assertEqual((answer.status, answer.out, (self.place / "hlab.lock").read_text()), (0, "", before))
        answer = hlab("update", "--lab", self.place)
        self.assertEqual((answer.status, answer.out), (0, f"- version service.status {stale}\n"))
        self.assertIn("hlab.lock now holds what the lab asks for", answer.err)
        again = hlab("update", "--lab", self.place)
        self.assertEqual((again.status, again.out), (0, ""))
        self.assertNotIn("hlab.lock", again.err)

    def test_a_name_that_keeps_no_version(self):
        for name, hint in (("statu", "did you mean `status`"), ("mine", "the lab's own")):
            answer = hlab("update", name, "--lab", self.place)
            self.assertEqual(answer.status, 2)
            self.assertIn(hint, answer.err)

    def test_an_entry_that_is_missing_or_too_many(self):
        (self.place / "lab.hlab").write_text(LAB.replace("std.uptime-kuma {", "std.uptime-kuma { version = \"2.0.0\" "))
        answer = hlab("check", self.place, "--locked")
        self.assertEqual(answer.status, 1)
        self.assertIn("HL0023", answer.text)
        self.build()
        self.assertEqual(sorted(self.entries()), ["service.argocd.chart"])
        self.assertIn("uptime-kuma:2.0.0", self.output())


class Merge(LabCase):
    def git(self, *arguments, fine=True):
        done = subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], cwd=self.place,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
        self.assertEqual(done.returncode == 0, fine, done.stdout)
        return done.stdout

    def commit(self, text):
        (self.place / "lab.hlab").write_text(text)
        answer = hlab("build", self.place, "--out", self.folder / "out")
        self.assertEqual(answer.status, 0, answer.text)
        self.git("add", "-A")
        self.git("commit", "-qm", "x")

    def leases(self):
        lines = (self.place / "hlab.lock").read_text().splitlines()
        return [line for line in lines if line.startswith("network.")]

    def two_branches(self, driver):
        from lab_case import HLAB

        self.place = self.lab(LAB)
        self.git("init", "-q", "-b", "main")
        if driver:
            self.git("config", "merge.hlab.driver", f"'{HLAB}' lock merge %O %A %B")
            (self.place / ".gitattributes").write_text("hlab*.lock merge=hlab\n")
        self.commit(LAB)
        self.git("checkout", "-qb", "theirs")
        self.commit(LAB + node("a-of-theirs"))
        self.git("checkout", "-q", "main")
        self.commit(node("z-of-ours") + LAB)

    def test_git_keeps_the_lease_of_the_branch_that_is_merged_into(self):
        self.two_branches(driver=True)
        said = self.git("merge", "-q", "--no-edit", "theirs")
        self.assertIn("node.a-of-theirs loses 10.9.8.3", said)
        self.assertEqual(self.leases(), ["network.lan node.box 10.9.8.2", "network.lan node.z-of-ours 10.9.8.3"])
        answer = hlab("build", self.place, "--out", self.folder / "out")
        self.assertEqual(answer.status, 0, answer.text)
        self.assertEqual(self.leases(), ["network.lan node.a-of-theirs 10.9.8.4", "network.lan node.box 10.9.8.2",
                                         "network.lan node.z-of-ours 10.9.8.3"])

    def test_a_renamed_pool_keeps_what_the_branch_that_is_merged_into_has(self):
        from lab_case import HLAB

        self.place = self.lab(LAB)
        self.git("init", "-q", "-b", "main")
        self.git("config", "merge.hlab.driver", f"'{HLAB}' lock merge %O %A %B")
        (self.place / ".gitattributes").write_text("hlab*.lock merge=hlab\n")
        self.commit(LAB)
        self.git("checkout", "-qb", "theirs")
        self.commit(LAB + "# theirs\n" + node("a-of-theirs"))
        self.git("checkout", "-q", "main")
        renamed = LAB.replace("network lan {", "network house {\n  moved from lan\n ").replace(
            "address.lan", "address.house").replace("network = lan", "network = house")
        self.commit(node("z-of-ours").replace("address.lan", "address.house") + renamed)
        self.git("merge", "-q", "--no-edit", "-X", "ours", "theirs")
        text = (self.place / "lab.hlab").read_text().replace("address.lan", "address.house")
        (self.place / "lab.hlab").write_text(text)
        answer = hlab("build", self.place, "--out", self.folder / "out")
        self.assertEqual(answer.status, 0, answer.text)
        self.assertEqual(self.leases(), ["network.house node.a-of-theirs 10.9.8.4", "network.house node.box 10.9.8.2",
                                         "network.house node.z-of-ours 10.9.8.3"])

    def test_a_merge_that_knew_no_driver_is_told_and_mended(self):
        self.two_branches(driver=False)
        lock = self.place / "hlab.lock"
        lock.write_text(lock.read_text() + "network.lan node.a-of-theirs 10.9.8.3\n")
        (self.place / "lab.hlab").write_text(LAB + node("a-of-theirs") + node("z-of-ours"))
        answer = hlab("check", self.place)
        self.assertEqual(answer.status, 1)
        self.assertIn("HL0024", answer.text)

    def test_what_is_no_lock_is_left_alone(self):
        for index, name in enumerate(("base", "ours", "theirs")):
            (self.folder / name).write_text("network.lan node.a 10.0.0.1\n" if index else "nonsense\n")
        answer = hlab("lock", "merge", *(self.folder / name for name in ("base", "ours", "theirs")))
        self.assertEqual(answer.status, 1)
        self.assertEqual((self.folder / "ours").read_text(), "network.lan node.a 10.0.0.1\n")
        self.assertEqual(hlab("lock", "merge", self.folder / "base").status, 2)
        self.assertEqual(hlab("lock", "merge", *(self.folder / name for name in ("none", "ours", "theirs"))).status, 3)


if __name__ == "__main__":
    unittest.main()
