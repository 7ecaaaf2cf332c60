#!/usr/bin/env python3
"""`hlab graph` and the orders that are read off it: nothing is started before what it needs."""

import os
import random
import re
import unittest
import xml.dom.minidom

from lab_case import LabCase, hlab
from lab_generator import random_lab

LABS = int(os.environ.get("HLAB_LABS", "40"))


def needy_services(chance):
    """Services that need one another, declared in any order."""
    names = [f"svc-{number}" for number in range(12)]
    parts = []
    for number, name in enumerate(names):
        needs = chance.sample(names[:number], chance.randrange(0, min(number, 3) + 1))
        parts.append(f'service {name}: container {{ image = "docker.io/library/nginx:1.29.1"  needs = [{", ".join(needs)}] }}\n')
    chance.shuffle(parts)
    return "".join(parts)


def waves_of(tree):
    """Of each Application, by its name."""
    out = {}
    for path in tree.rglob("*.yaml"):
        text = path.read_text()
        if "kind: Application\n" not in text:
            continue
        wave = re.search(r'argocd\.argoproj\.io/sync-wave: "(-?\d+)"', text)
        out[re.search(r"^  name: \"?([\w.-]+)", text, re.M).group(1)] = int(wave.group(1)) if wave else 0
    return out


def reached(edges, starts, forward):
    seen, open_ = set(), list(starts)
    while open_:
        at = open_.pop()
        if at in seen:
            continue
        seen.add(at)
        open_ += [b if forward else a for a, b in edges if (a if forward else b) == at]
    return seen


