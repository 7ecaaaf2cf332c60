#!/usr/bin/env python3
"""`hlab secret` with the real sops and age: what is set comes back with the key, and is plain nowhere."""

import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import yaml

from lab_case import HLAB, TOOLS, LabCase, hlab, tree_of

CANARY = 'canary-4711 "quoted" \\ slash: #€'
LAB = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 10.9.8.0/24 }
node box { hardware = std.hw.pi4 { memory = 8GiB }  os = raspios  address.lan = 10.9.8.2 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [box]  network = lan  token = join }
secrets repo: sops { recipients = ["RECIPIENT"] }
secret join { description = "joins machines"  random = ["value"] }
secret login { keys = ["user", "password"]  random = ["password"]  labels.colour = "<value>" }
service opener: std.sops-operator {}
service web: container { image = "docker.io/library/web:1.0"  env.PASSWORD = login.key("password")  env.TOKEN = join }
service shop: manifests { secrets = [login] }
"""
JOIN = ["secrets/ansible/join.sops.yaml", "secrets/kubernetes/web/join.sops.yaml"]
LOGIN = ["secrets/kubernetes/shop/login.sops.yaml", "secrets/kubernetes/web/login.sops.yaml"]
SEARCH = os.pathsep.join([str(TOOLS / "bin"), os.environ.get("PATH", "/usr/bin:/bin")])


def missing_tools():
    return [tool for tool in ("sops", "age-keygen") if not shutil.which(tool, path=SEARCH)]


class Secret(LabCase):
    def setUp(self):
        super().setUp()
        if missing_tools():
            if os.environ.get("CI"):
                self.fail(f"{missing_tools()} are missing")
            self.skipTest(f"{missing_tools()} are missing")
        self.key = self.folder / "age.key"
        subprocess.run(["age-keygen", "-o", self.key], check=True, stderr=subprocess.PIPE)
        self.public = re.search(r"age1\w+", self.key.read_text())[0]
        self.lab_folder = self.lab(LAB.replace("RECIPIENT", self.public))
        self.env = {"PATH": SEARCH, "HOME": str(self.folder)}

    def set(self, *arguments, text=None, **options):
        options.setdefault("env", self.env)
        return hlab("secret", "set", *arguments, self.lab_folder, input=text or "", **options)

    def opened(self, path):
        done = subprocess.run(["sops", "decrypt", self.lab_folder / path], check=True, stdout=subprocess.PIPE,
                              env={**self.env, "SOPS_AGE_KEY_FILE": str(self.key)})
        return yaml.safe_load(done.stdout)

    def files(self):
        return sorted(path for path in tree_of(self.lab_folder) if path != "lab.hlab")

    def assert_nowhere(self, text):
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(text.encode(), path.read_bytes(), path)


class Set(Secret):
    def test_one_part(self):
        answer = self.set("join", text=CANARY + "\n")
        self.assertEqual((answer.status, answer.out.split()), (0, JOIN), answer.err)
        self.assertEqual(self.files(), JOIN)
        self.assertEqual(self.opened(JOIN[0]), {"value": CANARY})
        found = self.opened(JOIN[1])
        self.assertEqual(found["metadata"], {"name": "join", "namespace": "web"})
        self.assertEqual(found["spec"]["secretTemplates"], [{"name": "join", "stringData": {"value": CANARY}}])
        self.assert_nowhere("canary")

    def test_several_lines(self):
        text = '{\n  "a": "b"\n}\n'
        self.set("join", text=text + "\n")
        self.assertEqual(self.opened(JOIN[0]), {"value": text})

    def test_several_parts(self):
        answer = self.set("login", text=f"password={CANARY}\nuser=me\n")
        self.assertEqual((answer.status, self.files()), (0, LOGIN), answer.err)
        template = self.opened(LOGIN[1])["spec"]["secretTemplates"][0]
        self.assertEqual(template["stringData"], {"user": "me", "password": CANARY})
        self.assertEqual(template["labels"], {"colour": "<value>"})
        self.assert_nowhere("canary")

    def test_parts_of_several_lines_come_from_files(self):
        pem = "-----BEGIN CERTIFICATE-----\ncanary==\n-----END CERTIFICATE-----\n"
        with tempfile.TemporaryDirectory() as elsewhere:
            place = pathlib.Path(elsewhere) / "a=b.pem"
            place.write_text(pem)
            both = self.set("login", "--from-file", f"user={place}", "--from-file", f"password={place}")
            self.assertEqual((both.status, self.files()), (0, LOGIN), both.err)
            self.assertEqual(self.opened(LOGIN[0])["spec"]["secretTemplates"][0]["stringData"],
                             {"user": pem, "password": pem})
            one = self.set("login", "--again", "--from-file", f"user={place}", text="password=canary-2\n")
            self.assertEqual(one.status, 0, one.err)
            template = self.opened(LOGIN[1])["spec"]["secretTemplates"][0]
            self.assertEqual(template["stringData"], {"user": pem, "password": "canary-2"})
            made = self.set("login", "--again", "--generate", "--from-file", f"user={place}")
            self.assertEqual(made.status, 0, made.err)
        self.assertNotIn("canary", both.text + one.text + made.text)
        self.assert_nowhere("canary")

    def test_the_lab_is_fine_then_and_the_tree_has_the_same_bytes(self):
        self.assertEqual(hlab("check", self.lab_folder, "--format", "json").codes(), ["HL7010", "HL7010"])
        self.set("join", text=CANARY)
        self.set("login", text="user=me\npassword=you\n")
        out = self.folder / "out"
        answer = hlab("build", self.lab_folder, "--out", out)
        self.assertEqual(answer.status, 0)
        self.assertEqual(answer.text.count("HL7"), 0, answer.text)
        for source, place in ((JOIN[0], "infrastructure/ansible/secrets/join.sops.yaml"),
                              (LOGIN[1], "kubernetes/apps/web/manifests/sopssecret-login.sops.yaml")):
            self.assertEqual((out / place).read_bytes(), (self.lab_folder / source).read_bytes())
        self.assert_nowhere("canary")

    def test_only_what_is_missing(self):
        self.set("join", text="one")
        (self.lab_folder / JOIN[1]).unlink()
        before = (self.lab_folder / JOIN[0]).read_bytes()
        answer = self.set("join", text="one")
        self.assertEqual(answer.out.split(), JOIN[1:])
        self.assertIn("give the value that these have", answer.err)
        self.assertEqual((self.lab_folder / JOIN[0]).read_bytes(), before)
        again = self.set("join", text="two")
        self.assertEqual((again.status, again.out), (0, ""))
        self.assertIn("--again", again.err)
        self.assertEqual(self.set("join", "--again", text="two").out.split(), JOIN)
        self.assertEqual(self.opened(JOIN[0]), {"value": "two"})

    def test_made_up(self):
        self.assertEqual(self.set("join", "--generate").status, 0)
        value = self.opened(JOIN[0])["value"]
        self.assertRegex(value, r"^[A-Za-z0-9]{40}$")
        self.assertEqual(self.opened(JOIN[1])["spec"]["secretTemplates"][0]["stringData"]["value"], value)
        self.assertEqual(self.set("login", "--generate", text="user=me\n").status, 0)
        self.assertEqual(self.opened(LOGIN[0])["spec"]["secretTemplates"][0]["stringData"]["user"], "me")
        # What is left to give has its key all the same: else one would stand in the other's place unseen.
        for text in ("me", "no=me"):
            self.assert_status(self.set("login", "--again", "--generate", text=text), 2, "line 1")

    def test_none_is_made_up_beside_a_file_that_is_there(self):
        self.set("join", text="one")
        (self.lab_folder / JOIN[1]).unlink()
        answer = self.set("join", "--generate")
        self.assert_status(answer, 2, "--again")
        self.assertEqual(self.files(), JOIN[:1])

    def test_new_recipients(self):
        self.set("join", text="one")
        other = self.folder / "other.key"
        subprocess.run(["age-keygen", "-o", other], check=True, stderr=subprocess.PIPE)
        second = re.search(r"age1\w+", other.read_text())[0]
        source = self.lab_folder / "lab.hlab"
        source.write_text(source.read_text().replace(self.public, second))
        checked = hlab("check", self.lab_folder, "--format", "json")
        self.assertEqual(checked.codes().count("HL7011"), 1)
        mend = next(one["help"] for one in checked.json()["diagnostics"] if one["code"] == "HL7011")
        command = re.search(r"^sops rotate .*", mend, re.M)[0].removesuffix(" FILE").split()
        for path in JOIN:
            subprocess.run([*command, path], check=True, cwd=self.lab_folder,
                           env={**self.env, "SOPS_AGE_KEY_FILE": str(self.key)})
        self.assertNotIn("HL7011", hlab("check", self.lab_folder, "--format", "json").codes())
        self.key = other
        self.assertEqual(self.opened(JOIN[0]), {"value": "one"})

    def test_settings_of_the_shell_add_no_reader(self):
        other = subprocess.run(["age-keygen"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               encoding="utf-8").stdout
        stranger = re.search(r"age1\w+", other)[0]
        (self.lab_folder / ".sops.yaml").write_text(f"creation_rules: [{{age: {stranger}}}]\n")
        self.set("join", text="one", env={**self.env, "SOPS_AGE_RECIPIENTS": stranger}, cwd=self.lab_folder)
        for path in JOIN:
            self.assertNotIn(stranger, (self.lab_folder / path).read_text())


class Refused(Secret):
    def assert_refused(self, answer, status, *words):
        self.assert_status(answer, status, *words)
        self.assertEqual((answer.out, self.files()), ("", []))
        self.assertFalse((self.lab_folder / "secrets").exists())
        self.assertNotIn("canary", answer.text)

    def test_unknown(self):
        self.assert_refused(self.set("joyn", text="x"), 2, "did you mean `join`?")

    def test_bad_input(self):
        for text, words in (("", "no value was given for `user`"), ("canary-1", "line 1 has no `=`"),
                            ("user=canary-1\ncanary=2\n", "line 2 begins with none of user=, password="),
                            ("user=canary\n", "no value was given for `password`")):
            self.assert_refused(self.set("login", text=text), 2, words)

    def test_bad_files(self):
        with tempfile.TemporaryDirectory() as elsewhere:
            place = pathlib.Path(elsewhere) / "canary.bin"
            for given, content, words in ((f"usr={place}", b"x", "KEY one of user, password"),
                                          (str(place), b"x", "takes KEY=PATH"),
                                          (f"user={elsewhere}/none", b"x", "No such file"),
                                          (f"user={elsewhere}", b"x", "cannot be read"),
                                          (f"user={place}", b"", "no value was given for `user`"),
                                          (f"user={place}", b"\xff", "no text (UTF-8)"),
                                          (f"user={place}", b"x" * (1 << 20) + b"x", "more than 1 MiB")):
                place.write_bytes(content)
                answer = self.set("login", "--from-file", given, text="password=x")
                self.assert_status(answer, 2, words)
                self.assertEqual(self.files(), [])

    def test_nothing_is_random(self):
        source = self.lab_folder / "lab.hlab"
        source.write_text(source.read_text().replace('  random = ["value"]', ""))
        self.assert_refused(self.set("join", "--generate"), 2, 'random = ["value"]')

    def test_without_sops(self):
        self.assert_refused(self.set("join", text="canary", env={"PATH": "/nonexistent"}), 3, "`sops`", "getsops")

    def fake_sops(self, script):
        folder = self.folder / "fake"
        folder.mkdir(exist_ok=True)
        (folder / "sops").write_text("#!/bin/sh\n" + script)
        (folder / "sops").chmod(0o755)
        return {**self.env, "PATH": f"{folder}:{SEARCH}"}

    def test_sops_fails(self):
        env = self.fake_sops("cat >/dev/null; echo broken >&2; exit 1\n")
        self.assert_refused(self.set("join", text="canary", env=env), 3, "broken")

    def test_sops_fails_at_the_second_file(self):
        env = self.fake_sops(f'case "$*" in *ansible*) exec {shutil.which("sops", path=SEARCH)} "$@";; esac\nexit 1\n')
        self.assert_refused(self.set("join", text="canary", env=env), 3, "sops failed")

    def test_sops_repeats_what_it_read(self):
        self.assert_refused(self.set("join", text="canary-1", env=self.fake_sops("cat >&2; exit 1\n")), 3, "sops failed")

    def test_sops_does_not_encrypt(self):
        self.assert_refused(self.set("join", text="canary-1", env=self.fake_sops("cat\n")), 3, "no ciphertext")

    def test_what_the_process_shows(self):
        env = self.fake_sops(f'cat >/dev/null; tr "\\0" "\\n" </proc/$$/cmdline >{self.folder}/seen; env >>{self.folder}/seen; exit 1\n')
        self.assert_refused(self.set("join", text="canary-1", env={**env, "SOPS_AGE_KEY": "other"}), 3)
        seen = (self.folder / "seen").read_text()
        self.assertIn("--age", seen)
        self.assertNotIn("canary", seen)
        self.assertNotIn("SOPS_", seen)

    def test_a_link_that_leads_out(self):
        (self.folder / "elsewhere").mkdir()
        (self.lab_folder / "secrets").symlink_to(self.folder / "elsewhere")
        self.assert_status(self.set("join", text="canary"), 3, "leads out of the lab's folder")
        self.assertEqual(list((self.folder / "elsewhere").iterdir()), [])


class Terminal(Secret):
    def talk(self, arguments, typed):
        """Types each line when it is asked for; all that the terminal showed, and the status."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(HLAB, [str(HLAB), "secret", "set", *map(str, arguments), str(self.lab_folder)], self.env)
        shown, end = b"", time.monotonic() + 30
        waiting = list(typed)
        while time.monotonic() < end:
            if not select.select([terminal], [], [], 0.2)[0]:
                continue
            try:
                got = os.read(terminal, 65536)
            except OSError:
                break
            if not got:
                break
            shown += got
            if waiting and shown.endswith(b": "):
                time.sleep(0.2)  # the echo goes after the question is shown
                os.write(terminal, waiting.pop(0))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(terminal)
        return shown.decode(), status

    def test_nothing_typed_is_shown(self):
        shown, status = self.talk(["login"], [b"canary-user\n", b"canary-word\n"])
        self.assertEqual(status, 0, shown)
        self.assertNotIn("canary", shown)
        self.assertIn("user: ", shown)
        template = self.opened(LOGIN[0])["spec"]["secretTemplates"][0]
        self.assertEqual(template["stringData"], {"user": "canary-user", "password": "canary-word"})

    def test_what_it_is_for(self):
        shown, status = self.talk(["join"], [b"word\n"])
        self.assertEqual((status, "joins machines" in shown), (0, True), shown)

    def test_interrupted(self):
        shown, status = self.talk(["login"], [b"canary\n", b"\x03"])
        self.assertEqual((status, self.files()), (-2, []), shown)

    def test_end_of_input(self):
        shown, status = self.talk(["join"], [b"\x04"])
        self.assertEqual((status, self.files()), (2, []), shown)


