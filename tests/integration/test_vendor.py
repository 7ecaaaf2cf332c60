"""hlab vendor: facts from files into the lab, and what is checked against them afterwards. hlab ways-out."""

import json
import unittest

from lab_case import LabCase, hlab, tree_of

LAB = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 10.9.8.0/24 }
node box { hardware = std.hw.pi4 { memory = 8GiB }  os = raspios  address.lan = 10.9.8.2 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [box]  network = lan }
"""
CHART = """service cache: helm {
  chart { repo = "https://charts.example.org"  name = "cache"  version = "1.2.0" }
  values { %s }
}
"""
OBJECT = "object wall { api = \"example.org/v1\"  type = \"Paint\"  spec { %s } }\n"
WEB = "service web: container { image = \"docker.io/library/web:1.0\"%s }\n"

SCHEMA = {
    "$defs": {"size": {"type": "object", "properties": {"memory": {"type": "string"}}, "additionalProperties": False}},
    "type": "object",
    "required": ["image"],
    "additionalProperties": False,
    "properties": {
        "image": {"type": "string"},
        "replicas": {"type": "integer", "minimum": 1},
        "mode": {"enum": ["one", "many"]},
        "resources": {"$ref": "#/$defs/size"},
        "port": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        "env": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
CRD = """# first
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: paints.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: Paint, plural: paints}
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            apiVersion: {type: string}
            kind: {type: string}
            metadata: {type: object}
            spec:
              type: object
              required: [colour, coats]
              properties:
                colour: {type: string, enum: [red, "no"]}
                coats: {type: integer, default: 1}
                port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                more: {type: object, x-kubernetes-preserve-unknown-fields: true}
