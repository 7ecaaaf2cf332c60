#!/usr/bin/env python3
"""`hlab init`: a lab that checks clean, builds, and is laid out; nothing is overwritten."""

import os
import pty
import subprocess
import unittest

from lab_case import HLAB, LabCase, hlab, tree_of

GIVEN = ("--domain", "home.example.net", "--timezone", "Europe/Oslo")


class Init(LabCase):
    def begun(self, *arguments, folder="new"):
        lab = self.folder / folder
        answer = hlab("init", lab, *arguments, stdin=subprocess.DEVNULL)
        self.assertEqual((answer.status, answer.err), (0, ""), answer.text)
        return lab, answer

    def test_whatever_is_asked_for_checks_clean_and_builds(self):
        cases = (
            (), GIVEN, ("--name", "attic"), ("--network", "10.0.0.0/16"), ("--network", "10.1.2.0/26"), ("--network", "172.16.5.8/29"),
            ("--nodes", "nas=pc", "one=pi5", "old=pi1"), ("--nodes", *[f"n{i}={board}" for i, board in enumerate(
                ("pc", "pi1", "pi2", "pi3", "pi4", "pi5"))]),
            ("--gitops", "argocd"), ("--gitops", "argocd", "--repo", "https://git.example.net/kim/lab.git", "--nodes", "a=pi4", "b=pi5"),
            ("--gitops", "argocd", "--network", "10.42.0.0/16"), ("--gitops", "flux", "--network", "10.43.7.0/24"),
            ("--gitops", "flux", "--network", "10.0.0.0/8"), ("--gitops", "argocd", "--nodes", "old=pi1", "new=pi5", "third=pc"),
            ("--gitops", "none"), ("--domain", "a.b.c.example"), ("--timezone", "Etc/UTC"),
        )
        for number, arguments in enumerate(cases):
            with self.subTest(arguments):
                lab, answer = self.begun(*arguments, folder=f"lab-{number}")
                checked = hlab("check", lab)
                self.assertEqual((checked.status, checked.text), (0, "The lab is fine.\n"))
                laid_out = hlab("fmt", "--check", lab)
                self.assertEqual((laid_out.status, laid_out.text), (0, ""))
                self.build(lab, self.folder / f"out-{number}")
                for line in answer.out.splitlines():
                    if line.startswith("  hlab "):
                        self.assertEqual(hlab(*line.split()[1:]).status, 0, line)

    def test_answers_arrive_where_they_belong(self):
        lab, answer = self.begun(*GIVEN, "--name", "attic", "--network", "10.4.0.0/24", "--nodes", "nas=pc", "eve=pi5")
        for expression, value in (("lab.name", "attic"), ("lab.domain", "home.example.net"), ("lab.timezone", "Europe/Oslo"),
                                  ("lan.cidr", "10.4.0.0/24"), ("lan.gateway", "10.4.0.1"), ("eve.hardware.model", "Raspberry Pi 5"),
                                  ("eve.address.lan", "10.4.0.2"), ("nas.address.lan", "10.4.0.3"), ("eve.os.distribution", "debian")):
            self.assertEqual(hlab("eval", expression, lab).out, value + "\n")
        self.assertEqual(len([line for line in answer.out.splitlines() if line.startswith("  hlab ")]), 3)
        self.assertEqual(sorted(path.name for path in lab.iterdir()), ["lab.hlab", "machines.hlab"])

    def test_a_lab_that_is_there_stays(self):
        lab, _ = self.begun()
        before = tree_of(lab)
        self.assert_status(hlab("init", lab, stdin=subprocess.DEVNULL), 4, "there is a lab")
        self.assertEqual(tree_of(lab), before)
        other = self.lab({"mine.hlab": "# mine\n"}, "other")
        self.assert_status(hlab("init", other, stdin=subprocess.DEVNULL), 4, "there is a lab")
        self.assertEqual(sorted(path.name for path in other.iterdir()), ["mine.hlab"])

    def test_files_of_other_kinds_are_left_alone(self):
        folder = self.folder / "here"
        folder.mkdir()
        (folder / "README.md").write_text("mine\n")
        answer = hlab("init", cwd=folder, stdin=subprocess.DEVNULL)
        self.assert_status(answer, 0, "hlab check\n", "--out ../homelab")
        self.assertEqual((folder / "README.md").read_text(), "mine\n")

    def test_wrong_answers_are_told_and_write_nothing(self):
        for arguments, words in (
            (("--domain", "not a domain"), "--domain `not a domain`"), (("--domain", "a..b"), "--domain"),
            (("--timezone", "Europe/Madird"), "Europe/Mad"), (("--timezone", "12:00"), "no time zone"),
            (("--network", "192.168.1.0"), "is no network"), (("--network", "192.168.1.7/24"), "in the network 192.168.1.0/24"),
            (("--network", "224.0.0.0/8"), "224.0.0.0/4 are those of groups"), (("--network", "127.0.0.0/8"), "talks to itself"),
            (("--network", "169.254.0.0/16"), "where no router is"), (("--network", "0.0.0.0/8"), "the machine itself"),
            (("--network", "10.0.0.0/30"), "/8 to /29"), (("--network", "fd00::/64"), "IPv4"),
            (("--nodes", "box"), "NAME=BOARD"), (("--nodes", "box=pi9"), "boards"), (("--nodes", "Box=pi4"), "--nodes `Box`"),
            (("--nodes", "a=pi4", "a=pi5"), "two machines"), (("--name", "My Lab"), "--name `My Lab`"),
            (("--network", "10.0.0.0/29", "--nodes", *[f"n{i}=pi4" for i in range(6)]), "has room for 5 machines"),
            (("--gitops", "argo"), "--gitops `argo` is none of"), (("--gitops", "argocd", "--repo", "nowhere"), "--repo"),
            (("--repo", "https://git.example.net/kim/lab.git"), "say --gitops too"), (("--nodes", "all=pc"), "Ansible has a group"),
            (("--gitops", "flux", "--nodes", "a=pi1"), "K3s is not built for armv6"),
        ):
            with self.subTest(arguments):
                answer = hlab("init", self.folder / "x", *arguments, stdin=subprocess.DEVNULL)
                self.assert_status(answer, 2, words)
                self.assertFalse((self.folder / "x").exists())

    def test_a_near_zone_is_offered(self):
        if not os.path.isdir("/usr/share/zoneinfo/Europe"):
            self.skipTest("this machine keeps no time zones")
        answer = hlab("init", self.folder / "x", "--timezone", "Europe/Madird", stdin=subprocess.DEVNULL)
        self.assert_status(answer, 2, "did you mean `Europe/Madrid`?")

    def on_a_terminal(self, typed, *arguments):
        ours, theirs = pty.openpty()
        try:
            os.write(ours, typed.encode())
            done = subprocess.run([HLAB, "init", "asked", *arguments], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  encoding="utf-8", check=False, cwd=self.folder, timeout=30)
        finally:
            os.close(ours)
            os.close(theirs)
        return done

    def test_on_a_terminal_it_asks_for_what_is_missing(self):
        done = self.on_a_terminal("not a domain\nhome.example.net\nEurope/Oslo\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Domain of machines and services [home.arpa]: ", done.stderr)
        self.assertIn("`not a domain`", done.stderr)
        self.assertEqual(hlab("eval", "lab.domain", self.folder / "asked").out, "home.example.net\n")
        self.assertEqual(hlab("eval", "lab.timezone", self.folder / "asked").out, "Europe/Oslo\n")

    def test_on_a_terminal_it_asks_nothing_that_is_given(self):
        done = self.on_a_terminal("", *GIVEN)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_an_empty_line_takes_what_is_offered(self):
        done = self.on_a_terminal("\n\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(hlab("eval", "lab.domain", self.folder / "asked").out, "home.arpa\n")


if __name__ == "__main__":
    unittest.main()