class List(Secret):
    def test_table(self):
        self.set("join", text="one")
        (self.lab_folder / JOIN[1]).unlink()
        rows = [re.split(r" {2,}", line.strip()) for line in hlab("secret", "list", self.lab_folder).out.splitlines()]
        self.assertEqual(rows, [["SECRET", "STATE", "FILE", "NEEDED BY"],
                                ["join", "there", JOIN[0], "cluster.home"],
                                ["missing", JOIN[1], "service.web"],
                                ["login", "missing", LOGIN[0], "service.shop"],
                                ["missing", LOGIN[1], "service.web"]])

    def test_json(self):
        answer = hlab("secret", "list", self.lab_folder, "--format", "json").json()
        self.assertEqual(answer["version"], 1)
        first = answer["secrets"][0]
        self.assertEqual((first["name"], first["description"], first["keys"]), ("join", "joins machines", ["value"]))
        self.assertEqual(first["files"][0], {"path": JOIN[0], "output": "infrastructure/ansible/secrets/join.sops.yaml",
                                             "exists": False, "needed_by": ["cluster.home"]})

    def test_wrong_use(self):
        self.assert_status(hlab("secret"), 2, "subcommand")
        self.assert_status(hlab("secret", "set"), 2, "NAME")


class MadeElsewhere(LabCase):
    """`extern`: something else puts the Secret into the cluster."""

    LAB = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 10.9.8.0/24 }