"""
INDEX = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.index.v1+json",
    "manifests": [{"platform": {"os": "linux", "architecture": "amd64"}},
                  {"platform": {"os": "linux", "architecture": "arm", "variant": "v7"}},
                  {"platform": {"os": "unknown", "architecture": "unknown"}},
                  {"platform": {"os": "windows", "architecture": "arm64"}}],
}


class Vendor(LabCase):
    def setUp(self):
        super().setUp()
        self.sources = self.lab({
            "charts/cache/Chart.yaml": "apiVersion: v2\nname: cache\nversion: 1.2.0\n",
            "charts/cache/values.schema.json": json.dumps(SCHEMA),
            "charts/cache/templates/deployment.yaml": "{{ not yaml }}: [",
            "charts/bare/Chart.yaml": "apiVersion: v2\nname: bare\nversion: 0.1.0\n",
            "crds/paint.yaml": CRD,
            "images/docker.io/library/web:1.0.json": json.dumps(INDEX),
        }, "facts")

    def vendored(self, text):
        place = self.lab(LAB + text)
        answer = hlab("vendor", self.sources, "--lab", place)
        self.assertEqual(answer.status, 0, answer.text)
        return place

    def told(self, text):
        answer = hlab("check", self.vendored(text), "--format", "json")
        return [(item["code"], item["message"]) for item in answer.json()["diagnostics"]]

    def test_what_is_written(self):
        place = self.vendored(WEB % "  platforms = [arm64]  resources.memory = 1MiB")
        self.assertEqual(sorted(tree_of(place)), ["hlab.lock", "lab.hlab", "vendor/charts/cache-1.2.0.json",
                                                  "vendor/crds/example.org/v1/Paint.json"])
        lock = (place / "hlab.lock").read_text().splitlines()
        self.assertEqual([line.split(" sha256:")[0] for line in lock if line[0] != "#"],
                         ["chart cache@1.2.0", "crd example.org/v1/Paint", "image docker.io/library/web:1.0 amd64,armv7"])
        before = tree_of(place)
        again = hlab("vendor", self.sources, "--lab", place)
        self.assertEqual((again.status, again.out), (0, ""))
        self.assertIn("charts/bare/Chart.yaml is a chart without values.schema.json", again.err)
        self.assertEqual(tree_of(place), before)

    def test_a_build_keeps_facts(self):
        place = self.vendored(OBJECT % "colour = \"red\"")
        before = (place / "hlab.lock").read_text()
        self.assertEqual(hlab("build", place, "--out", self.folder / "out", "--locked").status, 0)
        self.assertEqual(hlab("build", place, "--out", self.folder / "out").status, 0)
        self.assertEqual((place / "hlab.lock").read_text(), before)

    def test_sound_values(self):
        for values in ("replicas = 2  mode = \"one\"  resources.memory = \"1Gi\"  port = 80", "port = \"http\"",
                       "global.domain = \"x\"  env = [{ name = \"a\"  value = 1 }]  labels { any = \"thing\" }", "replicas = 1"):
            with self.subTest(values):
                self.assertEqual(self.told(CHART % values), [])

    def test_unsound_values(self):
        for values, message in (("replica = 2", "`replica` is not known"), ("replicas = 0", "`replicas` must be at least 1"),
                                ("replicas = \"2\"", "`replicas` is a text, and a whole number is wanted"),
                                ("mode = \"some\"", "`mode` is none of [\"one\",\"many\"]"),
                                ("resources.cpu = \"1\"", "`resources.cpu` is not known"),
                                ("port = [80]", "`port` has none of the 2 forms that are possible"),
                                ("env = [{ name = \"a\" }, 2]", "`env[1]` is a whole number, and a map is wanted"),
                                ("env = [{ value = 1 }]", "`env[0]` lacks `name`"),
                                ("labels { a = 1 }", "`labels.a` is a whole number, and a text is wanted")):
            with self.subTest(values):
                self.assertEqual(self.told(CHART % values), [("HL8011", "chart `cache 1.2.0`: " + message)])

    def answers(self, rows, told):
        """Each row: a schema of `v`, a value of it, and what is said of the value, or None."""
        for schema, value, said in rows:
            with self.subTest(schema=schema, value=value):
                self.assertEqual(told(schema, value), said)

    def told_of_chart(self, schema, value):
        whole = {"$defs": {"a/b": {"maximum": 3}}, "properties": {"v": schema}}
        (self.sources / "charts/cache/values.schema.json").write_text(json.dumps(whole))
        found = self.told(CHART % f"v = {value}")
        return "; ".join(message.removeprefix("chart `cache 1.2.0`: ") for _, message in found) or None

    def test_the_words_of_schemas(self):
        self.answers([
            ({"pattern": "^[a-z]+$"}, '"abc"', None),
            ({"pattern": "^[a-z]+$"}, '"ABC"', "`v` does not match /^[a-z]+$/"),
            ({"pattern": "b"}, '"abc"', None),
            ({"pattern": "(?i)b"}, '"x"', None),
            ({"minLength": 3}, '"äö"', "`v` must have at least 3 characters"),
            ({"maxLength": 2}, '"äö"', None),
            ({"maxLength": 2}, '"abc"', "`v` must have at most 2 characters"),
            ({"const": "on"}, '"off"', '`v` must be "on"'),
            ({"enum": [[1], [2]]}, "[3]", "`v` is none of [[1],[2]]"),
            ({"type": "integer"}, "2.0", None),
            ({"exclusiveMinimum": 2}, "2", "`v` must be more than 2"),
            ({"maximum": 2, "exclusiveMaximum": True}, "2", "`v` must be less than 2"),
            ({"multipleOf": 4}, "6", "`v` must be a multiple of 4"),
            ({"multipleOf": 0.1}, "0.3", None),
            ({"uniqueItems": True}, "[1, 2, 1]", "`v` has 1 twice"),
            ({"minItems": 2}, "[1]", "`v` must have at least 2 items"),
            ({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, '["a", 1, "b"]',
             "`v[2]` is a text, and a whole number is wanted"),
            ({"contains": {"const": 1}}, "[2]", "`v` has 0 of at least 1 items that the schema asks for"),
            ({"contains": {"const": 1}, "maxContains": 1}, "[1, 1]", "`v` has 2 of at most 1 items of a form"),
            ({"maxProperties": 1}, "{ a = 1  b = 2 }", "`v` must have at most 1 entries"),
            ({"propertyNames": {"maxLength": 1}}, "{ ab = 1 }",
             "`v.ab` is no name that may stand here: it must have at most 1 characters"),
            ({"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False}, "{ x-a = 1 }",
             "`v.x-a` is a whole number, and a text is wanted"),
            ({"patternProperties": {"^x-": {}}, "additionalProperties": False}, "{ y = 1 }", "`v.y` is not known"),
            ({"not": {"type": "string"}}, '"a"', "`v` has a form that is ruled out"),
            ({"oneOf": [{"type": "integer"}, {"minimum": 3}]}, "4", "`v` has 2 of the forms that are possible, and one is wanted"),
            ({"oneOf": [{"type": "integer"}, {"properties": {"a": {"type": "integer"}}, "type": "object"}]}, '{ a = "b" }',
             "`v.a` is a text, and a whole number is wanted"),
            ({"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"minimum": 2}}, '"a"',
             "`v` must have at least 2 characters"),
            ({"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"minimum": 2}}, "1", "`v` must be at least 2"),
            ({"$ref": "#/$defs/a~1b"}, "4", "`v` must be at most 3"),
            (False, "1", "`v` may not stand here"),
        ], self.told_of_chart)

    def test_what_a_chart_adds_later(self):
        """The chart's own values come below: what is not in the lab's may be in those."""
        self.answers([
            ({"required": ["b"], "minProperties": 2}, "{ a = 1 }", None),
            ({"dependentRequired": {"a": ["b"]}}, "{ a = 1 }", None),
            ({"oneOf": [{"required": ["b"]}, {"required": ["c"]}]}, "{ a = 1 }", None),
            ({"not": {"properties": {"on": {"const": True}}}}, "{ a = 1 }", None),
            ({"if": {"properties": {"on": {"const": True}}}, "then": {"properties": {"a": {"type": "string"}}}}, "{ a = 1 }", None),
            ({"items": {"required": ["b"]}}, "[{ a = 1 }]", "`v[0]` lacks `b`"),
            ({"items": {"dependentRequired": {"a": ["b"]}}}, "[{ a = 1 }]", "`v[0]` lacks `b`, which `a` needs"),
            ({"items": {"oneOf": [{"required": ["b"]}, {"required": ["c"]}]}}, "[{ a = 1 }]", "`v[0]` needs one of `b`, `c`"),
            ({"items": {"not": {"required": ["a"]}}}, "[{ a = 1 }]", "`v[0]` has a form that is ruled out"),
        ], self.told_of_chart)

    def told_of_object(self, schema, value):
        crd = CRD.replace("                more: {", f"                v: {json.dumps(schema)}\n                more: {{")
        (self.sources / "crds/paint.yaml").write_text(crd)
        found = self.told(OBJECT % f'colour = "red"  v = {value}')
        return "; ".join(message.removeprefix("`Paint/wall`: ") for _, message in found) or None

    def test_the_words_of_definitions(self):
        named = {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port", "protocol"],
                 "items": {"type": "object", "properties": {"port": {"type": "integer"},
                                                            "protocol": {"type": "string", "default": "TCP"}}}}
        source = {"type": "object", "properties": {"file": {"type": "object", "properties": {"path": {"type": "string"}}},
                                                   "secret": {"type": "string"}, "key": {"type": "string", "default": "k"}},
                  "oneOf": [{"required": ["file", "key"], "properties": {"file": {"required": ["path"]}}}, {"required": ["secret"]}]}
        self.answers([
            (named, '[{ port = 1 }, { port = 1  protocol = "UDP" }]', None),
            (named, '[{ port = 1 }, { port = 1  protocol = "TCP" }]', '`spec.v` has two items with {"port":1,"protocol":"TCP"}'),
            ({"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}}, '["a", "a"]', '`spec.v` has "a" twice'),
            (source, '{ file.path = "x" }', None),
            (source, '{ file.path = "x"  file.mode = 1 }', "`spec.v.file.mode` is not known"),
            (source, "{ file { } }", "`spec.v.file` lacks `path`"),
            (source, '{ secret = "s"  file.path = "x" }', "`spec.v` has 2 of the forms that are possible, and one is wanted"),
        ], self.told_of_object)

    def test_the_place_and_the_mend(self):
        answer = hlab("check", self.vendored(CHART % "replica = 2"))
        self.assertEqual(answer.status, 1)
        self.assertIn("lab.hlab:7:12", answer.err)
        self.assertIn("did you mean `replicas`?", answer.err)

    def test_objects(self):
        for spec, message in (("colour = \"red\"  port = 80  more { any = 1 }", None), ("colour = \"no\"  port = \"http\"", None),
                              ("colour = \"blue\"", "`spec.colour` is none of [\"red\",\"no\"]"),
                              ("color = \"red\"  colour = \"red\"", "`spec.color` is not known"),
                              ("coats = 2", "`spec` lacks `colour`")):
            with self.subTest(spec):
                found = self.told(OBJECT % spec)
                self.assertEqual(found, [("HL8012", "`Paint/wall`: " + message)] if message else [])

    def test_objects_of_services(self):
        service = ("service extra: manifests { objects.wall { apiVersion = \"example.org/v1\"  kind = \"Paint\"  "
                   "metadata.name = \"w\"  spec { colour = \"red\"  coat = 1 } } }\n")
        self.assertEqual(self.told(service), [("HL8012", "`Paint/w`: `spec.coat` is not known")])

    def test_the_platforms_of_an_image(self):
        self.assertEqual([code for code, _ in self.told(WEB % "")], ["HL4401"])
        self.assertEqual(self.told((WEB % "").replace("web:1.0", "web:1.1")), [])

    def test_a_file_that_changed(self):
        place = self.vendored(CHART % "replicas = 2")
        (place / "vendor/charts/cache-1.2.0.json").write_text("{}\n")
        answer = hlab("check", place, "--format", "json")
        self.assertEqual((answer.status, answer.codes()), (1, ["HL8010"]))
        (place / "vendor/charts/cache-1.2.0.json").unlink()
        self.assertEqual(hlab("check", place, "--format", "json").codes(), ["HL8010"])

    def test_broken_sources(self):
        place = self.lab(LAB)
        for name, text, why in (("a.yaml", "CustomResourceDefinition: [", "is no YAML"), ("a.json", "{", "is no JSON"),
                                ("nginx.json", json.dumps(INDEX), "neither its name nor its path"),
                                ("c.yaml", "kind: CustomResourceDefinition\nspec: 3\n", "without group")):
            with self.subTest(name):
                folder = self.lab({name: text}, "broken-" + name)
                answer = hlab("vendor", folder, "--lab", place)
                self.assertEqual(answer.status, 2)
                self.assertIn(why, answer.err)
        self.assertEqual(hlab("vendor", self.folder / "none", "--lab", place).status, 3)
        self.assertEqual(sorted(tree_of(place)), ["lab.hlab"])

    def test_dry_run(self):
        place = self.lab(LAB)
        answer = hlab("vendor", self.sources, "--lab", place, "--dry-run")
        self.assertEqual((answer.status, len(answer.out.splitlines())), (0, 3))
        self.assertEqual(sorted(tree_of(place)), ["lab.hlab"])


class WaysOut(LabCase):
    def test_each_is_listed_with_place_and_reason(self):
        lab = LAB.replace("address.lan", "nix = \"services.x.enable = true;\"  ansible { a = 1 }  address.lan")
        place = self.lab(lab + """object wall { api = "example.org/v1"  type = "Paint"  reason = "no kind for it" }
