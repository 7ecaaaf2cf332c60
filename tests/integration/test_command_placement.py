#!/usr/bin/env python3
"""`hlab placement`: a place for every pod, what is left of each amount, what a lost machine takes along, and which images nobody
knows."""

import unittest

from lab_case import LabCase, hlab

LAB = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join {}
node big {
  hardware    = std.hw.pc { arch = amd64  cpu = 8  memory = 16GiB  nic = "eno1"  disk = 100GB }
  os          = debian
  address.lan = 192.168.1.10
  gpu.card { maker = nvidia  slices = 4 }
}
node small { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [big]  agents = [small]  token = join  network = lan }
service gpus: std.nvidia-gpus {}
default container { image = "docker.io/library/nginx:1.29.1" }
service faces: container { gpu { slices = 3 }  platforms = [amd64, arm64] }
service films: container { on = [big]  volume.data { size = 40GB  mount = "/data"  keep = disposable } }
service one: container { host-network = true  port.http = 8080 }
service two: container { host-network = true  port.http = 8080 }
"""

MACHINES = """node nas { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.20 }
node hole { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.21 }
secret words {}
service names: std.pihole { on = [hole]  password = words }
service figures: std.node-exporter { on = [hole, nas] }
service shares: storage-driver {
  chart { repo = "https://charts.example.org"  name = "nfs"  version = "1.0.0" }
  storage-class = "nfs"
  network-files = always
  values.nfs.server = nas.address.lan
}
service free: container { volume.data { size = 1GB  mount = "/data"  keep = disposable } }
service files: container { volume.data { size = 1GB  mount = "/data"  on = shares  keep = disposable } }
"""


class Placement(LabCase):
    def cluster(self, lab):
        answer = hlab("placement", self.lab(lab), "--format", "json")
        self.assertEqual(answer.status, 0, answer.text)
        return answer.json()["clusters"][0]

    def test_amounts(self):
        cluster = self.cluster(LAB)
        nodes = {node["node"]: node for node in cluster["nodes"]}
        self.assertEqual(cluster["answer"], "placed")
        self.assertEqual(nodes["big"]["nvidia.com/gpu"], {"asked": 3, "has": 4})
        self.assertEqual(nodes["big"]["disk"], {"asked": 40_000_000_000, "has": 100_000_000_000})
        self.assertNotIn("disk", nodes["small"], "nobody counted it")
        self.assertNotIn("nvidia.com/gpu", nodes["small"])
        names = {name: {pods["service"] for pods in node["services"]} for name, node in nodes.items()}
        self.assertFalse({"one", "two"} <= names["big"] or {"one", "two"} <= names["small"], "one port, one machine")

    def test_a_lost_machine(self):
        losses = {loss["node"]: loss for loss in self.cluster(LAB)["losses"]}
        self.assertEqual(losses["big"], {
            "node": "big", "lost": ["films"], "others": "impossible", "control-plane": False,
            "volumes": [{"volume": "films.data", "why": "its pod runs nowhere else"}], "host-services": []})
        self.assertEqual(losses["small"], {"node": "small", "lost": [], "others": "impossible", "control-plane": True,
                                           "volumes": [], "host-services": []})

    def test_what_lies_on_a_machine_and_runs_on_it(self):
        lab = self.lab(LAB + MACHINES)
        answer = hlab("placement", lab, "--format", "json").json()
        self.assertEqual(answer["clusters"][0]["on-one-node"], ["free.data"])
        self.assertEqual(answer["machines"], [
            {"node": "nas", "volumes": [{"volume": "files.data", "why": "`shares` keeps it there"}], "host-services": []},
            {"node": "hole", "volumes": [], "host-services": ["names"]},
        ], "`figures` runs on both")
        text = hlab("placement", lab).out
        self.assertIn("  on one node each, and gone with it, whichever it is: free.data (disposable)\n", text)
        self.assertIn("in no cluster\n  without nas:\n    gone is the data of files.data (disposable): `shares` keeps it there\n"
                      "  without hole:\n    gone is names: it runs on no other machine\n", text)

    def test_images_that_nobody_knows(self):
        self.assertEqual(self.cluster(LAB)["unknown-images"], ["one", "two"])
        alike = LAB.replace("std.hw.pi4 { memory = 4GiB }", 'std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }')
        self.assertEqual(self.cluster(alike)["unknown-images"], [])

    def test_text(self):
        answer = hlab("placement", self.lab(LAB))
        self.assertIn("nvidia.com/gpu 3 of 4", answer.out)
        self.assertIn("disk 40GB of 100GB", answer.out)
        self.assertIn("without big: lost is films; there is no control plane: what runs goes on, and nothing is moved or started\n", answer.out)
        self.assertIn("without small: the others do not all have a place\n", answer.out)
        self.assertIn("these images are built: one, two (`hlab vendor`)\n", answer.out)


if __name__ == "__main__":
    unittest.main()
