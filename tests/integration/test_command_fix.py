#!/usr/bin/env python3
"""`hlab check --fix`: what is certain is mended, what is a choice is left, and no file gets worse."""

import random
import resource
import shutil
import signal
import subprocess
import unittest

from lab_case import EXAMPLE, SMALL, LabCase, hlab, tree_of

BROKEN = """\
edition 2026
lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }
network lan { cidr = "10.9.8.0/24"  gateway = 10.9.8.1 }
node box {
  hardware    = std.hw.pi4 { memory = "4GiB" }
  os          = "raspios"
  address.lan = 10.9.8.10
}
node two   { hardware = std.hw.pi4  os = rapsios  address.lan = 10.9.8.10 }
node three { hardware = std.hw.pi4  os = raspios  address.lan = 10.9.8.10 }
cluster main: k3s { version = "v1.34.3+k3s1"  servers = ["box"]  netwrk = lan }
"""


LAB_WITH_CLUSTER = """\
lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }
network lan { cidr = 10.9.8.0/24 }
node one { hardware = std.hw.pi4  os = raspios  address.lan = 10.9.8.2 }
cluster main { version = "v1.34.3+k3s1"  servers = [one]  network = lan  storage-classes = ["local-path"] }
default volume { size = 1GiB  mount = "/data"  keep = disposable }
"""


