#!/usr/bin/env python3
"""A kind that holds whole services: each has a name, files and a place in the order."""

import unittest

from lab_case import LabCase, hlab
from test_graph import waves_of

LAB = """edition 2026
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
default node { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
node one { address.lan = 192.168.1.10 }
cluster main: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
gitops main: argocd { repo = "https://git.example.net/kim/homelab.git" }
service argocd: std.argocd {}

default container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
kind blog {
  web: container = { volume.data { size = 1GiB  mount = "/data"  keep = disposable } }
  db: container
}
kind reader is container { reads: &blog? }
blog a { web.needs = [a.db] }
blog b { web.needs = [a.web] }
service late: reader { reads = b }
service early: container {}
"""


class Bundles(LabCase):
    def tree(self):
        self.assert_status(self.build(self.lab(LAB), self.folder / "tree"), 0)
        return self.folder / "tree"

    def test_each_service_has_files_of_its_own(self):
        tree = self.tree()
        apps = sorted(path.name for path in (tree / "kubernetes/apps").iterdir() if path.is_dir())
        self.assertEqual(apps, ["a-db", "a-web", "b-db", "b-web", "early", "late"])
        claim = (tree / "kubernetes/apps/b-web/manifests/persistentvolumeclaim-data.yaml").read_text()
        self.assertIn("  namespace: b-web\n", claim)

    def test_they_start_in_the_order_of_their_needs(self):
        waves = waves_of(self.tree())
        order = [waves[name] for name in ("a-db", "a-web", "b-web", "late")]
        self.assertEqual(order, [0, 10, 20, 30], waves)
        self.assertEqual((waves["b-db"], waves["early"]), (0, 0))

    def test_who_names_a_bundle_waits_for_all_of_it(self):
        steps = hlab("graph", self.lab(LAB), "--format", "json").json()
        edges = {(edge["from"], edge["to"]) for edge in steps["edges"]}
        self.assertLessEqual({("service.late", "blog.b"), ("blog.b", "blog.b.web"), ("blog.b", "blog.b.db")}, edges)

    def test_a_rename_keeps_what_was_handed_out(self):
        port = "blog.%s.web.expose.site"
        expose = 'web.expose.site = lan { protocol = tcp  node-port = auto }'
        lab = self.lab(LAB.replace("blog b {", f"blog b {{ {expose} "))
        self.assert_status(self.build(lab, self.folder / "tree"), 0)
        before = (lab / "hlab.lock").read_text()
        self.assertIn(port % "b", before)
        (lab / "lab.hlab").write_text(LAB.replace("blog b {", f"blog c {{ moved from b  {expose} ").replace("= b }", "= c }"))
        self.assert_status(self.build(lab, self.folder / "tree"), 0)
        self.assertEqual((lab / "hlab.lock").read_text(), before.replace(port % "b", port % "c"))


if __name__ == "__main__":
    unittest.main()