node box { hardware = std.hw.pi4 { memory = 8GiB }  os = raspios  address.lan = 10.9.8.2 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [box]  network = lan }
secret login { extern = true  keys = ["user", "password"]  about.user = "of the database" }
service web: container { image = "docker.io/library/web:1.0"  namespace = "shop"  env.PASSWORD = login.key("password") }
"""

    def test_nothing_is_asked_for_and_nothing_is_written(self):
        lab = self.lab(self.LAB)
        tree = self.folder / "tree"
        self.assertNotIn("HL7010", hlab("check", lab).text)
        self.build(lab, tree)
        files = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
        self.assertFalse({path for path in files if "login" in path or path.endswith(".sops.yaml")})
        pod = yaml.safe_load((tree / "kubernetes/apps/web/manifests/deployment.yaml").read_text())["spec"]["template"]
        env = pod["spec"]["containers"][0]["env"]
        self.assertEqual(env, [{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "login", "key": "password"}}}])
        self.assertNotIn("checksum/secrets", str(pod))
        readme = (tree / "README.md").read_text()
        self.assertIn("| `login` | `shop` | `user` (of the database), `password` | service.web |", readme)
        self.assertLess(readme.index("bootstrap.sh --dry-run"), readme.index("see to it that these Secrets come into it"),
                        "there is no cluster before")

    def test_it_is_listed_and_cannot_be_set(self):
        lab = self.lab(self.LAB)
        self.assertRegex(hlab("secret", "list", lab).out, r"login +extern +- +service\.web\n")
        self.assertIn('"extern": true', hlab("secret", "list", lab, "--format", "json").out)
        answer = hlab("secret", "set", "login", lab)
        self.assert_status(answer, 2, "something else makes `login` (`extern`), so no file is made of it")
        self.assertIn("secret.login: something else puts it into the cluster", hlab("ways-out", lab).out)


if __name__ == "__main__":
    unittest.main()
