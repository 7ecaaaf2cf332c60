#!/usr/bin/env python3
"""`hlab eval`: an expression, with a lab and without one."""

import json
import unittest

from lab_case import EXAMPLE, SMALL, LabCase, hlab


class WithoutALab(LabCase):
    def text(self, expression, *options):
        answer = hlab("eval", *options, "--", expression, cwd=self.folder)
        self.assertEqual((answer.status, answer.err), (0, ""), answer.text)
        return answer.out

    def test_canonical_texts(self):
        for expression, text in (("1 + 2 * 3", "7"), ("-1 + 2", "1"), ('"a${1 + 1}"', "a2"), ("512MiB * 2", "1GiB"),
                                 ("192.168.1.0/24.netmask()", "255.255.255.0"), ("[1, 2, 3].length", "3"),
                                 ('["a", "b\\n"]', '["a", "b\\n"]'), ("if 1 < 2 then true else false", "true"),
                                 ("90min", "90min"), ("{ a = 1  b { c = 2 } }", "{ a = 1  b = { c = 2 } }")):
            with self.subTest(expression):
                self.assertEqual(self.text(expression), text + "\n")

    def test_json_and_yaml_keep_numbers(self):
        expression = '{ a = 1  b = "1"  c = [true, 2GiB] }'
        value = {"a": 1, "b": "1", "c": [True, "2GiB"]}
        self.assertEqual(json.loads(self.text(expression, "--format", "json")), value)
        self.assertEqual(self.text(expression, "--format", "yaml"), 'a: 1\nb: "1"\nc:\n  - true\n  - "2GiB"\n')

    def test_null_of_a_file_is_no_text(self):
        lab = self.lab({"lab.hlab": SMALL, "x.yaml": "k: null\nl: [1, null, 'null']\n"})
        answer = hlab("eval", 'load("x.yaml")', lab, "--format", "json")
        self.assertEqual(answer.json(), {"k": None, "l": [1, None, "null"]})
        self.assertIn("k: null\n", hlab("eval", 'load("x.yaml")', lab, "--format", "yaml").out)

    def test_the_library_is_there(self):
        self.assertEqual(self.text("std.hw.pi5 { memory = 8GiB }", "--format", "json").count('"memory": "8GiB"'), 1)

    def test_mistakes_point_into_the_expression(self):
        for expression, code, place in (('1 + "a"', "HL3002", "expression:1:3"), ("1 +", "HL1011", "expression:1:4"),
                                        ("a b", "HL1011", "expression:1:3"), ("", "HL1011", "expression:1:1"),
                                        ("10 / 0", "HL3022", "expression:1:1"), (".x", "HL2010", "expression:1:1")):
            with self.subTest(expression):
                answer = hlab("eval", "--", expression, cwd=self.folder)
                self.assert_status(answer, 1, f"error[{code}]", place)
                self.assertEqual(answer.out, "")

    def test_what_only_a_lab_has_is_missed(self):
        self.assert_status(hlab("eval", "lab.domain", cwd=self.folder), 1, "not declared here")

    def test_a_lab_that_is_named_must_be_one(self):
        self.assert_status(hlab("eval", "1", self.folder), 3)
        self.assert_status(hlab("eval", "1", self.folder / "nowhere"), 3)


class InALab(LabCase):
    def test_names_of_the_lab(self):
        lab = self.lab(SMALL)
        self.assertEqual(hlab("eval", "two.address.lan", lab).out, "10.9.8.2\n")
        self.assertEqual(hlab("eval", "lab.domain", cwd=lab).out, "home.example.net\n")
        self.assertEqual(hlab("eval", "[n.name for n in all node]", lab).out, '["box", "two"]\n')
        self.assertEqual(hlab("eval", "box", lab, "--format", "json").out, '"node.box"\n')

    def test_a_misspelt_name_is_told_with_the_near_one(self):
        answer = hlab("eval", "boxx.arch", self.lab(SMALL))
        self.assert_status(answer, 1, "HL2001", "did you mean `box`?")

    def test_warnings_of_the_lab_are_left_to_check(self):
        answer = hlab("eval", "1", self.lab(SMALL + "\nsecret unused {}\n"))
        self.assertEqual((answer.status, answer.out, answer.err), (0, "1\n", ""))

    def test_values_beside_an_error_can_still_be_asked_for(self):
        lab = self.lab(SMALL.replace("address.lan = 10.9.8.10", "address.lan = 10.9.9.10"))
        answer = hlab("eval", "box.address.lan", lab)
        self.assert_status(answer, 1, "HL4101")
        self.assertEqual(answer.out, "10.9.9.10\n")

    def test_a_lab_that_does_not_parse_gives_no_value(self):
        answer = hlab("eval", "box.arch", self.lab(SMALL.replace("network lan {", "network lan")))
        self.assert_status(answer, 1, "error[HL1")
        self.assertEqual(answer.out, "")

    def test_secrets_are_handles(self):
        answer = hlab("eval", '"pass=${vikunja-jwt}"', EXAMPLE)
        self.assertEqual((answer.status, answer.out), (0, "pass=${secret.vikunja-jwt}\n"))
        answer = hlab("eval", "vikunja.env", EXAMPLE, "--format", "json")
        self.assertEqual(answer.json()["VIKUNJA_SERVICE_JWTSECRET"], "secret.vikunja-jwt")
        self.assertEqual(answer.json()["VIKUNJA_DATABASE_PASSWORD"], 'secret.vikunja-db.key("password")')

    def test_what_is_taken_out_of_a_large_map_leaves_no_trace(self):
        entries = lambda keys: "  ".join(f"m.x{key} = {key}  t.l.x{key} = {key}" for key in keys)
        lab = self.lab('lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }\n'
                       f"kind a {{ m: Map<Int>  t: Yaml = {{}}  {entries(range(100))} }}\n"
                       f"kind b is a {{ {'  '.join(f'unset m.x{key}  unset t.l.x{key}' for key in range(3, 98))} }}\n"
                       "b one { m.x50 = 7  t.l.x50 = 7  unset m.x0  unset t.l.x0 }\n"
                       "b two { m.x0 = 5  unset m.x98 }\n")
        left = {"x1": 1, "x2": 2, "x98": 98, "x99": 99, "x50": 7}
        for expression in ("one.m", "one.t.l"):
            with self.subTest(expression):
                answer = hlab("eval", expression, lab, "--format", "json")
                self.assertEqual(answer.status, 0, answer.text)
                self.assertEqual(list(answer.json().items()), list(left.items()))
        self.assertEqual(hlab("eval", "[one.m.keys().length, two.m.keys().length, if one.m.x40 == 1 then 1 else 0]", lab).out, "[5, 4, 0]\n")
        self.assertEqual(hlab("eval", "two.m", lab).out, "{ x0 = 5  x1 = 1  x2 = 2  x99 = 99 }\n")

    def test_nothing_is_written(self):
        lab = self.lab(SMALL)
        hlab("eval", "two.address.lan", lab)
        self.assertEqual([path.name for path in lab.iterdir()], ["lab.hlab"])


if __name__ == "__main__":
    unittest.main()
