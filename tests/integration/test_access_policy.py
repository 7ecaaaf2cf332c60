#!/usr/bin/env python3
"""The tailnet's access policy: what each part of a lab opens, that the rest stays shut, and that Tailscale's rules agree."""

import json
import os
import subprocess
import unittest

from lab_case import TOOLS, LabCase, consumers_accept, hlab

LAB = """\
edition 2026

lab home {{ domain = "home.example.net"  timezone = "Europe/Oslo" }}

network lan {{ cidr = 10.9.8.0/24  gateway = 10.9.8.1 }}
network mesh: tailscale {{ domain = "example.ts.net"  {mesh} }}
pool front {{ of = lan  range = 10.9.8.200..10.9.8.210 }}
pool inner {{ of = mesh  cidr = 10.44.0.0/28 }}

secrets repo: sops {{ recipients = ["age12p0n4dvpgg24u7tfck9dysn5gpu9599e23t6996e847s4c5n699s0zz2yp"] }}
secret join {{}}

{people}

default node {{ hardware = std.hw.pi4 {{ memory = 4GiB }}  os = raspios }}
node one {{ address.lan = 10.9.8.11  address.mesh = learned  routes = [inner.cidr, lan.cidr] }}
node two {{ address.lan = 10.9.8.12  address.mesh = learned }}
node three {{ address.lan = 10.9.8.13  address.mesh = 100.64.0.3  exit-node = true }}
node four {{ address.lan = 10.9.8.14 }}

cluster main: k3s {{ version = "v1.34.3+k3s1"  servers = [one]  agents = [two]  network = {network}  token = join }}

service metallb: std.metallb {{}}
service traefik: std.traefik {{ address.front = 10.9.8.200  address.inner = 10.44.0.1 }}
service wiki: container {{
  image     = "docker.io/library/nginx:1.29.1"
  port.http = 80
  expose.web = vpn {{}}
}}
service broker: container {{
  image       = "docker.io/library/nginx:1.29.1"
  port.mqtt   = 1883
  expose.mqtt = vpn {{ protocol = tcp  address.inner = 10.44.0.2 }}
}}
service house: container {{
  image     = "docker.io/library/nginx:1.29.1"
  port.http = 80
  expose.web = lan {{}}
}}
service shelf: host-service {{
  on = [three]
  host-port.web {{ port = 8443  purpose = "web interface" }}
  expose.web = vpn {{ protocol = tcp }}
}}
"""
PEOPLE = 'person ada { admin = true  email = "ada@example.net" }\nperson bob { tailnet-login = "bob@github" }'
FILE = "infrastructure/tailscale/policy.hujson"
SERVER, AGENT = "tag:k3s-main-server", "tag:k3s-main-agent"


