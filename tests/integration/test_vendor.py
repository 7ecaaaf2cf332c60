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

    def told_of_chart(self, schema, value, draft=None):
        base = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
        whole = {"$defs": {"a/b": {"maximum": 3}, "base": base, "no": False}, "properties": {"v": schema}}
        if draft:
            whole["$schema"] = draft
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
            ({"$ref": "#/$defs/no"}, "1", "`v` may not stand here"),
            ({"multipleOf": -1}, "-9223372036854775808", None),
            ({"multipleOf": 0}, "3", None),
            ({"multipleOf": 7}, "-9223372036854775808", "`v` must be a multiple of 7"),
            ({"x-kubernetes-int-or-string": True}, "null", None),
        ], self.told_of_chart)

    def test_drafts(self):
        """Words beside `$ref` count since 2019-09; where nobody says which draft it is, they are not told."""
        old, new = "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"
        beside = {"$ref": "#/$defs/base", "maxProperties": 0}
        too_many = "`v[0]` must have at most 0 entries"
        one_of = {"oneOf": [{"$ref": "#/$defs/base", "required": ["a"]}, {"$ref": "#/$defs/base", "required": ["b"]}]}
        both = "`v[0]` has 2 of the forms that are possible, and one is wanted"
        for draft, item, value, said in (
                (old, beside, '{ a = "x" }', None), (new, beside, '{ a = "x" }', too_many), (None, beside, '{ a = "x" }', None),
                (old, beside, "{ a = 1 }", "`v[0].a` is a whole number, and a text is wanted"),
                (None, beside, "{ a = 1 }", "`v[0].a` is a whole number, and a text is wanted"),
                (old, one_of, '{ a = "x" }', both), (new, one_of, '{ a = "x" }', None), (None, one_of, '{ a = "x" }', None),
                (new, {"not": {"$ref": "#/$defs/base", "required": ["a", "b"]}}, '{ a = "x" }', None),
                (old, {"prefixItems": [{"type": "string"}]}, "[1]", None),
                (new, {"prefixItems": [{"type": "string"}]}, "[1]", "`v[0][0]` is a whole number, and a text is wanted"),
                (new, {"$id": "other", "items": {"$ref": "#/$defs/no"}}, "[1]", None)):
            with self.subTest(draft=draft, item=item, value=value):
                self.assertEqual(self.told_of_chart({"items": item}, f"[{value}]", draft), said)

    def test_what_is_not_looked_at_is_unsure(self):
        self.answers([
            ({"oneOf": [{"type": "string", "format": "ipv4"}, {"type": "string", "format": "ipv6"}]}, '"1.2.3.4"', None),
            ({"not": {"format": "ipv4"}}, '"abc"', None),
            ({"oneOf": [{"format": "ipv4"}, {"type": "integer"}]}, "1",
             "`v` has 2 of the forms that are possible, and one is wanted"),
            ({"oneOf": [{"$dynamicRef": "#n"}, {"type": "string"}]}, '"abc"', None),
        ], self.told_of_chart)
        self.answers([({"type": "string", "oneOf": [{"format": "ipv4"}, {"format": "ipv6"}]}, '"1.2.3.4"', None)],
                     self.told_of_object)

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

    def test_defaults_and_null_in_definitions(self):
        """The API server fills in defaults and takes away `null` before it looks at an object."""
        kinds = {"type": "object", "properties": {"kind": {"type": "string", "default": "A"}, "n": {"type": "integer"}},
                 "oneOf": [{"properties": {"kind": {"enum": ["A"]}}}, {"properties": {"kind": {"enum": ["B"]}}}]}
        inner = {"type": "object", "default": {}, "properties": {"b": {"type": "string", "default": "x"}}, "required": ["b"]}
        self.answers([
            (kinds, "{ n = 1 }", None),
            (kinds, '{ kind = "C" }', "`spec.v` has none of the 2 forms that are possible"),
            ({"type": "object", "minProperties": 1, "properties": {"a": {"type": "string", "default": "x"}}}, "{}", None),
            ({"type": "object", "required": ["a"], "minProperties": 1, "properties": {"a": inner}}, "{}", None),
            ({"type": "object", "maxProperties": 1, "properties": {"a": inner, "c": {"type": "integer"}}}, "{ c = 1 }",
             "`spec.v` must have at most 1 entries"),
            ({"type": "array", "items": {"type": "string"}}, '["a", null]', "`spec.v[1]` is null, and a text is wanted"),
            ({"type": "string", "default": "x"}, "null", None),
            ({"type": "string"}, "null", None),
            ({"type": "object", "additionalProperties": {"type": "string"}}, "{ a = null }", None),
            ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}, "{ a = null }", "`spec.v` lacks `a`"),
            ({"x-kubernetes-int-or-string": True, "nullable": True}, "null", None),
        ], self.told_of_object)

    def test_what_waits_for_learn(self):
        waiting = """network t: tailscale { domain = "x.ts.net" }
node lb { hardware = std.hw.pi4 { memory = 8GiB }  os = raspios  address.lan = 10.9.8.3  address.t = learned }
"""
        def found(text):
            return "; ".join(message for code, message in self.told(waiting + text) if code != "HL6001") or None

        schema = {"minItems": 2, "uniqueItems": True, "prefixItems": [{}, {"type": "integer"}], "contains": {"const": "a"}}
        for value, said in (("[lb.address.t, 2]", None), ("[lb.address.t, lb.address.t]", None),
                            ('[lb.address.t, "x"]', "`v[1]` is a text, and a whole number is wanted"),
                            ("[lb.address.t]", "`v` must have at least 2 items")):
            with self.subTest(value):
                self.told_of_chart(schema, "1")
                self.assertEqual(found(CHART % f"v = {value}"), said and "chart `cache 1.2.0`: " + said)
        for spec, said in (("colour = lb.address.t", None), ('colour = "is ${lb.address.t}"', None),
                           ("colour = lb.address.t  coats = lb.address.t  color = lb.address.t", "`spec.color` is not known")):
            with self.subTest(spec):
                self.assertEqual(found(OBJECT % spec), said and "`Paint/wall`: " + said)

    def test_places(self):
        """Of a map and of a key, the key; of a value, the value."""
        for values, place, help_ in (("resources { }", None, ""), ("resources = { cpus { a = 1 } }", "7:26", ""),
                                     ("resources { memry { a = 1 } }", "7:24", "write `memory`"), ("env { a = 1 }", "7:12", ""),
                                     ("env = [{ name = \"a\" }, {}]", "7:35", ""), ("env = {}", "7:12", ""),
                                     ("for i in [1, 2] { \"k${i}\" = i }", "7:30", ""), ("\"admin usr\" = 1", "7:12", "write `\"admin user\"`"),
                                     ("mode = [\"x\"]", "7:12", ""), ("mode = \"x\"", "7:19", "")):
            with self.subTest(values):
                schema = dict(SCHEMA, properties=dict(SCHEMA["properties"], **{"admin user": {"type": "string"}}))
                (self.sources / "charts/cache/values.schema.json").write_text(json.dumps(schema))
                told = hlab("check", self.vendored(CHART % values), "--format", "json").json()["diagnostics"]
                at = [f"{one['range']['start']['line']}:{one['range']['start']['column']}" for one in told]
                self.assertEqual(set(at), {place} if place else set())
                self.assertEqual("".join(fix["message"] for one in told for fix in one["fixes"]), help_)
                self.assertNotIn("hlab's own", json.dumps(told))

    def test_mends_of_values(self):
        """Only of what stands there itself: elsewhere a literal may have other readers."""
        many = {"enum": [f"e{i}" for i in range(20)]}
        first = '["e0","e1","e2","e3","e4","e5","e6","e7"] and 12 more'
        for schema, value, why, mend in (
                ({"type": "string"}, "80", "is a whole number, and a text is wanted", '"80"'),
                ({"type": "string"}, "true", "is true or false, and a text is wanted", '"true"'),
                ({"type": "integer"}, '"80"', "is a text, and a whole number is wanted", "80"),
                ({"type": ["null", "boolean"]}, '"false"', "is a text, and null or true or false is wanted", "false"),
                ({"type": "integer"}, '"080"', "is a text, and a whole number is wanted", None),
                ({"type": "integer"}, '"8${0}"', "is a text, and a whole number is wanted", None),
                ({"type": "string"}, "[80][0]", "is a whole number, and a text is wanted", None),
                ({"enum": ["ClusterIP", "NodePort"]}, '"clusterip"', 'is none of ["ClusterIP","NodePort"]', '"ClusterIP"'),
                (many, '"other"', "is none of " + first, None)):
            with self.subTest(schema=schema, value=value):
                (self.sources / "charts/cache/values.schema.json").write_text(json.dumps({"properties": {"v": schema}}))
                told = hlab("check", self.vendored(CHART % f"v = {value}"), "--format", "json").json()["diagnostics"]
                self.assertEqual([one["message"] for one in told], ["chart `cache 1.2.0`: `v` " + why])
                self.assertEqual([fix["message"] for fix in told[0]["fixes"]], [f"write `{mend}`"] if mend else [])
                if mend:
                    self.assertEqual(told[0]["fixes"][0]["edits"][0]["text"], mend)
                    self.assertEqual(told[0]["fixes"][0]["edits"][0]["range"]["start"]["column"], 16)

    def test_a_key_of_two_branches(self):
        """Which one holds is not read off: the value shows it."""
        branches = "if lab.domain == \"x\" { resources { cpus { a = 1 } } } else { resources { cpus { a = 2 } } }"
        told = hlab("check", self.vendored(CHART % branches), "--format", "json").json()["diagnostics"]
        self.assertEqual([one["range"]["start"]["column"] for one in told], [96])

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
file "notes.txt" { content = "Ask Kim." }
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
            "lab.hlab:15  file.notes.txt: a text as it stands, unchecked",
        ])
        self.assertEqual(len(json.loads(hlab("ways-out", place, "--format", "json").out)), 8)
        (place / "site.hlab").write_text("""\
site cabin of home { patch two { target = "Deployment/web"  change.spec.paused = true  reason = "it is far" } }
""")
        self.assertNotIn("patch.two", hlab("ways-out", place).out)
        for words in (("ways-out",), ("show", "--ways-out")):
            self.assertIn("patch.two: a change to Deployment/web (it is far)", hlab(*words, place, "--site", "cabin").out)


if __name__ == "__main__":
    unittest.main()
