#!/usr/bin/env python3
"""Who reaches whom: `hlab graph --reach`, `hlab surface`, `assert path`, and the model against another one."""

import json
import os
import random
import re
import unittest

from lab_case import LabCase, hlab
from reach_model import Model

LABS = int(os.environ.get("HLAB_LABS", "120"))

LAB = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1 }
network guest { cidr = 192.168.8.0/24  gateway = 192.168.8.1 }
node nas { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node kiosk { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.guest = 192.168.8.10 }
"""


class Reach(LabCase):
    def reach(self, lab, a, b, *more):
        return hlab("graph", lab, "--reach", a, b, *more)

    def test_ways(self):
        lab = self.example()
        answer = self.reach(lab, "internet", "home-assistant")
        self.assertEqual(answer.status, 0, answer.text)
        self.assertIn("services.hlab:17:", answer.out)
        self.assertIn("service.door -> service.home-assistant.expose.web", answer.out)
        whole = self.reach(lab, "lan", "service.home-assistant", "--format", "json").json()
        (pair,) = whole["pairs"]
        self.assertTrue(pair["reached"])
        for way in pair["ways"]:
            for step, following in zip(way, way[1:]):
                self.assertEqual(step["to"], following["from"])
            self.assertEqual((way[0]["from"], way[-1]["to"]), ("network.lan", "service.home-assistant"))
            for step in way:
                self.assertGreater(step["line"], 0, step)

    def test_no_way(self):
        answer = self.reach(self.lab(LAB), "guest", "nas")
        self.assertEqual(answer.status, 5, answer.text)
        self.assertIn("network.guest does not reach node.nas", answer.out)
        self.assertIn("node.nas is reached from: network.lan", answer.out)
        self.assertIn("both have a gateway", answer.out)
        pair = self.reach(self.lab(LAB, "again"), "guest", "nas", "--format", "json").json()["pairs"][0]
        self.assertEqual((pair["reached"], pair["ways"], pair["reached_from"]), (False, [], ["network.lan"]))

    def test_ends_that_are_not_there(self):
        for ends, words in ((("guest", "nass"), "did you mean `nas`?"), (("lan", "service.x"), "there is no"), (("lan", "lab.home"), "no path ends at")):
            with self.subTest(ends):
                answer = self.reach(self.lab(LAB, ends[1]), *ends)
                self.assertEqual((answer.status, answer.out), (2, ""), answer.text)
                self.assertIn(words, answer.err)

    def test_administrators(self):
        lab = self.example()
        self.assertEqual(self.reach(lab, "ana", "atlas").status, 0)
        self.assertEqual(self.reach(lab, "vpn", "atlas").status, 5)

    def test_the_api_by_a_tunnel(self):
        for reach, status in (('  reach = "shed.wg"', 0), ("", 5)):
            lab = self.lab(
                """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network far { cidr = 192.168.7.0/24  place = "far" }
network wg { cidr = 10.99.0.0/24  audience = vpn  interface = "wg0" }
node shed {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.far = 192.168.7.10
  address.wg  = 10.99.0.2%s
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [shed]  network = far }
"""
                % reach,
                f"by-tunnel-{status}",
            )
            answer = self.reach(lab, "wg", "cluster.home")
            self.assertEqual(answer.status, status, answer.text)

    def test_no_way_is_another_status_than_an_error(self):
        lab = self.lab(LAB + "node more { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }\n", "errors")
        self.assertEqual(self.reach(lab, "guest", "nas").status, 1)

    def test_the_policy_opens_what_is_asked_for(self):
        text = (LAB.replace("address.lan = 192.168.1.10", "address.lan = 192.168.1.10  address.tailnet = learned  routes = [private.cidr]")
                + """network tailnet: tailscale { domain = "example.ts.net" }
pool private { of = tailnet  cidr = 10.60.0.0/28 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [nas]  network = lan  ingress = front }
service metallb: std.metallb {}
service front: std.traefik { address.private = auto }
person ana { email = "ana@example.org"  admin = true }
person cat {}
""")
        shut = self.lab(text, "shut")
        self.assertEqual([self.reach(shut, a, "front").status for a in ("vpn", "lan", "ana")], [5, 5, 5])
        self.assertEqual([self.reach(shut, a, "nas").status for a in ("vpn", "ana")], [5, 0])
        web = 'service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80  expose.web = vpn {} }\n'
        opened = self.lab(text + web, "opened")
        self.assertEqual([self.reach(opened, a, "front").status for a in ("vpn", "lan", "ana", "cat")], [0, 5, 0, 5])

    def test_variations(self):
        varied = LAB + """
assert no path guest -> nas
assert path lan -> nas
test "with the router open" {
  override network.guest.reaches any -> [lan]
  expect HL5010
}
test "a forgotten kiosk" { without node nas }
test "of its own" { assert path lan -> kiosk }
"""
        lab = self.lab(varied)
        self.assertEqual(hlab("check", lab).status, 0)
        answer = hlab("test", lab)
        self.assertEqual(answer.status, 1, answer.text)
        self.assertIn("HL5011", answer.text)
        self.assertIn("2 of 3", answer.text.replace("2 passed", "2 of 3"))
        # rule PATH-10
        site = varied + "site cabin of home { override network.guest.reaches any -> [lan] }\n"
        answer = hlab("check", self.lab(site, "site"))
        self.assertEqual(answer.status, 1)
        self.assertIn("HL5010", answer.err)
        self.assertIn("in site `cabin`", answer.err)

    def test_surface(self):
        lab = self.example()
        whole = hlab("surface", lab, "--format", "json").json()
        surfaces = {one["from"]: {o["what"]: o for o in one["openings"]} for one in whole["surfaces"]}
        self.assertEqual(list(surfaces), ["internet", "network.lan", "network.tailnet"])
        self.assertEqual(list(surfaces["internet"]), ["service.home-assistant.expose.web"])
        door = surfaces["internet"]["service.home-assistant.expose.web"]
        self.assertEqual((door["login"], door["where"], door["by"]), ("own", "https://ha.home.example.org", "service.door"))
        self.assertIn("service.vikunja.expose.web", surfaces["network.tailnet"])
        self.assertNotIn("service.vikunja.expose.web", surfaces["network.lan"])
        self.assertIn("service.pihole", surfaces["network.lan"])
        shown = hlab("surface", lab, "--audience", "public")
        self.assertIn("https://ha.home.example.org", shown.out)
        self.assertNotIn("network.", shown.out.split("\n")[0])
        self.assertNotIn("pihole", shown.out)
        self.assertEqual(hlab("surface", lab, "--audience", "moon").status, 2)

    def test_surface_agrees_with_the_policy(self):
        """What `vpn` reaches by the private network is what the emitted policy opens to people."""
        lab = self.example()
        out = self.folder / "tree"
        self.assertEqual(hlab("build", lab, "--out", out).status, 0)
        text = (out / "infrastructure/tailscale/policy.hujson").read_text()
        policy = json.loads(re.sub(r",(\s*[\]}])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.M)))
        people = [g for g in policy["grants"] if "group:people" in g["src"] or "autogroup:member" in g["src"]]
        opened = {policy["hosts"].get(d, d) for g in people for d in g["dst"] if d != "autogroup:self"}
        surfaces = hlab("surface", lab, "--audience", "vpn", "--format", "json").json()["surfaces"]
        # The policy knows machines by their tags: those that answer for names.
        machines = {p for g in people for p in g["ip"] if any(d.startswith("tag:") for d in g["dst"])}
        ports = {o["where"] for o in surfaces[0]["openings"] if o["where"].startswith("port ")}
        self.assertEqual(ports, {"port {1}/{0}".format(*port.split(":")) for port in machines})
        opened = {d for d in opened if not d.startswith("tag:")}
        reached = set()
        for opening in surfaces[0]["openings"]:
            at = re.search(r" at ([\d.]+)", opening["by"])
            if at:
                reached.add(at[1])
        self.assertTrue(reached)
        self.assertEqual(reached, opened)

    def test_against_another_model(self):
        outcomes = set()
        for seed in range(LABS):
            with self.subTest(seed=seed):
                model = Model(random.Random(seed))
                lines = []
                for a, b, there in model.all_pairs():
                    lines.append(f"assert {'' if there else 'no '}path {a} -> {b}\n")
                    outcomes.add((b.count("."), there))
                answer = hlab("check", self.lab(model.text() + "".join(lines), f"lab-{seed}"), "--format", "json")
                wrong = [d for d in answer.json()["diagnostics"] if d["severity"] == "error"]
                self.assertEqual([], [f"{d['code']} {d['message']}" for d in wrong], model.text())
        self.assertEqual(outcomes, {(n, there) for n in (0, 1, 3) for there in (True, False)})


class Machines(LabCase):
    def test_what_it_holds(self):
        lab = self.example()
        shown = hlab("show", "node.atlas", "--lab", lab)
        self.assertEqual(shown.status, 0, shown.text)
        self.assertRegex(shown.out, r"must run here\n    service\.home-assistant  512MiB, 200m\n")
        self.assertIn("8123/tcp  service.home-assistant", shown.out)
        self.assertRegex(shown.out, r"  left\n    memory  \S+ of 32GiB")
        self.assertIn("service.home-assistant.volume.data  10GiB", shown.out)
        held = hlab("show", "node.atlas", "--lab", lab, "--format", "json").json()["instances"][0]["holds"]
        must = [s for s in held["services"] if s["must"]]
        self.assertEqual([s["path"] for s in must], ["service.home-assistant"])
        memory = held["memory"]
        self.assertEqual(memory["must"], sum(s["memory"] * s["pods"] for s in must))
        self.assertEqual(memory["left"], memory["has"] - memory["reserve"] - memory["must"])
        self.assertEqual(memory["has"], 32 * 2**30)

    def test_support(self):
        shown = hlab("show", "pi3", "--lab", self.example())
        self.assertIn("must run here\n    service.pihole\n", shown.out)
        self.assertIn("53/udp  service.pihole: names", shown.out)
        self.assertNotIn("may run here", shown.out)

    def test_only_of_whole_machines(self):
        lab = self.example()
        self.assertNotIn("  left\n", hlab("show", "atlas.hardware", "--lab", lab).out)
        self.assertNotIn("  left\n", hlab("show", "--lab", lab).out)
        self.assertNotIn("  left\n", hlab("show", "node.boreas", "--lab", lab).out)


if __name__ == "__main__":
    unittest.main()
