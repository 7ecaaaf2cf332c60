#!/usr/bin/env python3
"""Exit statuses, the JSON that other programs read, and the commands beside check and build."""

import json
import re
import unittest

from lab_case import EXAMPLE, ROOT, SMALL, LabCase, hlab

POSITION = {
    "type": "object", "additionalProperties": False, "required": ["line", "column", "offset"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1},
                   "offset": {"type": "integer", "minimum": 0}},
}
RANGE = {"type": "object", "additionalProperties": False, "required": ["start", "end"],
         "properties": {"start": POSITION, "end": POSITION}}


def record(**properties):
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def several(items):
    return {"type": "array", "items": items}


TEXT = {"type": "string"}
CODE = {"type": "string", "pattern": "^HL[0-9]{4}$"}
NAME = {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}
SEVERITY = {"enum": ["error", "warning"]}
MAYBE_TEXT, MAYBE_RANGE = {"type": ["string", "null"]}, {"anyOf": [RANGE, {"type": "null"}]}

DIAGNOSTICS = record(
    version={"const": 1},
    diagnostics=several(record(
        code=CODE, name=NAME, severity=SEVERITY, message=TEXT, file=MAYBE_TEXT, range=MAYBE_RANGE,
        labels=several(record(file=TEXT, range=RANGE, message=TEXT)),
        help=MAYBE_TEXT,
        fixes=several(record(message=TEXT, edits=several(record(file=TEXT, range=RANGE, text=TEXT)))))))
RULES = record(version={"const": 1}, rules=several(record(code=CODE, name=NAME, severity=SEVERITY, title=TEXT)))
GRAPH = record(
    version={"const": 1},
    nodes=several(record(id={"type": "string", "pattern": r"^[a-z-]+\."}, kind=NAME)),
    edges=several(record(**{"from": TEXT}, to=TEXT, mode={"enum": ["start", "run", "value"]}, file=TEXT,
                         line={"type": "integer", "minimum": 0}, reason=TEXT)))

NOTHING_TO_SAY = '''lab home { domain = "home.example.org"  timezone = "Europe/Oslo" }
network lan { cidr = 10.9.8.0/24 }
'''
MISTAKES = {
    "outside": ("address.lan = 10.9.8.10", "address.lan = 10.9.9.10"),
    "unknown name": ("network = lan", "network = lam"),
    "wrong kind": ("network = lan", "network = box"),
    "version": ('"v1.34.3+k3s1"', '"1.34"'),
    "syntax": ("cluster main: k3s {", "cluster main: k3s"),
}


def conforms(value, schema):
    try:
        import jsonschema
    except ImportError:
        return conforms_plainly(value, schema)
    jsonschema.validate(value, schema)
    return True


def conforms_plainly(value, schema):
    """Keys and types only, where the library is not installed."""
    if schema.get("type") == "object":
        assert isinstance(value, dict) and set(value) == set(schema["required"]), (value, schema["required"])
        return all(conforms_plainly(value[key], schema["properties"][key]) for key in value)
    if schema.get("type") == "array":
        return all(conforms_plainly(item, schema["items"]) for item in value)
    if "pattern" in schema:
        assert re.search(schema["pattern"], value), value
    if "enum" in schema:
        assert value in schema["enum"], value
    return True


