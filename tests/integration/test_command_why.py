#!/usr/bin/env python3
"""`hlab why FILE[:LINE]`: what is told of a line is what the lab says, and of a file what it is."""

import shutil
import unittest

from lab_case import EXAMPLE, SMALL, LabCase, hlab, tree_of

LAB = SMALL + """
fn host(name: String, zone: String) -> String = "${name}.${zone}"

kind notes is container {
  version: String = "1.2.0"
  image           = "docker.io/example/notes:${.version}"
  port.http       = 8080
  env.GREETING    = "hello"
  env.HOST        = host(.name, lab.domain)
  volume.data { mount = "/data"  size = 1GiB }
}

default volume { keep = disposable }

for person in ["ana", "ben"] {
  service "notes-${person}": notes {
    version          = "1.3.0"
    env.GREETING     = "hello ${person}" because "they asked for it"
    volume.data.size = 2GiB
  }
}

file "motd.txt" { content = "welcome\\n" }
file "site.toml" { data { title = "Home"  limits.size = 512MiB } }
file "site.json" { data { title = "Home"  hosts = ["a", "b"] } }
file "site.ini" { data { web { title = "Home" } } }
file ".env.site" { data { TITLE = "Home" } }
fn yes(b: Bool) -> String = if b then "yes" else "no"
file "keys.yaml" { data {
  one { "is open" = yes(true) }
  two { "is shut" = yes(true) }
} }
"""

NOTES = "kubernetes/apps/notes-ana/manifests"

# What stands on the line -> what is told of it, without the lines on the file as a whole.
TOLD = {
    (f"{NOTES}/deployment.yaml", "image: "): """\
`spec.template.spec.containers[0].image` comes from
  service.notes-ana.image = "docker.io/example/notes:1.3.0"
      lab.hlab:54:3  kind notes: image = "docker.io/example/notes:${.version}"
    reads service.notes-ana.version = "1.3.0"
        lab.hlab:65:5  service.notes-ana: version = "1.3.0"  [for person in ["ana", "ben"] (person = "ana")]
        displaced: lab.hlab:53:3  kind notes: version: String = "1.2.0"
""",
    (f"{NOTES}/deployment.yaml", "hello ana"): """\
`spec.template.spec.containers[0].env[0].value` comes from
  service.notes-ana.env.GREETING = "hello ana"
      lab.hlab:66:5  service.notes-ana: env.GREETING = "hello ${person}" because "they asked for it"  [for person in ["ana", "ben"] \
(person = "ana")]
      displaced: lab.hlab:56:3  kind notes: env.GREETING = "hello"
""",
    (f"{NOTES}/deployment.yaml", "value: notes-ana.home.example.net"): """\
`spec.template.spec.containers[0].env[1].value` comes from
  service.notes-ana.env.HOST = "notes-ana.home.example.net"
      lab.hlab:57:3  kind notes: env.HOST = host(.name, lab.domain)
      through fn host, called at lab.hlab:57:21 with `name` = "notes-ana", `zone` = "home.example.net"
    reads lab.home.domain = "home.example.net"
        lab.hlab:4:3  lab.home: domain = "home.example.net"
""",
    (f"{NOTES}/deployment.yaml", "  name: notes-ana"): """\
`metadata.name` comes from
  the name of `service.notes-ana` (lab.hlab:64:11)
""",
    (f"{NOTES}/deployment.yaml", "protocol: TCP"): """\
`spec.template.spec.containers[0].ports[0].protocol` is hlab's own, and part of what it makes of
  service.notes-ana.port.http = 8080
      lab.hlab:55:3  kind notes: port.http = 8080
""",
    (f"{NOTES}/deployment.yaml", "apiVersion: "): """\
`apiVersion`:
  no value of the lab is noted: hlab writes this itself, or makes it of what is declared
  the same line stands in all 3 files of the kind `Deployment`
""",
    (f"{NOTES}/deployment.yaml", "spec:"): """\
`spec`:
  no value: a list or map begins or ends here
""",
    (f"{NOTES}/deployment.yaml", "# Generated"): """\
  a remark of hlab's own, or an empty line
""",
    (f"{NOTES}/persistentvolumeclaim-data.yaml", "storage: "): """\
`spec.resources.requests.storage` comes from
  service.notes-ana.volume.data.size = 2GiB
      lab.hlab:67:5  service.notes-ana: volume.data.size = 2GiB  [for person in ["ana", "ben"] (person = "ana")]
      displaced: lab.hlab:58:34  kind notes: size = 1GiB
""",
    ("site.toml", "size = "): """\
`limits.size` comes from
  file.site.toml.data.limits.size = 512MiB
      lab.hlab:72:43  file.site.toml: limits.size = 512MiB
""",
    ("site.json", '"b"'): """\
`hosts[1]` comes from
  file.site.json.data.hosts[1] = "b"
      lab.hlab:73:43  file.site.json: hosts = ["a", "b"]
""",
    ("site.ini", "title = "): """\
`web.title` comes from
  file.site.ini.data.web.title = "Home"
      lab.hlab:74:32  file.site.ini: title = "Home"
""",
    (".env.site", "TITLE="): """\
`TITLE` comes from
  file..env.site.data.TITLE = "Home"
      lab.hlab:75:27  file..env.site: TITLE = "Home"
""",
    ("keys.yaml", "is shut"): """\
`two.is shut` comes from
  file.keys.yaml.data.two."is shut" = "yes"
      lab.hlab:79:9  file.keys.yaml: "is shut" = yes(true)
      through fn yes, called at lab.hlab:79:21 with `b` = true
""",
    ("motd.txt", "welcome"): """\
this line comes from
  file.motd.txt.content = "welcome\\n"
      lab.hlab:71:19  file.motd.txt: content = "welcome\\n"
""",
}