class Graph(LabCase):
    def graph(self, lab, *arguments):
        answer = hlab("graph", lab, "--format", "json", *arguments)
        self.assertEqual(answer.status, 0, answer.text)
        whole = answer.json()
        return {node["id"] for node in whole["nodes"]}, [(e["from"], e["to"]) for e in whole["edges"]], whole["edges"]

    def test_parts(self):
        lab = self.example()
        nodes, edges, whole = self.graph(lab)
        below, _, _ = self.graph(lab, "--from", "vikunja")
        self.assertEqual(below, reached(edges, ["service.vikunja"], True))
        above, _, _ = self.graph(lab, "--to", "service.longhorn")
        starts = [(e["from"], e["to"]) for e in whole if e["mode"] == "start"]
        far = reached(starts, ["service.longhorn"], False)
        self.assertEqual(above, far | {a for a, b in edges if b in far})
        above = reached(edges, ["service.longhorn"], False)
        between, some, _ = self.graph(lab, "--from", "vikunja", "--to", "longhorn")
        self.assertEqual(between, below & above)
        self.assertEqual(set(some), {(a, b) for a, b in edges if a in between and b in between})
        self.assertLess(len(between), len(nodes))

    def test_what_would_miss_a_machine_is_not_everything(self):
        """The network's key lies in a store whose operator runs in the cluster: that is no reason to miss a node."""
        lab = self.example("missed")
        missed, _, _ = self.graph(lab, "--to", "node.pi5")
        self.assertIn("cluster.home", missed)
        self.assertIn("service.vikunja", missed)
        self.assertFalse({"node.pi1", "node.pi4-1", "secret.tailscale-key", "network.tailnet"} & missed)

    def test_modes(self):
        lab = self.example("modes")
        for mode in ("start", "run", "value"):
            _, _, edges = self.graph(lab, "--mode", mode)
            self.assertEqual({edge["mode"] for edge in edges}, {mode})
        answer = hlab("graph", lab, "--mode", "walk")
        self.assertEqual((answer.status, answer.out), (2, ""))

    def test_without_its_servers_a_cluster_has_no_control_plane(self):
        lab = self.example("placement")
        text = hlab("placement", lab).out
        self.assertRegex(text, r"without atlas: .*there is no control plane")
        self.assertNotRegex(text, r"without pi5: .*control plane")
        losses = {loss["node"]: loss["control-plane"] for loss in hlab("placement", lab, "--format", "json").json()["clusters"][0]["losses"]}
        self.assertEqual((losses["atlas"], losses["pi5"]), (False, True))

    def test_kinds(self):
        nodes, _, _ = self.graph(self.example())
        services, _, _ = self.graph(self.example("again"), "--kind", "service", "--kind", "node")
        self.assertEqual(services, {n for n in nodes if n.startswith(("service.", "node."))})
        self.assertGreater(len(services), 10)

    def test_parts(self):
        lab = self.example("parts")
        volumes, _, _ = self.graph(lab, "--kind", "volume")
        self.assertTrue(volumes and all(".volume." in name for name in volumes), volumes)
        names, _, _ = self.graph(lab, "--kind", "dns-name")
        signed, _, _ = self.graph(lab, "--kind", "certificate")
        self.assertTrue(signed and signed <= names and all(".expose." in name for name in names))
        hardware, _, _ = self.graph(lab, "--kind", "hardware")
        self.assertIn("node.pi5.hardware", hardware)
        below, edges, whole = self.graph(lab, "--from", sorted(volumes)[0])
        self.assertIn(sorted(volumes)[0], below)
        self.assertEqual(below, reached(edges, [sorted(volumes)[0]], True))
        self.assertTrue(all(edge["reason"] for edge in whole), whole)

    def test_lists_have_no_picture(self):
        for arguments in (("--order",), ("--reach", "node.pi5", "node.pi1")):
            for form in ("svg", "mermaid"):
                with self.subTest((arguments, form)):
                    answer = hlab("graph", self.example(arguments[0] + form), *arguments, "--format", form)
                    self.assertEqual((answer.status, answer.out), (2, ""))

    def test_nothing_to_show_is_said(self):
        lab = self.lab({"lab.hlab": 'lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }\n'}, "nothing")
        answer = hlab("graph", lab, "--kind", "volume")
        self.assertEqual(answer.status, 0)
        self.assertIn("nothing", answer.err)

    def test_what_is_not_there(self):
        for arguments, near in ((("--from", "vikunj"), "vikunja"), (("--to", "node.pi55"), "pi5"), (("--kind", "servise"), "service")):
            with self.subTest(arguments):
                answer = hlab("graph", self.example(arguments[1]), *arguments)
                self.assertEqual((answer.status, answer.out), (2, ""))
                self.assertIn(near, answer.err)

    def test_the_picture(self):
        answer = hlab("graph", self.example(), "--format", "svg")
        self.assertEqual(answer.status, 0, answer.text)
        picture = xml.dom.minidom.parseString(answer.out)
        nodes, edges, _ = self.graph(self.example("again"))
        self.assertEqual({text.firstChild.data for text in picture.getElementsByTagName("text")}, nodes)
        self.assertEqual(len(picture.getElementsByTagName("path")), len(edges))
        self.assertNotIn("http", answer.out.replace("http://www.w3.org/2000/svg", ""))

    def test_nothing_starts_before_what_it_needs(self):
        compared = 0
        for seed in range(500, 500 + LABS):
            with self.subTest(seed):
                files = dict(random_lab(seed))
                files["needy.hlab"] = needy_services(random.Random(seed))
                lab = self.lab(files, f"lab-{seed}")
                out = self.folder / f"out-{seed}"
                self.build(lab, out)
                waves = waves_of(out)
                _, _, edges = self.graph(lab)
                for edge in edges:
                    ends = [edge[end].removeprefix("service.") for end in ("from", "to")]
                    if edge["mode"] != "start" or not all(end in waves for end in ends):
                        continue
                    self.assertGreater(waves[ends[0]], waves[ends[1]], edge)
                    compared += 1
        self.assertGreater(compared, 10 * LABS)

    def test_a_circle_is_told_edge_by_edge(self):
        files = dict(random_lab(7))
        files["circle.hlab"] = "".join(
            f'service {a}: container {{ image = "docker.io/library/nginx:1.29.1"  needs = [{b}] }}\n'
            for a, b in (("aa", "bb"), ("bb", "cc"), ("cc", "aa")))
        answer = hlab("check", self.lab(files), "--format", "json")
        self.assertEqual(answer.status, 1)
        circle = [d for d in answer.json()["diagnostics"] if d["severity"] == "error"]
        self.assertEqual(len(circle), 1, answer.text)
        lines = {circle[0]["range"]["start"]["line"]} | {label["range"]["start"]["line"] for label in circle[0]["labels"]}
        self.assertEqual(lines, {1, 2, 3})


if __name__ == "__main__":
    unittest.main()
