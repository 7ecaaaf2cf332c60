#!/usr/bin/env python3
"""`hlab show`: fields, their values, and which layer gave each."""

import json
import unittest

from lab_case import EXAMPLE, SMALL, LabCase, hlab

LAYERED = SMALL + """
default volume { keep = disposable }

kind shop is container {
  image     = "docker.io/library/nginx:1.29.1"
  port.http = 80
  resources { memory = 128MiB }
  volume.data { size = 1GiB  mount = "/data" }
  env { A = "kind" }
}

service one: shop {
  resources.memory = 256MiB because "it grows"
  env.B = "own"
}

for i in 1..2 as shops {
  service "shop-${i}": shop { replicas = 1  env { N = "${i}" } }
}

secret door {}
"""


class Show(LabCase):
    def fields(self, lab, *paths):
        answer = hlab("show", *paths, lab, "--blame", "--format", "json")
        self.assertEqual((answer.status, answer.err), (0, ""), answer.text)
        self.assertEqual(answer.json()["version"], 1)
        return {field["path"]: field for one in answer.json()["instances"] for field in one["fields"]}

    def test_every_field_in_order_as_eval_writes_it(self):
        lab = self.lab(SMALL)
        out = hlab("show", "box", lab).out
        self.assertIn("node.box: node  lab.hlab:", out)
        for path in ("hardware.memory", "address.lan", "taints", "fqdn"):
            line = next(line for line in out.splitlines() if line.split()[:1] == [path])
            value = hlab("eval", f"box.{path}", lab, "--format", "human").out.strip()
            self.assertIn(line.split(None, 1)[1].strip('"'), (value, value.strip('"')))
        places = [out.index(f"\n  {path} ") for path in ("hardware", "os", "reach", "address.lan", "fqdn")]
        self.assertEqual(places, sorted(places))

    def test_paths_name_declarations_fields_keys_loops_and_kinds(self):
        lab = self.lab(LAYERED)
        for path, wanted in (("one", "service.one: shop"), ("service.one", "service.one: shop"), ("shop.one", "service.one: shop"),
                             ("one.env.A", 'env.A  "kind"'), ("one.volume.data.size", "volume.data.size  1GiB"),
                             ("shops", "service.shop-2: shop"), ("node", "node.two: node"), ("main.token.description", "secret.join-token"),
                             ("lab", "lab.home"), ("main.network.cidr", "10.9.8.0/24"), ('one."env"', "env  {")):
            with self.subTest(path):
                answer = hlab("show", path, lab)
                self.assertEqual((answer.status, answer.err), (0, ""), answer.text)
                self.assertIn(wanted, answer.out)

    def test_kinds_whose_instances_lie_in_others_and_names_of_modules(self):
        lab = self.lab({
            "lab.hlab": "import ./office\n" + LAYERED,
            "office/o.hlab": "kind shelf { width: Int = 3 }\nshelf high {}\n",
        })
        for path, wanted in (("volume", "service.one.volume.data: volume"), ("office.high", "shelf.high: shelf"),
                             ("office.shelf", "shelf.high: shelf"), ("office.shelf.high", "shelf.high: shelf"),
                             ("office.high.width", "width  3"), ("std.hw.pi4", "node.two.hardware: pi4")):
            with self.subTest(path):
                answer = hlab("show", path, lab)
                self.assertEqual((answer.status, answer.err), (0, ""), answer.text)
                self.assertIn(wanted, answer.out)
        self.assert_status(hlab("show", "office.hihg", lab), 2, "there is no `hihg` in `office`; did you mean `high`?")

    def test_what_the_lab_declares_of_a_kind_of_a_module(self):
        lab = self.lab({
            "lab.hlab": "import ./office\nkind shelf { own: Int = 1 }\nshelf high {}\noffice.shelf low { width = 5 }\n" + SMALL,
            "office/o.hlab": "kind shelf { width: Int = 3 }\nshelf wide {}\n",
        })
        self.assertIn("shelf.low: shelf", hlab("show", "office.shelf.low", lab).out)
        self.assertIn("width  5", hlab("show", "office.shelf.low.width", lab).out)
        self.assertIn("width  3", hlab("show", "office.wide", lab).out)
        for wrong in ("office.shelf.high", "office.low"):
            self.assert_status(hlab("show", wrong, lab), 2, "there is no")

    def test_fields_by_their_old_names(self):
        lab = self.lab(SMALL + """
            record box { long: Int = 2  deprecated length -> long }
            kind shelf { films: Map<Int>  deprecated movies -> films "said so"  box: box = {}  twin: &shelf? }
            kind flat is shelf {}
            flat one { films.a = 7 }
            flat pair { twin = one }
            """)
        for path, wanted in (("one.movies", "films  { a = 7 }"), ("one.movies.a", "films.a  7"), ("one.box.length", "box.long  2"),
                             ("pair.twin.movies", "films  { a = 7 }"), ("shelf.one.movies", "films  { a = 7 }")):
            with self.subTest(path):
                answer = hlab("show", path, lab)
                self.assertEqual((answer.status, answer.err), (0, ""), answer.text)
                self.assertIn(wanted, answer.out)
        self.assert_status(hlab("show", "one.moveis", lab), 2, "there is no `moveis` in `shelf.one`")

    def test_without_a_path_the_whole_lab_and_nothing_of_the_library(self):
        out = hlab("show", cwd=self.lab(SMALL)).out
        heads = [line.split(":")[0] for line in out.splitlines() if line and not line.startswith(" ")]
        self.assertEqual(heads, ["lab.home", "network.lan", "person.kim", "node.box", "node.two", "cluster.main", "secrets.repo",
                                 "secret.join-token", "gitops.repo", "service.argocd", "service.web"])

    def test_the_layer_that_won_and_those_below(self):
        fields = self.fields(self.lab(LAYERED), "one")
        memory = fields["resources.memory"]
        self.assertEqual([(o["layer"], o["of"], o["source"]) for o in memory["set_by"]],
                         [("entry", "service.one", 'resources.memory = 256MiB because "it grows"')])
        self.assertEqual(memory["set_by"][0]["because"], "it grows")
        self.assertEqual([(o["layer"], o["of"]) for o in memory["displaced"]],
                         [("kind", "kind shop"), ("library", "record resources")])
        self.assertTrue(memory["displaced"][1]["at"]["file"].startswith("std/core/"))
        keep = fields["volume.data.keep"]
        self.assertEqual([(o["layer"], o["of"], o["source"]) for o in keep["set_by"]],
                         [("default", "default volume", "keep = disposable")])
        self.assertEqual([o["layer"] for o in fields["env"]["set_by"]], ["kind", "entry"])
        self.assertEqual(fields["user"]["set_by"], [])
        self.assertIn("nobody sets it", fields["user"]["notes"][0])

    def test_who_gave_what_lies_in_a_tree(self):
        lab = self.lab("""
            kind base { n: Int  t: Yaml?  d: Yaml = { q = 1  r { s = 2 } } }
            kind mid is base { t.x.y = 1  t.x.z = 2  t.u.v = 1 }
            kind leaf is mid { t.x.y = 3  unset t.u.v  t.l = [1] }
            fn more() -> Yaml = { from = "fn"  y = 7 }
            leaf one { n = 1  t { x { y = 5 } l += [2] }  d.r.s = 4 }
            leaf two { n = 2  t.x { ...more() }  t { for k in ["a", "b"] { "${k}" = k } if false { c = 1 } else { c = 2 } } }
            leaf three { n = 3  t.x = { y = 8 } }
            lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
            site cabin of home { override leaf.one.t.x.y 5 -> 6 because "more"  override leaf.one.n 1 -> 9 because "most" }
            """)

        def givers(path, *site):
            answer = hlab("show", path, lab, "--blame", "--format", "json", *site)
            field = json.loads(answer.out)["instances"][0]["fields"][0]
            return [[one["source"] for one in field[which]] for which in ("set_by", "displaced")]

        self.assertEqual(givers("one.t.x.y"), [["y = 5"], ["t.x.y = 3", "t.x.y = 1"]])
        self.assertEqual(givers("one.t.x"), [["t.x.z = 2", "x { y = 5 }"], ["t.x.y = 3", "t.x.y = 1"]])
        self.assertEqual(givers("one.t"), [["t.x.z = 2", "unset t.u.v", "t.l = [1]", "t { x { y = 5 } l += [2] }"],
                                           ["t.x.y = 3", "t.u.v = 1", "t.x.y = 1"]])
        self.assertEqual(givers("one.t.l"), [["t.l = [1]", "l += [2]"], []])
        self.assertEqual(givers("one.d.r.s"), [["d.r.s = 4"], ["d: Yaml = { q = 1  r { s = 2 } }"]])
        self.assertEqual(givers("one.d.q"), [["d: Yaml = { q = 1  r { s = 2 } }"], []])
        self.assertEqual(givers("two.t.x.y"), [["...more()"], ["t.x.y = 3", "t.x.y = 1"]])
        self.assertEqual(givers("two.t.x.z"), [["t.x.z = 2"], []])
        self.assertEqual(givers("two.t.b"), [['"${k}" = k'], []])
        self.assertEqual(givers("two.t.c"), [["c = 2"], []])
        self.assertEqual(givers("three.t.x"), [["t.x = { y = 8 }"], ["t.x.y = 3", "t.x.z = 2", "t.x.y = 1"]])
        self.assertEqual(givers("one.t.x.y", "--site", "cabin"), [['override leaf.one.t.x.y 5 -> 6 because "more"'],
                                                                  ["y = 5", "t.x.y = 3", "t.x.y = 1"]])
        # A reason on the line that is shown is not told again.
        self.assertEqual(hlab("show", "one.n", lab, "--site", "cabin", "--blame").out.count("most"), 1)

    def test_places_are_where_the_text_is(self):
        lab = self.lab(LAYERED)
        lines = (lab / "lab.hlab").read_text().splitlines()
        for field in self.fields(lab, "one", "box", "lan").values():
            for origin in field["set_by"] + field["displaced"]:
                if origin["layer"] == "library":
                    continue
                at = origin["at"]
                text = " ".join(lines[at["line"] - 1][at["column"] - 1:].split())
                self.assertTrue(text.startswith(" ".join(origin["source"].removesuffix(" ...").split())), origin)

    def test_loops_leases_and_where_a_value_was_computed(self):
        lab = self.lab(LAYERED)
        env = self.fields(lab, "shop-2")["env"]
        self.assertEqual(env["set_by"][-1]["within"], ["for i in 1..2 (i = 2)"])
        two = self.fields(lab, "two")
        self.assertEqual(two["address.lan"]["text"], "10.9.8.2")
        self.assertIn("the next free one", two["address.lan"]["notes"][0])
        self.assertIn("computed at std/hw/", two["arch"]["notes"][0])
        self.build(lab, self.folder / "out")
        self.assertIn("hlab.lock keeps it", self.fields(lab, "two")["address.lan"]["notes"][0])

    def test_numbers_that_were_handed_out(self):
        lab = self.lab(LAYERED + "\nnetwork things { cidr = 10.9.7.0/24  vlan = auto }\n")
        vlan = self.fields(lab, "network.things")["vlan"]
        self.assertEqual(vlan["text"], "2")
        self.assertIn("the next free one", vlan["notes"][0])
        self.build(lab, self.folder / "out")
        self.assertIn("hlab.lock keeps it", self.fields(lab, "network.things")["vlan"]["notes"][0])

    def test_overrides_of_a_site(self):
        lab = self.lab(LAYERED + "\nsite hut of home { override service.one.resources.memory 256MiB -> 1GiB }\n")
        answer = hlab("show", "one.resources.memory", lab, "--site", "hut", "--blame")
        self.assert_status(answer, 0, "memory  1GiB", "site hut: override service.one.resources.memory 256MiB -> 1GiB",
                           "displaced: lab.hlab")
        self.assertIn("memory  256MiB", hlab("show", "one.resources.memory", lab).out)

    def test_secrets_are_handles(self):
        answer = hlab("show", "vikunja.env", EXAMPLE)
        self.assert_status(answer, 0, "VIKUNJA_SERVICE_JWTSECRET = secret.vikunja-jwt")

    def test_unknown_names_are_told_with_the_near_one(self):
        lab = self.lab(SMALL)
        for path, words in (("boxx", "no `boxx` in the lab; did you mean `box`?"), ("node.boxx", "did you mean `box`?"),
                            ("box.hardwar", "no `hardwar` in `node.box`; did you mean `hardware`?"), ("box.", "there is no"),
                            ("box.hardware.memry", "did you mean `memory`?"), ('box."', "there is no")):
            with self.subTest(path):
                answer = hlab("show", path, lab)
                self.assert_status(answer, 2, words)
                self.assertEqual(answer.out, "")

    def test_errors_elsewhere_are_told_and_the_rest_shown(self):
        answer = hlab("show", "two.os", self.lab(SMALL.replace("address.lan = 10.9.8.10", "address.lan = 10.9.9.10")))
        self.assert_status(answer, 1, "HL4101")
        self.assertIn("os.family", answer.out)
        self.assert_status(hlab("show", "two", self.lab(SMALL.replace("network lan {", "network lan"))), 1, "error[HL1")

    def test_planned_declarations_have_values(self):
        lab = self.lab(SMALL + "\nplanned node far { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }\n")
        self.assertIn("hardware.memory                4GiB", hlab("show", "far", lab).out)

    def test_what_is_not_there_says_so_and_no_group_has_it(self):
        lab = self.lab(LAYERED + """
planned service later: shop {}
site hut of home { without service shop-1 }
""")
        hut = lambda *paths: hlab("show", *paths, lab, "--site", "hut").out
        self.assertIn(", planned\n", hut("later"))
        self.assertIn(", left out by the site\n", hut("shop-1"))
        for paths in ([], ["shop"], ["shops"]):
            with self.subTest(paths):
                self.assertIn("service.shop-1: shop", hlab("show", *paths, lab).out)
                self.assertIn("service.shop-2: shop", hut(*paths))
                self.assertNotIn("service.shop-1:", hut(*paths))

    def test_of_a_whole_declaration_long_values_are_shown_by_their_beginning(self):
        lab = self.lab("""
            lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
            kind shelf { few: [Int] = [i for i in 1..900]  many: [Int] = [i for i in 1..5000]  map: Map<Int> }
            shelf a { for i in 1..2000 { map."k${i}" = i } }
            """)
        answer = hlab("show", "a", lab)
        self.assertEqual(answer.status, 0, answer.text)
        lines = {line.split()[0]: line for line in answer.out.splitlines()}
        self.assertTrue(lines["few"].endswith("899, 900]"))
        self.assertTrue(lines["many"].endswith(" 999, ...]"))
        self.assertTrue(lines["map"].endswith("  k999 = 999  ... }"))
        self.assertEqual(answer.err, "hlab show: 2 values are too long to be shown in full: `hlab show shelf.a.many` shows all of the first one\n")
        whole = hlab("show", "shelf.a.many", lab)
        self.assertEqual(whole.err, "")
        self.assertTrue(whole.out.endswith(" 4999, 5000]\n"))
        fields = {field["path"]: field for field in hlab("show", "a", lab, "--format", "json").json()["instances"][0]["fields"]}
        self.assertEqual(len(fields["few"]["value"]), 900)
        self.assertNotIn("whole", fields["few"])
        self.assertIs(fields["many"]["whole"], False)
        self.assertNotIn("value", fields["many"])
        asked = hlab("show", "a.many", lab, "--format", "json").json()["instances"][0]["fields"][0]
        self.assertEqual(len(asked["value"]), 5000)

    def test_values_as_deep_as_the_evaluator_makes_them(self):
        count = 20000
        lab = self.lab('lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }\n'
                       "record r { s: r?  n: Int = 1 }\nkind a { r: r }\na x0 {}\n"
                       + "".join(f"a x{i} {{ r {{ s = x{i - 1}.r }} }}\n" for i in range(1, count)))
        last = hlab("show", f"x{count - 1}", lab)
        self.assert_status(last, 0, "one value is too long to be shown in full", f"s = a.x{count - 258}.r  ... }}")
        for answer in (hlab("show", f"x{count - 1}.r.s", lab), hlab("eval", f"x{count - 2}.r", lab)):
            self.assertEqual((answer.status, answer.err), (0, ""), answer.err)
            self.assertEqual(answer.out.count("n = 1"), count - 1)
        self.assert_status(hlab("show", f"x{count - 1}.r.s", lab, "--format", "json"), 1, "cannot be written so", "nested too deep")
        self.assertLess(len(hlab("show", lab).out), 6000 * count)

    def test_ways_out(self):
        lab = self.lab(SMALL + '\nobject extra { api = "v1"  type = "ConfigMap"  because = "x" }\n')
        self.assertEqual(hlab("show", "--ways-out", lab).text, hlab("ways-out", lab).text)

    def test_a_node_shows_the_ports_that_are_held_on_all_of_its_cluster(self):
        lab = self.lab(SMALL + """
service traefik: std.traefik {}
service names: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.dns   = 53
  expose.dns = lan { protocol = tcp  port = "dns"  node-port = 30053 }
}
""")
        out = hlab("show", "two", lab).out
        for port in ("10250/tcp  `cluster.main` (the kubelet)", "8472/udp  `cluster.main` (flannel)",
                     "80/tcp  `service.traefik` (by ServiceLB of `main`)", "443/tcp", "30053/tcp  `service.names.expose.dns` (node port)"):
            self.assertEqual(out.count("    " + port), 1, out)
        self.assertNotIn("6443/tcp", out, "that is its server's")

    def test_claims_of_a_chart_are_volumes(self):
        lab = self.lab(SMALL + 'secret admin { keys = ["admin-user", "admin-password"] }\nservice figures: std.monitoring { admin = admin }\n')
        out = hlab("graph", lab, "--kind", "volume").out
        for name in ("figures", "alerts", "boards"):
            self.assertIn(f'"service.figures.volume.{name}"', out)


if __name__ == "__main__":
    unittest.main()