class Why(LabCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        folder = self.lab(LAB)
        self.root = folder
        self.build("lab", "out", cwd=self.folder)
        self.out = self.folder / "out"

    def line(self, file, words):
        lines = (self.out / file).read_text().splitlines()
        return next(i for i, line in enumerate(lines, 1) if words in line)

    def why(self, *arguments, **options):
        return hlab("why", *arguments, cwd=options.pop("cwd", self.folder), **options)

    def test_lines(self):
        for (file, words), told in TOLD.items():
            with self.subTest(file=file, words=words):
                asked = f"out/{file}:{self.line(file, words)}"
                answer = self.why("lab", asked)
                self.assertEqual((answer.status, answer.err), (0, ""))
                head, _, rest = answer.out.partition("\n\n")
                self.assertTrue(head.startswith(asked + ":"), head)
                self.assertIn(f"`{file}` is made of `", head)
                self.assertEqual(rest, told)

    def test_the_first_line_is_as_editors_read_it(self):
        number = self.line(f"{NOTES}/deployment.yaml", "replicas:")
        answer = self.why("lab", f"out/{NOTES}/deployment.yaml:{number}")
        self.assertEqual(answer.out.splitlines()[0], f"out/{NOTES}/deployment.yaml:{number}:3: replicas: 1")

    def test_nothing_is_written(self):
        before = tree_of(self.folder)
        self.why("lab", f"out/{NOTES}/deployment.yaml:3")
        self.assertEqual(tree_of(self.folder), before)

    def test_ways_to_name_a_file(self):
        file = f"{NOTES}/deployment.yaml"
        here = self.out / NOTES
        wanted = self.why("lab", f"out/{file}:5").out.splitlines()[1:]
        ways = [(self.folder, "lab", f"{file}:5"), (self.folder, f"{file}:5", "lab"), (self.folder, f"{file}:5", "--lab", "lab"),
                (self.folder, "lab", f"./out//{file}:5:3"), (self.folder, "lab", f"out/{file}:5:"),
                (self.folder, "lab", f"{self.out}/{file}:5"), (here, "--lab", str(self.root), "deployment.yaml:5"),
                (self.root, f"../out/{file}:5"), (self.folder, "lab/lab.hlab", f"out/{file}:5")]
        for cwd, *arguments in ways:
            with self.subTest(arguments):
                answer = self.why(*arguments, cwd=cwd)
                self.assertEqual(answer.status, 0, answer.text)
                self.assertEqual(answer.out.splitlines()[1:], wanted)
        (self.folder / "link").symlink_to(self.out)
        self.assertEqual(self.why("lab", f"link/{file}:5").out.splitlines()[1:], wanted)

    def test_a_file_as_a_whole(self):
        answer = self.why("lab", f"out/{NOTES}/deployment.yaml")
        self.assert_status(answer, 0, "is made of `service.notes-ana` (lab.hlab:64:11) by the emitter `kubernetes`", "ask FILE:LINE")
        self.assert_status(self.why("lab", "out/scripts/bootstrap.sh:3"), 0, "keeps no record of single lines")
        self.assert_status(self.why("lab", "out/infrastructure/ansible/roles/base/tasks/main.yml:3"), 0, "the same in every lab")

    def test_what_lies_on_disk(self):
        file = self.out / f"{NOTES}/deployment.yaml"
        number = self.line(f"{NOTES}/deployment.yaml", "image: ")
        asked = f"out/{NOTES}/deployment.yaml"
        self.assertNotIn("disk", self.why("lab", asked).out)
        text = file.read_text()
        file.write_text(text.replace("spec:\n", "spec:\n  # mine\n", 1))
        moved = self.why("lab", f"{asked}:{number + 1}")
        self.assert_status(moved, 0, "edited by hand", f"It would be line {number} there.", "service.notes-ana.image = ")
        mine = self.line(f"{NOTES}/deployment.yaml", "# mine")
        self.assert_status(self.why("lab", f"{asked}:{mine}"), 0, "hlab would write no such line there")
        file.write_text(text)
        lab = self.root / "lab.hlab"
        lab.write_text(lab.read_text().replace('version          = "1.3.0"', 'version = "1.4.0"'))
        self.assert_status(self.why("lab", asked), 0, "of an earlier build")
        file.write_text("mine\n")
        manifest = self.out / "kubernetes/apps/.hlab-manifest.json"
        record = manifest.read_text()
        manifest.write_text("".join(line for line in record.splitlines(True) if "notes-ana/manifests/deployment" not in line))
        self.assert_status(self.why("lab", asked), 0, "not of hlab")
        manifest.write_text(record)
        file.unlink()
        self.assert_status(self.why("lab", asked), 0, "not on disk")
        shutil.rmtree(self.out)
        self.assert_status(self.why("lab", f"{asked}:3"), 0, "kind: Deployment")

    def test_what_is_no_file_of_the_tree(self):
        (self.out / "mine.txt").write_text("x\n")
        (self.folder / "README.md").write_text("x\n")
        said = {f"out/{NOTES}/deploymnt.yaml:3": f"the lab makes no file `out/{NOTES}/deploymnt.yaml`",
                "out/kubernetes": "is a folder; say which file in it",
                "out/.hlab-manifest.json": "hlab's own record",
                "lab/lab.hlab": "hlab show NAME --blame",
                "out/mine.txt:1": "hlab did not write `out/mine.txt`",
                "README.md": "hlab did not write `README.md`",
                f"out/{NOTES}/deployment.yaml:9999": "lines",
                f"out/{NOTES}/deployment.yaml:0": "lines",
                "nowhere": "the lab makes no file `nowhere`"}
        for asked, words in said.items():
            with self.subTest(asked):
                answer = self.why("--lab", "lab", asked)
                self.assertEqual((answer.status, answer.out), (2, ""), answer.text)
                self.assertIn(words, answer.err)
        self.assertIn(f"  {NOTES}/deployment.yaml\n", self.why("--lab", "lab", f"out/{NOTES}/deploymnt.yaml").err)
        lab = self.root / "lab.hlab"
        lab.write_text(lab.read_text().replace('["ana", "ben"]', '["ben"]'))
        self.assert_status(self.why("lab", f"out/{NOTES}/deployment.yaml"), 2, "an earlier build wrote", "the next build removes it")

    def test_wrong_use(self):
        self.assert_status(self.why(), 2, "FILE")
        self.assert_status(self.why("lab", "out/README.md", "out/README.md"), 2, "one file")
        self.assert_status(self.why("one", "two"), 2, "neither `one` nor `two` is a lab")
        self.assert_status(self.why("nowhere.yaml", cwd=self.out), 3)
        self.assert_status(self.why("lab", "out"), 2, "`out` is a folder; say which file in it", "and ")
        self.assert_status(self.why("lab", ""), 2, "the lab makes no file")
        self.assert_status(self.why("lab", "::5"), 2, "the lab makes no file")

    def test_a_lab_with_errors(self):
        lab = self.root / "lab.hlab"
        lab.write_text(lab.read_text().replace("network = lan", "network = lam", 1))
        answer = self.why("lab", f"out/{NOTES}/deployment.yaml:3")
        self.assert_status(answer, 1, "error[HL")
        self.assertEqual(answer.out, "")

    def test_json(self):
        number = self.line(f"{NOTES}/deployment.yaml", "image: ")
        told = self.why("lab", f"out/{NOTES}/deployment.yaml:{number}", "--format", "json").json()
        self.assertEqual((told["version"], told["file"], told["on_disk"], told["content"], told["emitter"], told["line"]),
                         (1, f"{NOTES}/deployment.yaml", "same", "written", "kubernetes", number))
        self.assertEqual(told["declaration"], {"path": "service.notes-ana", "kind": "notes",
                                               "at": {"file": "lab.hlab", "line": 64, "column": 11}})
        self.assertEqual([(one["path"], one["is"], one["from"], one["own"]) for one in told["found"]],
                         [("spec.template.spec.containers[0].image", "value", "field", True)])
        causes = told["found"][0]["causes"]
        self.assertEqual([(one["path"], one["text"], one["depth"]) for one in causes],
                         [("service.notes-ana.image", '"docker.io/example/notes:1.3.0"', 0), ("service.notes-ana.version", '"1.3.0"', 1)])
        self.assertEqual([one["layer"] for one in causes[1]["set_by"] + causes[1]["displaced"]], ["entry", "kind"])


ROUNDS = SMALL + """
kind table { size: Int = 2 }
fn twice(n: Int) -> Int = n * 2
for n in 1..3 { table "t-${n}" { size = n } }
file "tables.json" { data {
  sizes = [twice(t.size) + 100 for t in all table]
  doubled = [twice(t.size) for t in all table]
  rest = [7, ...[t.size + 200 for t in all table where t.size > 1]]
  for t in all table { named."${t.name}" = t.size + 300 }
} }
"""

CLAIMS = SMALL + """
kind shelf is manifests {
  offers place(name: DnsLabel, width: Int = 3): shelf-place { label = "for ${name}"  width = width }
  objects.list {
    apiVersion    = "v1"
    kind          = "ConfigMap"
    metadata.name = .name
    data { for p in all shelf-place { "${p.name}" = p.label } }
  }
}
kind shelf-place { label: String  width: Int }
kind reader is manifests { place: &shelf-place }
service high: shelf {}
service ana: reader { place = high.place("novels", width = 5) }
service ben: reader { place = high.place("poems") }
"""

SITES = SMALL + """
file "note.txt" { content = "${lab.domain}\\n" }
site cabin of home {
  override lab.domain any -> "cabin.example.net"
  file "only.txt" { content = "here\\n" }
}
"""


class Rounds(LabCase):
    """Of what a loop makes, the round that made it is told, and of what was claimed, who claims it."""

    def reads(self, words):
        number = next(i for i, line in enumerate((self.folder / "out/tables.json").read_text().splitlines(), 1) if words in line)
        told = hlab("why", "lab", f"out/tables.json:{number}", "--format", "json", cwd=self.folder).json()
        causes = told["found"][0]["causes"]
        return [one["path"] for one in causes if one["depth"] == 1], [one["given"] for one in causes[0]["calls"]]

    def test_reads_are_those_of_the_round(self):
        self.lab(ROUNDS)
        self.build("lab", "out", cwd=self.folder)
        self.assertEqual(self.reads("102"), (["table.t-1.size"], []))
        self.assertEqual(self.reads("106"), (["table.t-3.size"], []))
        self.assertEqual(self.reads(" 4"), (["table.t-2.size"], ["`n` = 2"]))
        self.assertEqual(self.reads("203"), (["table.t-3.size"], []))
        self.assertEqual(self.reads("302"), (["table.t-2.size"], []))

    def test_who_claims(self):
        self.lab(CLAIMS)
        self.build("lab", "out", cwd=self.folder)
        file = "out/kubernetes/apps/high/manifests/configmap.yaml"
        lines = (self.folder / file).read_text().splitlines()
        number = next(i for i, line in enumerate(lines, 1) if "for novels" in line)
        answer = hlab("why", "lab", f"{file}:{number}", cwd=self.folder)
        self.assert_status(answer, 0, "offered by place, which service.ana claims at lab.hlab:",
                           'with `name` = "novels", `width` = 5')
        self.assertNotIn("service.ben", answer.out)


class Sites(LabCase):
    """A tree of a site, asked about without it, and the other way round."""

    def test_the_option_is_told(self):
        self.lab(SITES)
        self.build("lab", "out", cwd=self.folder)
        self.assert_status(hlab("build", "lab", "--site", "cabin", "--out", "cabin", cwd=self.folder), 0)
        here = {"cwd": self.folder}
        self.assert_status(hlab("why", "lab", "cabin/note.txt", **here), 0,
                           "`cabin/note.txt` on disk is of a site: ask with `--site cabin`")
        self.assert_status(hlab("why", "lab", "cabin/only.txt", **here), 2,
                           "`cabin/only.txt` on disk is of a site: ask with `--site cabin`")
        self.assert_status(hlab("why", "lab", "--site", "cabin", "out/note.txt", **here), 0,
                           "`out/note.txt` on disk is of the lab itself: ask without `--site`")
        for asked in (["out/note.txt"], ["--site", "cabin", "cabin/note.txt"]):
            self.assertNotIn("on disk", hlab("why", "lab", *asked, **here).out)
        lab = self.folder / "lab/lab.hlab"
        lab.write_text(lab.read_text().replace("example.net", "example.org"))
        self.assert_status(hlab("why", "lab", "cabin/note.txt", **here), 0, "of an earlier build")


class LineEnds(LabCase):
    """CR LF in the lab or in the tree moves no line."""

    def test_both(self):
        folder = self.lab(ROUNDS)
        self.build("lab", "out", cwd=self.folder)
        place = self.folder / "out/tables.json"
        number = next(i for i, line in enumerate(place.read_text().splitlines(), 1) if "302" in line)
        before = hlab("why", "lab", f"out/tables.json:{number}", cwd=self.folder).out
        self.assertIn("table.t-2.size = 2", before)
        place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
        answer = hlab("why", "lab", f"out/tables.json:{number}", cwd=self.folder)
        self.assertEqual(answer.out.splitlines()[0], before.splitlines()[0])
        self.assertEqual(answer.out.partition("\n\n")[2], before.partition("\n\n")[2])
        self.assertNotIn("It would be line", answer.out)
        lab = folder / "lab.hlab"
        place.write_bytes(place.read_bytes().replace(b"\r\n", b"\n"))
        lab.write_bytes(lab.read_bytes().replace(b"\n", b"\r\n"))
        self.assertEqual(hlab("why", "lab", f"out/tables.json:{number}", cwd=self.folder).out, before)


class Example(LabCase):
    """Files that are brought along, and the whole example."""

    def test_ciphertext_is_not_looked_into(self):
        out = self.folder / "out"
        self.build(EXAMPLE, out)
        sealed = sorted(path for path in tree_of(out) if path.endswith(".sops.yaml") and "/" in path)
        self.assertGreater(len(sealed), 5)
        for path in sealed[:3]:
            answer = hlab("why", EXAMPLE, f"{out / path}:2")
            self.assert_status(answer, 0, "Ciphertext, copied from `secrets/")
            second = (out / path).read_text().splitlines()[1].strip()
            self.assertNotIn(second, answer.out)
            told = hlab("why", EXAMPLE, f"{out / path}:2", "--format", "json").json()
            self.assertEqual(told["content"], "ciphertext")
            self.assertNotIn("text", told)

    def test_every_file_is_known(self):
        out = self.folder / "out"
        self.build(EXAMPLE, out)
        for path in tree_of(out):
            if path.endswith(".hlab-manifest.json"):
                continue
            with self.subTest(path):
                told = hlab("why", EXAMPLE, out / path, "--format", "json").json()
                self.assertEqual((told["file"], told["on_disk"]), (path, "same"))
                self.assertTrue(told["emitter"] and told["declaration"]["kind"])


if __name__ == "__main__":
    unittest.main()