class ExitStatus(LabCase):
    def test_a_sound_lab(self):
        self.assert_status(hlab("check", self.lab(NOTHING_TO_SAY)), 0, "The lab is fine.")

    def test_the_current_folder_is_the_default(self):
        lab = self.lab(SMALL)
        self.assert_status(hlab("check", cwd=lab), 0)
        self.assert_status(hlab("build", "--out", self.folder / "out", cwd=lab), 0, "written")

    def test_a_file_is_a_whole_lab(self):
        self.assert_status(hlab("check", self.lab(SMALL) / "lab.hlab"), 0)

    def test_a_warning_is_fine(self):
        lab = self.lab(SMALL + "\nsecret unused {}\n")
        answer = hlab("check", lab, "--format", "json")
        self.assertEqual(answer.status, 0, answer.text)
        self.assertIn("warning", [d["severity"] for d in answer.json()["diagnostics"]])

    def test_mistakes_are_1(self):
        for name, (right, wrong) in MISTAKES.items():
            with self.subTest(name):
                self.assertIn(right, SMALL)
                lab = self.lab(SMALL.replace(right, wrong, 1))
                self.assert_status(hlab("check", lab), 1, "error[HL", "lab.hlab:")
                self.assert_status(hlab("build", lab, "--out", self.folder / "out"), 1, "nothing was written")
                self.assertFalse((self.folder / "out").exists())

    def test_wrong_use_is_2(self):
        for arguments in ((), ("chek",), ("check", "--fromat", "json"), ("check", "--format", "xml"), ("build",),
                          ("check", "one", "two"), ("explain",), ("fmt",), ("graph", "--format", "png"),
                          ("graph", "--order", "--format", "dot"), ("graph", "--reach", "a", "b", "--format", "svg")):
            with self.subTest(arguments):
                answer = hlab(*arguments, cwd=self.folder)
                self.assert_status(answer, 2, "hlab")
                self.assertEqual(answer.out, "")
        self.assertIn("did you mean `check`?", hlab("chek").err)
        for wrong in ("--fromat", "--fromat=json"):
            self.assertIn("there is no option `--fromat`; did you mean `--format`?", hlab("check", wrong, "json").err)

    def test_the_lab_may_stand_behind_any_option(self):
        named = {"nodes": ("graph", "--to", "service.db", "--from", "service.vikunja"), "kinds": ("graph", "--kind", "service"),
                 "modes": ("graph", "--mode", "start", "--mode", "run"), "ways": ("graph", "--reach", "cluster.home", "service.db"),
                 "audience": ("surface", "--audience", "public", "--audience", "vpn")}
        for what, arguments in named.items():
            with self.subTest(what):
                behind = hlab(*arguments, EXAMPLE)
                before = hlab(arguments[0], EXAMPLE, *arguments[1:])
                self.assert_status(behind, 0)
                self.assertEqual(behind.out, before.out)

    def test_no_lab_is_3(self):
        (self.folder / "empty").mkdir()
        for place in ("empty", "nowhere"):
            for command in (["check"], ["build", "--out", self.folder / "out"], ["graph"]):
                with self.subTest((place, command[0])):
                    self.assert_status(hlab(*command, self.folder / place), 3, place)
        self.assertFalse((self.folder / "out").exists())


class Json(LabCase):
    def test_a_sound_lab(self):
        answer = hlab("check", self.lab(NOTHING_TO_SAY), "--format", "json")
        self.assertEqual((answer.json(), answer.err), ({"version": 1, "diagnostics": []}, ""))

    def test_diagnostics(self):
        for name, (right, wrong) in MISTAKES.items():
            with self.subTest(name):
                lab = self.lab(SMALL.replace(right, wrong, 1))
                for command in (["check", lab], ["build", lab, "--out", self.folder / "out"]):
                    answer = hlab(*command, "--format", "json")
                    self.assertEqual((answer.status, answer.err), (1, ""))
                    self.assertTrue(conforms(answer.json(), DIAGNOSTICS))
                    self.assertTrue(answer.json()["diagnostics"])

    def test_places_are_lines_columns_and_bytes(self):
        text = SMALL.replace("address.lan = 10.9.8.10", "address.lan = 10.9.9.10").replace("edition 2026", "# \u00e9\nedition 2026")
        found = hlab("check", self.lab(text), "--format", "json").json()["diagnostics"]
        start, end = found[0]["range"]["start"], found[0]["range"]["end"]
        self.assertEqual(text.encode()[start["offset"]:end["offset"]], b"10.9.9.10")
        line = text[:text.index("10.9.9.10")].count("\n") + 1
        self.assertEqual((found[0]["file"], start["line"], start["column"]), ("lab.hlab", line, 17))

    def test_what_led_there_is_among_the_labels(self):
        text = NOTHING_TO_SAY + """fn share(sum: Int, heads: Int) -> Int = sum / heads
kind bill { each: Int }
for heads in [3, 0] { bill "b-${heads}" { each = share(9, heads) } }
"""
        found = hlab("check", self.lab(text), "--format", "json").json()["diagnostics"]
        self.assertEqual([d["code"] for d in found], ["HL3022"])
        labels = {label["message"]: label["range"]["start"] for label in found[0]["labels"]}
        self.assertEqual(set(labels), {"called here, with `sum` = 9, `heads` = 0", "in the round where `heads` is 0"})
        self.assertEqual([place["line"] for place in labels.values()], [5, 5])

    def test_no_lab_is_json_too(self):
        answer = hlab("check", self.folder / "nowhere", "--format", "json")
        self.assertEqual(answer.status, 3)
        self.assertTrue(conforms(answer.json(), DIAGNOSTICS))

    def test_all_errors_of_a_run_in_a_stable_order(self):
        text = SMALL.replace("10.9.8.10", "10.9.9.10").replace("network = lan", "network = lam")
        lab = self.lab(text)
        first = hlab("check", lab, "--format", "json").out
        self.assertGreaterEqual(len(json.loads(first)["diagnostics"]), 1)
        for _ in range(5):
            self.assertEqual(hlab("check", lab, "--format", "json").out, first)