class Fix(LabCase):
    def text(self, lab):
        return (lab / "lab.hlab").read_text()

    def mended(self, text, status=0):
        lab = self.lab(text)
        answer = hlab("check", lab, "--fix")
        self.assertEqual(answer.status, status, answer.text)
        return self.text(lab), answer

    def test_certain_fixes_are_applied_until_none_is_left(self):
        text, answer = self.mended(BROKEN)
        for words in ("cidr = 10.9.8.0/24", "memory = 4GiB", "os          = raspios", "os = raspios", "servers = [box]",
                      "network = lan", "node two   { hardware = std.hw.pi4  os = raspios  address.lan = 10.9.8.2 }",
                      "address.lan = 10.9.8.3"):
            self.assertIn(words, text)
        self.assertIn("lab.hlab:3:22: HL3001: write it so\n", answer.out)
        self.assertIn("lab.hlab:9:42: HL2001: write `raspios`\n", answer.out)
        self.assertIn("HL4100: take the next free address\n", answer.out)
        self.assert_status(answer, 0, "The lab is fine.", "Fixed 8 places.")
        self.assertEqual(hlab("check", self.folder / "lab", "--fix").text, "The lab is fine.\n")

    def test_data_of_what_is_renamed_keeps_its_names(self):
        lab = LAB_WITH_CLUSTER
        service = """\
service news: container {
  moved from feeds
  image = "docker.io/library/nginx:1.29.1"
  volume.data {}
  volume.store { moved from files  mount = "/store" }
  volume.said { claim = "feeds-said"  mount = "/said" }
}
"""
        kept = """\
  moved from feeds
  namespace = "feeds"
  volume.data.claim = "feeds-data"
  volume.store.claim = "feeds-files"
  image"""
        text, answer = self.mended(lab + service)
        self.assertEqual(text, lab + service.replace("  moved from feeds\n  image", kept))
        self.assert_status(answer, 0, "HL4599", "Fixed 1 place.")
        # On a line with others, and of a volume alone; where the name is computed nothing is written.
        text, answer = self.mended(lab + service.replace("moved from feeds\n ", "namespace = \"x\""))
        self.assertIn('volume.store { moved from files  claim = "news-files"  mount', text)
        looped = lab + "for i in [1] {\n" + service.replace("moved from feeds", 'moved from "feeds-${i}"') + "}\n"
        text, answer = self.mended(looped)
        self.assertEqual(text, looped)
        self.assertIn("HL4599", answer.text)

    def test_of_two_equal_leases_one_goes_and_of_two_others_none(self):
        lab = self.lab(SMALL)
        lock = lab / "hlab.lock"
        lock.write_text("network.lan node.a 192.168.7.20\nnetwork.lan node.a 192.168.7.20\n")
        answer = hlab("check", lab, "--fix")
        self.assertIn("hlab.lock:2:1: HL0021: delete the second line\n", answer.out)
        self.assertEqual(lock.read_text(), "network.lan node.a 192.168.7.20\n")
        lock.write_text("network.lan node.a 192.168.7.20\nnetwork.lan node.a 192.168.7.21\n")
        answer = hlab("check", lab, "--fix")
        self.assertIn("HL0021", answer.text)
        self.assertIn("node.a 192.168.7.21\n", lock.read_text())
        self.assertEqual(answer.status, 1, answer.text)

    def test_names_that_are_written_out_follow_nobody(self):
        kept = LAB_WITH_CLUSTER + f"""\
service news: container {{
  moved from feeds
  namespace = "news"
  image     = "docker.io/freshrss/freshrss:1.26.3"
  port.http = 80
  volume.data {{ claim = "news-data" }}
}}
"""
        text, answer = self.mended(kept)
        self.assertEqual(text, kept)
        self.assertNotIn("HL4599", answer.text)
        # A kind may make them of the name in its own way: hlab tells, and leaves the writing to the person.
        computed = LAB_WITH_CLUSTER + f"""\
kind team is container {{
  namespace = "team-${{.name}}"
  volume.data {{ claim = "v-${{.owner-name}}" }}
}}
service news: team {{
  moved from feeds
  image     = "docker.io/freshrss/freshrss:1.26.3"
  port.http = 80
}}
"""
        text, answer = self.mended(computed)
        self.assertEqual(text, computed)
        self.assertIn('with `namespace = "team-feeds"`, `volume.data.claim = "v-feeds"` it goes on', answer.text)

    def test_what_somebody_else_holds_stays(self):
        lab = ("""\
lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }
network lan { cidr = 10.9.8.0/24 }
node one { hardware = std.hw.pi4  os = raspios  address.lan = 10.9.8.10 }
""")
        nas = 'foreign nas { path = "nas/**"  address.lan = 10.9.8.10 }\n'
        for text in (lab + nas, nas + lab):
            self.assertEqual(self.mended(text)[0], text.replace("raspios  address.lan = 10.9.8.10", "raspios  address.lan = 10.9.8.2"))
        both = lab.replace("10.9.8.10", "10.9.8.9") + nas + nas.replace("nas", "box")
        text, answer = self.mended(both, 1)
        self.assertEqual(text, both)
        self.assertIn("HL4100", answer.text)

    def test_quotes_that_a_text_lacks(self):
        text, _ = self.mended('lab home { domain = "attic"  timezone = "Europe/Oslo"  description = 5 }\n')
        self.assertEqual(text, 'lab home { domain = "attic"  timezone = "Europe/Oslo"  description = "5" }\n')

    def test_a_name_that_nothing_has_is_no_text(self):
        lab = LAB_WITH_CLUSTER + """\
service web: container {
  image     = "docker.io/library/nginx:1.29.1"
  port.http = 80
  env.TOKEN = api-token
  env.TZ    = timezone
  env.NAME  = boreas
}
"""
        text, answer = self.mended(lab, 1)
        self.assertEqual(text, lab)
        self.assertIn("secret api-token {}", answer.text)
        self.assertIn("the lab's is `lab.timezone`", answer.text)

    def test_waivers_of_nothing_and_old_names_of_fields(self):
        text, answer = self.mended("""\
lab home {
  domain   = "home.example.net"
  timezone = "Europe/Oslo"
  allow duplicate-address "once it was"
}
kind box {
  width: Int = 1
  deprecated breadth -> width
}
box a { breadth = 3 }
""")
        self.assertNotIn("allow", text)
        self.assertIn('  timezone = "Europe/Oslo"\n}\n', text)
        self.assertIn("box a { width = 3 }", text)
        self.assertIn("HL4010: take it away", answer.out)

    def test_choices_and_guesses_are_left(self):
        lab = """\
lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }
record size { width: Int = 1  height: Int = 2 }
kind box { size: size  friend: &box? }
box abc1 { size = { width = 3 } }
box cart { friend = cast }
box case {}
box abc2 { friend = abc3 }
"""
        text, answer = self.mended(lab, status=1)
        self.assertEqual(text, lab)
        self.assertEqual(answer.out, "")
        self.assertIn("3 fixes are a choice or a guess: not applied.", answer.err)

    def test_an_address_of_a_loop_is_left(self):
        lab = SMALL.replace("node two {", "for i in 1..2 {\n  node \"two-${i}\" {").replace(
            "  address.lan = auto\n}", "  address.lan = 10.9.8.20\n}}").replace("[two]", "[]")
        text, answer = self.mended(lab, status=1)
        self.assertEqual(text, lab)
        self.assertIn("HL4100", answer.err)

    def test_a_dry_run_is_a_patch_that_patch_applies(self):
        for number, text in enumerate((BROKEN, BROKEN.rstrip("\n"), BROKEN.replace("\n", "\r\n"))):
            lab = self.lab(text.encode(), f"dry-{number}")
            before = tree_of(lab)
            answer = hlab("check", lab, "--fix", "--dry-run")
            self.assertEqual((answer.status, tree_of(lab)), (0, before), answer.text)
            self.assertTrue(answer.out.startswith("--- a/lab.hlab\n+++ b/lab.hlab\n@@ -"))
            self.assertIn("Would fix 8 places.", answer.err)
            patched = self.folder / f"patched-{number}"
            shutil.copytree(lab, patched)
            subprocess.run(["patch", "-p1", "--binary", "--silent"], input=self.exact_patch(lab), cwd=patched, check=True)
            self.assertEqual(hlab("check", lab, "--fix").status, 0)
            self.assertEqual((patched / "lab.hlab").read_bytes(), (lab / "lab.hlab").read_bytes())

    def exact_patch(self, lab):
        from lab_case import HLAB
        return subprocess.run([HLAB, "check", lab, "--fix", "--dry-run"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False).stdout

    def test_json_keeps_standard_output_for_what_remains(self):
        answer = hlab("check", self.lab(BROKEN), "--fix", "--format", "json")
        self.assertEqual((answer.status, answer.json()), (0, {"version": 1, "diagnostics": []}))
        self.assertIn("HL3001: write it so", answer.err)

    def test_what_remains_is_reported(self):
        text, answer = self.mended(BROKEN + "service web: container {}\n", status=1)
        self.assertIn("servers = [box]", text)
        self.assert_status(answer, 1, "HL3020", "Found")

    def test_mode_and_other_files_stay(self):
        lab = self.lab({"lab.hlab": BROKEN, "more.hlab": "# nothing to mend\n"})
        (lab / "lab.hlab").chmod(0o600)
        times = (lab / "more.hlab").stat().st_mtime_ns
        self.assertEqual(hlab("check", lab, "--fix").status, 0)
        self.assertEqual((lab / "lab.hlab").stat().st_mode & 0o777, 0o600)
        self.assertEqual((lab / "more.hlab").stat().st_mtime_ns, times)
        self.assertEqual(sorted(p.name for p in lab.iterdir()), ["lab.hlab", "more.hlab"])

    def test_a_folder_that_takes_no_file_is_told(self):
        lab = self.lab(BROKEN)
        before = tree_of(lab)

        # Root writes into any folder, but not past the largest size that a file may have.
        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

        answer = hlab("check", lab, "--fix", preexec_fn=no_room, restore_signals=False)
        self.assert_status(answer, 3, "cannot write lab.hlab")
        self.assertEqual(tree_of(lab), before)

    def test_a_dry_run_alone_is_wrong_use(self):
        self.assert_status(hlab("check", self.lab(SMALL), "--dry-run"), 2, "--dry-run goes with --fix")

    def test_no_file_that_parses_stops_parsing(self):
        """Names and quotes of a sound lab are spoilt; whatever is mended parses, and a second run changes nothing."""
        chance = random.Random(7)
        source = (EXAMPLE / "machines.hlab").read_text()
        for number in range(12):
            lab = self.example(f"spoilt-{number}")
            letters = list(source)
            for _ in range(4):
                at = chance.randrange(len(letters))
                if letters[at].isalpha():
                    letters[at] = chance.choice("aeiout")
                elif letters[at] == '"':
                    letters[at] = ""
            spoilt = "".join(letters)
            (lab / "machines.hlab").write_text(spoilt)
            parsed = hlab("fmt", "--check", lab / "machines.hlab").err == ""
            hlab("check", lab, "--fix")
            mended = (lab / "machines.hlab").read_text()
            if parsed:
                self.assertEqual(hlab("fmt", "--check", lab / "machines.hlab").err, "", mended)
            again = hlab("check", lab, "--fix")
            self.assertNotIn("Fixed", again.err)
            self.assertEqual((lab / "machines.hlab").read_text(), mended)


if __name__ == "__main__":
    unittest.main()