class AccessPolicy(LabCase):
    def policy(self, people=PEOPLE, mesh="", network="mesh"):
        """The policy of the lab, after its consumer has accepted it."""
        lab = self.lab(LAB.format(people=people, mesh=mesh, network=network), f"lab-{len(list(self.folder.iterdir()))}")
        self.tree = lab.parent / f"{lab.name}-tree"
        self.build(lab, self.tree)
        os.environ["PATH"] = f"{TOOLS / 'bin'}:{os.environ['PATH']}"
        self.assertEqual(consumers_accept(self.tree, lab, self.folder / "report.json", "tailscale"), "")
        self.text = (self.tree / FILE).read_text(encoding="utf-8")
        plain = subprocess.run(["hujson-reader"], input=self.text, capture_output=True, text=True, check=True)
        return json.loads(plain.stdout)

    def opened(self, policy, source):
        """What a source reaches, as `target proto:port`."""
        return {f"{target} {port}" for grant in policy["grants"] if source in grant["src"]
                for target in grant["dst"] for port in grant["ip"]}

    def test_each_part_of_the_lab_opens_what_it_needs(self):
        policy = self.policy()
        self.assertEqual(policy["groups"], {"group:admins": ["ada@example.net"], "group:people": ["ada@example.net", "bob@github"]})
        self.assertEqual(policy["tagOwners"], {tag: ["group:admins"] for tag in (
            "tag:exit", AGENT, SERVER, "tag:machine", "tag:router")})
        self.assertEqual(policy["hosts"], {"three": "100.64.0.3", "traefik-inner": "10.44.0.1", "broker-inner": "10.44.0.2"})
        self.assertEqual(self.opened(policy, AGENT), {
            f"{SERVER} tcp:6443", f"{SERVER} tcp:10250", f"{AGENT} tcp:10250", f"{SERVER} udp:8472", f"{AGENT} udp:8472",
            f"{SERVER} tcp:7946", f"{AGENT} tcp:7946", f"{SERVER} udp:7946", f"{AGENT} udp:7946"})
        self.assertEqual(self.opened(policy, "tag:machine"), set())
        self.assertEqual(self.opened(policy, "group:people"), {
            "traefik-inner tcp:443", "traefik-inner tcp:80", "broker-inner tcp:1883", "tag:machine tcp:8443",
            "10.9.8.0/24 *", "autogroup:internet *"})
        self.assertEqual(self.opened(policy, "group:admins"), {f"{SERVER} tcp:6443"} | {
            f"{tag} {port}" for tag in (SERVER, AGENT, "tag:machine") for port in ("tcp:22", "icmp:*")})
        self.assertEqual(policy["autoApprovers"], {
            "routes": {"10.44.0.0/28": ["tag:router"], "10.9.8.0/24": ["tag:router"]}, "exitNode": ["tag:exit"]})
        self.assertNotIn("house", self.text)

    def test_its_tests_say_what_stays_shut(self):
        tests = {(test["src"], test["proto"]): test for test in self.policy()["tests"]}
        self.assertIn(f"{SERVER}:6443", tests["tag:machine", "tcp"]["deny"])
        self.assertIn(f"{AGENT}:22", tests[SERVER, "tcp"]["deny"])
        self.assertIn(f"{AGENT}:8472", tests[SERVER, "udp"]["accept"])
        self.assertIn("broker-inner:1883", tests["bob@github", "tcp"]["accept"])
        for shut in (f"{SERVER}:22", f"{SERVER}:6443", f"{AGENT}:10250", "tag:machine:22"):
            self.assertIn(shut, tests["bob@github", "tcp"]["deny"])
        self.assertIn(f"{SERVER}:6443", tests["ada@example.net", "tcp"]["accept"])

    def test_machines_ask_for_the_tags_that_it_is_about(self):
        policy = self.policy()
        variables = {path.stem: path.read_text() for path in (self.tree / "infrastructure/ansible/inventory").rglob("*.yml")}
        self.assertIn(f"--advertise-tags={SERVER},tag:router", variables["one"])
        self.assertIn(f"--advertise-tags={AGENT}", variables["two"])
        self.assertIn("--advertise-tags=tag:machine,tag:exit", variables["three"])
        self.assertNotIn("advertise-tags", variables["four"])
        asked = {tag for text in variables.values() for tag in policy["tagOwners"] if tag in text}
        self.assertEqual(asked, set(policy["tagOwners"]))
        readme = (self.tree / "README.md").read_text()
        self.assertIn("| `infrastructure/tailscale` |", readme)
        self.assertIn("- three: `tag:machine`, `tag:exit`", readme)
        self.assertNotIn("approve what", readme)

    def test_a_forgotten_login_opens_nothing(self):
        policy = self.policy(people='person ada { admin = true }\nperson bob { tailnet-login = "bob@github" }')
        self.assertEqual(policy["groups"], {"group:people": ["bob@github"]})
        self.assertEqual(self.opened(policy, "autogroup:member"), {"autogroup:self *"})
        self.assertIn("traefik-inner tcp:443", self.opened(policy, "group:people"))
        self.assertIn(f"{SERVER} tcp:22", self.opened(policy, "autogroup:admin"))
        self.assert_status(hlab("check", self.folder / self.tree.name.removesuffix("-tree")), 0, "HL6401", "person.ada")

    def test_where_nobody_has_a_login_every_member_counts(self):
        policy = self.policy(people="person ada { admin = true }")
        self.assertNotIn("groups", policy)
        self.assertIn("traefik-inner tcp:443", self.opened(policy, "autogroup:member"))
        self.assertIn(f"{SERVER} tcp:22", self.opened(policy, "autogroup:admin"))
        self.assertEqual({test["src"] for test in policy["tests"]}, {SERVER, AGENT, "tag:machine"})

    def test_a_cluster_of_another_network_opens_nothing_in_this_one(self):
        policy = self.policy(network="lan")
        self.assertEqual(self.opened(policy, AGENT), set())
        self.assertIn(f"{SERVER} tcp:6443", self.opened(policy, "group:admins"))

    def test_the_lab_may_say_more_in_tailscales_words(self):
        policy = self.policy(mesh="""further-policy {
            grants = [{ src = ["group:people"]  dst = ["tag:printer"]  ip = ["*"] }, { src = ["group:admins"]  dst = ["*"]  ip = ["*"] }]
            tagOwners."tag:printer" = ["group:admins"]
            autoApprovers.routes."10.50.0.0/24" = ["tag:printer"]
            nodeAttrs = [{ target = ["*"]  attr = ["funnel"] }]
            tests = [{ src = "bob@github"  accept = ["tag:printer:631"] }]
          }""")
        self.assertIn("tag:printer *", self.opened(policy, "group:people"))
        self.assertEqual(policy["autoApprovers"]["routes"]["10.50.0.0/24"], ["tag:printer"])
        self.assertEqual(policy["nodeAttrs"], [{"target": ["*"], "attr": ["funnel"]}])
        self.assertFalse([test for test in policy["tests"] if "deny" in test], "what somebody opens is not shut by a test")

    def test_who_may_approve_is_joined_too(self):
        policy = self.policy(mesh='further-policy { autoApprovers { exitNode = ["tag:printer"] }  tagOwners."tag:printer" = ["group:admins"] }')
        self.assertEqual(policy["autoApprovers"]["exitNode"][-1], "tag:printer")
        self.assertGreater(len(policy["autoApprovers"]["exitNode"]), 1, "the lab's own stays")

    def test_a_section_of_another_shape_is_told(self):
        for said, section in [('autoApprovers.routes = "all"', "autoApprovers.routes"),
                              ('autoApprovers.exitNode = "tag:printer"', "autoApprovers.exitNode"),
                              ('autoApprovers = ["tag:printer"]', "autoApprovers"),
                              ('hosts = "all"', "hosts"), ("tests { a = 1 }", "tests")]:
            lab = self.lab(LAB.format(people=PEOPLE, network="mesh", mesh=f"further-policy {{ {said} }}"))
            answer = hlab("build", lab, "--out", self.folder / "tree")
            self.assert_status(answer, 1, "HL6490", f"`{section}` is a ")

    def test_saying_a_thing_twice_is_told(self):
        lab = self.lab(LAB.format(people=PEOPLE, network="mesh", mesh='further-policy { hosts.three = "100.64.0.4" }'))
        answer = hlab("build", lab, "--out", self.folder / "tree")
        self.assert_status(answer, 1, "HL6003", "hosts", "three")

    def test_a_policy_that_somebody_else_keeps(self):
        lab = self.lab(LAB.format(people=PEOPLE, network="mesh", mesh="access-policy = false"))
        self.build(lab, self.folder / "tree")
        self.assertFalse((self.folder / "tree" / FILE).exists())
        inventory = self.folder / "tree/infrastructure/ansible/inventory"
        self.assertNotIn("advertise-tags", "".join(path.read_text() for path in inventory.rglob("*.yml")))
        readme = (self.folder / "tree/README.md").read_text()
        self.assertIn("approve what one routes: `10.44.0.0/28`, `10.9.8.0/24`", readme)
        self.assertIn("approve three as exit node", readme)


if __name__ == "__main__":
    unittest.main()