service cache: helm {
  chart { repo = "https://charts.example.org"  name = "cache"  version = "1.2.0" }
  values { size = 1 }
}
service argocd: std.argocd {}
service theirs: extern {}
service web: container { image = "docker.io/library/web:1.0" }
patch one { target = "Deployment/web"  change.spec.replicas = 2  reason = "it is asked for" }
foreign old { path = "old/**" }
""")
        answer = hlab("ways-out", place)
        self.assertEqual(answer.status, 0, answer.text)
        self.assertEqual(answer.out.splitlines(), [
            "lab.hlab:3  node.box.nix: further NixOS text, unchecked",
            "lab.hlab:3  node.box.ansible: further Ansible variables, unchecked",
            "lab.hlab:5  service.wall: a Paint, unchecked: its definition is not vendored (no kind for it)",
            "lab.hlab:8  service.cache.values: values of chart cache@1.2.0, unchecked: its schema is not vendored",
            "lab.hlab:11  service.theirs: somebody else runs it",
            "lab.hlab:13  patch.one: a change to Deployment/web (it is asked for)",
            "lab.hlab:14  foreign.old: written by hand: old/**",
        ])
        self.assertEqual(len(json.loads(hlab("ways-out", place, "--format", "json").out)), 7)


if __name__ == "__main__":
    unittest.main()