class OtherCommands(LabCase):
    def test_rules(self):
        answer = hlab("rules", "--format", "json")
        self.assertEqual(answer.status, 0)
        self.assertTrue(conforms(answer.json(), RULES))
        rules = answer.json()["rules"]
        codes = [rule["code"] for rule in rules]
        self.assertEqual(codes, sorted(set(codes)), "codes are sorted, each once")
        beyond = [code for code in codes if code[2] in "45678"]
        self.assertGreaterEqual(len(beyond), 30, "rules beyond syntax and types")
        for rule in rules:
            self.assertIn(rule["code"], hlab("rules").out)

    def test_every_rule_explains_itself(self):
        for rule in hlab("rules", "--format", "json").json()["rules"]:
            with self.subTest(rule["code"]):
                by_code, by_name = hlab("explain", rule["code"]), hlab("explain", rule["name"])
                self.assert_status(by_code, 0, rule["code"], rule["name"])
                self.assertEqual(by_code.out, by_name.out)
                self.assertGreater(len(by_code.out.splitlines()), 2, by_code.out)

    def test_explain_of_nothing(self):
        self.assert_status(hlab("explain", "HL9999"), 2, "HL9999", "but for those that a lab declares: `hlab explain HL9999 LAB`")

    def test_a_rule_of_the_lab_explains_itself(self):
        # rule CHECK-20
        lab = self.lab("""
            lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
            rule wide-shelf {
              code    = "HL9050"
              title   = "a shelf is too ${"wide"}"
              explain = why("books")
              bad     = "shelf low { width = 90 }"
              good    = \"\"\"
                kind shelf { width: Int }
                shelf low { width = 70 }
                \"\"\"
            }
            fn why(of: String) -> String = "It bends under ${of}."
            kind shelf { width: Int  check wide-shelf: .width <= 80, "too wide" at width }
            shelf low { width = 90 }
            """)
        self.assert_status(hlab("check", lab), 1, "error[HL9050]: too wide", "`hlab explain wide-shelf` says more of this rule")
        by_name = hlab("explain", "wide-shelf", cwd=lab)
        self.assertEqual(by_name.text, "HL9050 wide-shelf (error)\na shelf is too wide\n\nIt bends under books.\n\n"
                         "Wrong:\n\n    shelf low { width = 90 }\n\nRight:\n\n    kind shelf { width: Int }\n    shelf low { width = 70 }\n\n"
                         "Where it is meant, say so beside the declaration: `allow wide-shelf \"why\"`.\n")
        self.assertEqual(hlab("explain", "HL9050", lab).text, by_name.text)
        self.assert_status(hlab("explain", "wide-shlf", lab), 2, "did you mean `wide-shelf`?")
        self.assert_status(hlab("explain", "HL9050"), 2, "HL9050")
        self.assert_status(hlab("explain", "other", self.lab("rule wide {")), 2, "error[HL1", "no diagnostic is called `other`")

    def test_graph(self):
        for lab in (self.lab(SMALL), EXAMPLE):
            answer = hlab("graph", lab, "--format", "json")
            self.assertEqual(answer.status, 0, answer.text)
            self.assertTrue(conforms(answer.json(), GRAPH))
            nodes = {node["id"] for node in answer.json()["nodes"]}
            for edge in answer.json()["edges"]:
                self.assertLessEqual({edge["from"], edge["to"]}, nodes)
        edges = {(edge["from"], edge["to"], edge["mode"]) for edge in answer.json()["edges"]}
        self.assertIn(("service.vikunja", "service.db", "start"), edges)
        self.assert_status(hlab("graph", EXAMPLE, "--format", "dot"), 0, "digraph", "->")
        self.assert_status(hlab("graph", EXAMPLE, "--format", "mermaid"), 0, "-->")

    def test_help_is_worth_reading(self):
        self.assert_status(hlab("--help"), 0, "check", "build", "fmt", "explain", "rules", "graph", "version")
        for command in ("check", "build", "fmt", "explain", "rules", "graph", "learn", "version"):
            answer = hlab(command, "--help")
            self.assertTrue(answer.out.replace("\n", "").isprintable(), answer.out)
            self.assert_status(answer, 0, f"hlab {command}")
            self.assertGreater(len(answer.out.splitlines()), 6, answer.out)

    def test_version(self):
        self.assertRegex(hlab("version").out, r"^hlab \d+\.\d+\.\d+\n$")

    def test_fmt(self):
        lab = self.lab(SMALL)
        self.assert_status(hlab("fmt", "--check", lab), 0)
        untidy = SMALL.replace('  domain   = "home.example.net"', ' domain="home.example.net"')
        self.lab(untidy)
        self.assert_status(hlab("fmt", "--check", lab), 1, "lab.hlab")
        self.assertEqual((lab / "lab.hlab").read_text(), untidy, "--check changes nothing")
        self.assert_status(hlab("fmt", lab), 0)
        self.assertEqual((lab / "lab.hlab").read_text(), SMALL)
        self.assertEqual(hlab("fmt", "-", input=untidy).out, SMALL)

    def test_fmt_leaves_what_does_not_parse(self):
        lab = self.lab("lab home {\n")
        self.assert_status(hlab("fmt", lab), 1, "error[HL1")
        self.assertEqual((lab / "lab.hlab").read_text(), "lab home {\n")

    def test_fmt_lays_out_the_sound_declarations_of_a_broken_file(self):
        broken = "kind   a {   x = }\n\nkind   b {   x:Int  =  3   }\n"
        lab = self.lab(broken)
        self.assert_status(hlab("fmt", "--check", lab), 1, "lab.hlab")
        self.assertEqual((lab / "lab.hlab").read_text(), broken)
        answer = hlab("fmt", "-", input=broken)
        self.assert_status(answer, 1, "error[HL1")
        self.assertEqual(answer.out, "kind   a {   x = }\n\nkind b { x: Int = 3 }\n")
        self.assert_status(hlab("fmt", lab), 1, "error[HL1")
        self.assertEqual((lab / "lab.hlab").read_text(), answer.out)

    def test_fmt_lays_out_declarations_of_several_lines_beside_a_broken_one(self):
        for broken in ("node b { os = }", "network lan {\n  cidr = 192.168.1.0/24,\n  mtu = 1500\n}"):
            sound = "node a {\nos=raspios\n      reach=\"x\"\n}\n"
            answer = hlab("fmt", "-", input=sound + broken + "\n")
            self.assert_status(answer, 1, "error[HL1")
            self.assertEqual(answer.out, 'node a {\n  os    = raspios\n  reach = "x"\n}\n' + broken + "\n")

    def test_the_library_and_the_example_are_formatted(self):
        self.assert_status(hlab("fmt", "--check", EXAMPLE), 0)
        library = sorted((ROOT / "stdlib").rglob("*.hlab"))
        self.assertGreater(len(library), 20)
        for file in library:
            with self.subTest(file.name):
                self.assert_status(hlab("fmt", "--check", file), 0)


if __name__ == "__main__":
    unittest.main()
