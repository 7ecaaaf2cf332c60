#!/usr/bin/env python3
"""A build that leaves data behind says so: claims, servers, charts, services that change their cluster, and folders of engines."""

import unittest

from lab_case import LabCase, hlab

TWO_CLUSTERS = """\
lab home { domain = "home.example.net"  timezone = "Europe/Oslo"  cluster = cluster.main }
network lan { cidr = 10.9.8.0/24 }
default node { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
node one { address.lan = 10.9.8.10 }
node two { address.lan = 10.9.8.11 }
cluster main: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster other: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }
"""
ENGINES = {
    "argocd": """\
gitops main: argocd { repo = "https://git.example.net/kim/home.git"  engine = argocd }
gitops other: argocd { repo = "https://git.example.net/kim/home.git"  engine = argocd-other }
service argocd: std.argocd { cluster = cluster.main }
service argocd-other: std.argocd { cluster = cluster.other }
""",
    "flux": """\
gitops main: flux { repo = "https://git.example.net/kim/home.git"  cluster = cluster.main }
gitops other: flux { repo = "https://git.example.net/kim/home.git"  cluster = cluster.other }
""",
}
WEB = """\
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 10GiB  mount = "/data"  keep = disposable }
}
"""
CLOUD = """\
service cloud: helm {
  chart { repo = "https://charts.example.org"  name = "cloud"  version = "1.0.0" }
  values.persistence.size = "1Gi"
}
"""
RELEASE = "The release `cloud` in namespace `cloud` left the tree."


class DataMoves(LabCase):
    def builds(self, engine, *texts):
        """What each build of one tree says, one lab after the other."""
        lab = self.lab(TWO_CLUSTERS)
        said = []
        for text in texts:
            (lab / "lab.hlab").write_text(TWO_CLUSTERS + ENGINES[engine] + text)
            answer = hlab("build", lab, "--out", self.folder / f"out-{engine}")
            self.assertEqual(answer.status, 0, answer.text)
            said.append(answer.text)
        return said

    def test_a_second_engine_leaves_the_first_ones_folder_alone(self):
        both = TWO_CLUSTERS + ENGINES["argocd"] + WEB.replace("image", "cluster = cluster.main\n  image")
        one = "".join(line for line in both.splitlines(True) if "node two" not in line and "other" not in line)
        for named in (True, False):  # `lab.cluster` says whose folder it was
            lab, out, said = self.lab(one), self.folder / f"out-{named}", []
            for text in (one, both):
                (lab / "lab.hlab").write_text(text if named else text.replace("  cluster = cluster.main }", " }", 1))
                answer = hlab("build", lab, "--out", out)
                self.assertEqual(answer.status, 0, answer.text)
                said.append(answer.text)
            self.assertNotIn("What Argo CD reads", said[0])
            self.assertEqual("What Argo CD reads in `kubernetes/argocd-apps` is in `kubernetes/argocd-apps/main` now" in said[1], not named)
            self.assertEqual("kubectl apply -f kubernetes/bootstrap/main/root.yaml" in said[1], not named)
            self.assertEqual((out / "kubernetes/argocd-apps/web.yaml").exists(), named)
            self.assertTrue((out / "kubernetes/argocd-apps/other/argocd-other.yaml").exists())

    def test_who_ansible_logs_in_as(self):
        machines = "".join(line for line in TWO_CLUSTERS.splitlines(True) if "cluster " not in line)
        machines += 'lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }\nperson sam { admin = true }\n'
        lab, said = self.lab(""), []
        for text in (machines, machines + "person alex { admin = true }\n"):
            (lab / "lab.hlab").write_text(text)
            answer = hlab("build", lab, "--out", self.folder / "out-logins")
            self.assertEqual(answer.status, 0, answer.text)
            said.append(answer.text)
        self.assertNotIn("logs in", said[0])
        self.assertIn("Ansible logs in as `alex` now, and as `sam` before.", said[1])

    def test_pods_that_leave_the_machine_with_their_volume(self):
        agents = TWO_CLUSTERS.replace("servers = [one]", "servers = [one]  agents = [two]  token = t").replace(
            'cluster other: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }', "secret t { extern = true }")
        gitops = 'gitops main: flux { repo = "https://git.example.net/kim/home.git" }\n'
        lab, said = self.lab(""), []
        for on in ("one", "one, two", "two", "one"):
            (lab / "lab.hlab").write_text(agents + gitops + WEB.replace("image", f"on = [{on}]\n  image"))
            answer = hlab("build", lab, "--out", self.folder / "out-places")
            self.assertEqual(answer.status, 0, answer.text)
            said.append(answer.text)
        self.assertNotIn("go from", "".join(said[:3]))
        self.assertIn("The pods of `web` go from `two` to `one`.", said[3])
        self.assertIn("(`web-data`)", said[3])

    def test_pods_that_are_sent_to_a_machine_for_the_first_time(self):
        lab, said = self.lab(""), []
        gitops = 'gitops main: flux { repo = "https://git.example.net/kim/home.git" }\n'
        alone = "".join(line for line in TWO_CLUSTERS.splitlines(True) if "other" not in line)
        for text in (WEB, WEB, WEB.replace("image", "on = [one]\n  image")):
            (lab / "lab.hlab").write_text(alone + gitops + text)
            answer = hlab("build", lab, "--out", self.folder / "out-first-place")
            self.assertEqual(answer.status, 0, answer.text)
            said.append(answer.text)
        self.assertNotIn("The pods", said[0] + said[1])
        self.assertIn("The pods of `web` ran on any machine, and now go to `one`.", said[2])
        self.assertIn("(`web-data`)", said[2])

    def test_pods_that_leave_their_volume_behind_under_another_name(self):
        two = TWO_CLUSTERS.replace("servers = [one]", "servers = [one]  agents = [node.three]  token = join").replace(
            "node two", 'secret join { extern = true }\nnode three { address.lan = 10.9.8.12 }\nnode two')
        driver = """\
service disks: storage-driver {
  cluster = cluster.main
  chart { repo = "https://disks.example.org"  name = "disks"  version = "1.0.0" }
  storage-class = "disk-of-node"
  node-local    = NODE-LOCAL
}
"""
        web = WEB.replace("image", "on = [node.one]\n  image").replace("keep", "on = disks  keep")
        moved = web.replace("service web: container {", 'service pages: container {\n  namespace = "web"').replace(
            "node.one", "node.three").replace("keep", 'claim = "web-data"  keep')
        for local in ("true", "false"):
            lab, said = self.lab(two), []
            for text in (web, moved):
                (lab / "lab.hlab").write_text(two + driver.replace("NODE-LOCAL", local) + text)
                answer = hlab("build", lab, "--out", self.folder / f"out-left-{local}")
                self.assertEqual(answer.status, 0, answer.text)
                said.append(answer.text)
            told = "The pods of `pages` go from `one` to `three`. Kubernetes keeps what they claim on `disk-of-node` where it is (`web-data`)"
            self.assertEqual(told in said[1], local == "true", said[1])

    def test_a_service_that_leaves_a_machine(self):
        machines = "".join(line for line in TWO_CLUSTERS.splitlines(True) if "cluster " not in line)
        machines = machines.replace("  cluster = cluster.main", "") + 'lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }\n'
        figures = "service figures: std.node-exporter { on = [%s] }\n"
        files = 'service pages: host-service { on = [one]  packages = ["nginx"] }\n'
        runs = "`figures` left the machine `%s` and goes on running there, until `sudo systemctl disable --now node-exporter.service`."
        lab, said = self.lab(""), []
        for text in (figures % "one, two" + files, figures % "two" + files, figures % "two", "", figures % "one",
                     "#"):
            nodes = machines if text != "#" else machines.replace("node one { address.lan = 10.9.8.10 }\n", "")
            (lab / "lab.hlab").write_text(nodes + text)
            answer = hlab("build", lab, "--out", self.folder / "out-machines")
            self.assertEqual(answer.status, 0, answer.text)
            said.append(answer.text)
        self.assertNotIn("left the machine", said[0])
        self.assertIn(runs % "one", said[1])
        self.assertNotIn("pages", said[1])
        self.assertIn("`pages` left the machine `one`; what it set up stays there.", said[2])
        self.assertIn(runs % "two", said[3])
        self.assertNotIn("left the machine", said[4])
        # A machine that is gone may still be on.
        self.assertNotIn("left the machine", said[5])
        self.assertIn("The machine `one` left the lab. Where it is still on, `figures` goes on running there, until "
                      "`sudo systemctl disable --now node-exporter.service`.", said[5])

    def test_machines_that_leave_their_cluster_or_change_in_it(self):
        lab = """
lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }
network lan { cidr = 10.9.8.0/24 }
default node { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
node one { address.lan = 10.9.8.11 }
node two { address.lan = 10.9.8.12 }
node three { address.lan = 10.9.8.13 }
node four { address.lan = 10.9.8.14 }
secrets repo: sops { recipients = ["age12p0n4dvpgg24u7tfck9dysn5gpu9599e23t6996e847s4c5n699s0zz2yp"] }
secret join-token { random = ["value"] }
cluster main: k3s { version = "v1.34.3+k3s1"  servers = [one, two, three]  agents = [four]  network = lan  token = join-token }
"""
        etcd = "`sudo rm -r /var/lib/rancher/k3s/server/db`"
        renamed = lab.replace("[one, two", "[one, deux").replace("node two {", "node deux { moved from two ")
        changes = {
            "nothing": (lab, []),
            "an agent that stays": (lab.replace("agents = [four]", ""),
                                    ["The machine `four` left its cluster: `kubectl delete node four`, and on it "
                                     "`sudo systemctl disable --now k3s-agent`."]),
            "a server that is gone": (lab.replace(", three]", "]").replace("node three { address.lan = 10.9.8.13 }", ""),
                                      ["The machine `three` left its cluster: `kubectl delete node three`, which takes it out of "
                                       "etcd, and where it is still on, `sudo systemctl disable --now k3s`."]),
            "a server that becomes an agent": (lab.replace("two, three]", "two]").replace("[four]", "[three, four]"),
                                               ["The server `three` is to be an agent", "`kubectl delete node three`", etcd]),
            "another name": (renamed, ["The server `two` is called `deux` now", "`kubectl delete node two`", etcd]),
            "another name of an agent": (lab.replace("[four]", "[vier]").replace("node four {", "node vier { moved from four "),
                                         ["The node `four` is called `vier` now: `kubectl drain four`"]),
            "another address": (lab.replace("10.9.8.12", "10.9.8.22"),
                                ["The server `two` has another address, and etcd knows it by `10.9.8.12`", etcd]),
            "another system": (lab.replace("node four {", """node four {
  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os = nixos { release = "25.11" }
 """), []),
            "another address of an agent": (lab.replace("10.9.8.14", "10.9.8.24"), []),
        }
        for title, (text, told) in changes.items():
            with self.subTest(title):
                said = []
                for now in (lab, text):
                    answer = hlab("build", self.lab(now), "--out", self.folder / f"out-members-{len(title)}")
                    self.assertEqual(answer.status, 0, answer.text)
                    said.append(answer.text)
                for words in told:
                    self.assertIn(words, said[1])
                if not told:
                    self.assertNotIn("kubectl", said[1])

    def test_a_secret_under_another_name(self):
        old = "secrets/kubernetes/web/wiki-key.sops.yaml"
        for there in (False, True):
            lab = self.lab(TWO_CLUSTERS.replace("cluster other", "# ") + WEB.replace("image", "secrets = [notes-key]\n  image") + """
secrets repo: sops { recipients = ["age12p0n4dvpgg24u7tfck9dysn5gpu9599e23t6996e847s4c5n699s0zz2yp"] }
service opener: std.sops-operator {}
secret notes-key { moved from wiki-key  random = ["value"] }
""")
            if there:
                (lab / old).parent.mkdir(parents=True)
                (lab / old).write_text("kind: SopsSecret\n")
            answer = hlab("build", lab, "--out", self.folder / f"out-secret-{there}")
            self.assertEqual(f"help: its value lies under the old name: `sops -d {old}` shows it, and `hlab secret set notes-key`" in answer.text,
                             there, answer.text)
            self.assertIn("HL7010", answer.text)

    def test_people_and_keys_that_leave(self):
        key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHl0aGlzLWlzLW5vdC1hLXJlYWwta2V5LWF0LWFs"
        machine = """
lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }
network lan { cidr = 10.9.8.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 10.9.8.11 }
"""
        both = f'person ann {{ admin = true  ssh-keys = ["{key} old", "{key} kept"] }}\nperson bo {{ ssh-keys = ["{key} bo"] }}\n'
        one = f'person ann {{ admin = true  ssh-keys = ["{key} kept", "{key} new"] }}\n'
        said = []
        for people in (both, both, one):
            answer = hlab("build", self.lab(machine + people), "--out", self.folder / "out-people")
            self.assertEqual(answer.status, 0, answer.text)
            said.append(answer.text)
        self.assertNotIn("left the lab", said[0] + said[1])
        self.assertIn("The key `old` of `ann` left the lab, and the machines still let it in", said[2])
        self.assertIn("`bo` left the lab, and the account stays on the machines with its keys", said[2])
        self.assertNotIn("`kept`", said[2])

    def test_units_that_another_service_has_still_are_not_stopped(self):
        machines = "".join(line for line in TWO_CLUSTERS.splitlines(True) if "cluster " not in line)
        machines = machines.replace("  cluster = cluster.main", "") + 'lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }\n'
        service = 'service %s: host-service { on = [one]  packages = ["docker.io"]  enabled-units = ["docker.service"%s] }\n'
        lab, said = self.lab(""), []
        for text in (service % ("games", ', "games.timer"') + service % ("films", ""), service % ("films", ""),
                     (service % ("cinema", "")).replace("{ on", "{ moved from films  on")):
            (lab / "lab.hlab").write_text(machines + text)
            answer = hlab("build", lab, "--out", self.folder / "out-units")
            self.assertEqual(answer.status, 0, answer.text)
            said.append(answer.text)
        self.assertIn("`games` left the machine `one` and goes on running there, until `sudo systemctl disable --now games.timer`.",
                      said[1])
        self.assertNotIn("docker.service", said[1] + said[2])
        self.assertIn("`films` left the machine `one`; what it set up stays there.", said[2])

    def test_a_service_that_waits_for_learn_has_not_left(self):
        lab = self.lab("")
        for file in ("1.2.3.4", "${one.address.tailnet}"):
            (lab / "lab.hlab").write_text(f"""
lab home {{ domain = "home.example.net"  timezone = "Europe/Oslo" }}
network lan {{ cidr = 10.9.8.0/24 }}
network tailnet: tailscale {{ domain = "example.ts.net" }}
node one {{ hardware = std.hw.pi4 {{ memory = 4GiB }}  os = raspios  address.lan = 10.9.8.10  address.tailnet = learned }}
service figures: std.node-exporter {{ on = [one]  file."/etc/default/figures".content = "LISTEN={file}" }}
""")
            answer = hlab("build", lab, "--out", self.folder / "out-waiting")
            self.assertEqual(answer.status, 0, answer.text)
            self.assertNotIn("left the machine", answer.text)
        self.assertIn("until then Ansible leaves `figures` as it is", answer.text)

    def test_a_namespace_that_is_added(self):
        for engine in ENGINES:
            said = self.builds(engine, WEB, WEB.replace("volume", 'namespace = "shop"\n  volume'), "")
            self.assertNotIn("left the tree", said[0])
            self.assertIn("The claim `web-data` in namespace `web` left the tree.", said[1])
            self.assertIn("The claim `web-data` in namespace `shop` left the tree.", said[2])

    def test_a_claim_that_shrinks(self):
        said = self.builds("argocd", WEB, WEB.replace("10GiB", "20GiB"), WEB.replace("10GiB", "5GiB"))
        self.assertNotIn("claim", said[1], "it may grow")
        self.assertIn("The claim `web-data` in namespace `web` had 20Gi, and has 5Gi now.", said[2])

    def test_another_cluster(self):
        stays = 'service stays: container { image = "docker.io/library/nginx:1.29.1" }\n'
        away = WEB.replace("image", "cluster = cluster.other\n  image")
        for engine in ENGINES:
            said = self.builds(engine, stays + WEB, stays + away, stays + away)
            self.assertIn("`web` went to another cluster.", said[1])
            self.assertNotIn("another cluster", said[2], "once")

    def test_another_cluster_and_another_claim(self):
        away = WEB.replace("image", "cluster = cluster.other\n  image").replace("10GiB", "5GiB")
        stays = 'service stays: container { image = "docker.io/library/nginx:1.29.1" }\n'
        for engine in ENGINES:
            said = self.builds(engine, stays + WEB, stays + away)
            self.assertIn("`web` went to another cluster.", said[1])
            self.assertNotIn("and has 5Gi now", said[1], "the other cluster makes a new claim")

    def rebuilt(self, *labs):
        lab = self.lab(TWO_CLUSTERS)
        for text in labs:
            (lab / "lab.hlab").write_text(text + WEB)
            answer = hlab("build", lab, "--out", self.folder / "out-rebuilt")
            self.assertEqual(answer.status, 0, answer.text)
        return answer.text

    def test_a_cluster_that_is_renamed_under_flux(self):
        one = TWO_CLUSTERS + 'gitops main: flux { repo = "https://git.example.net/kim/home.git"  cluster = cluster.main }\n'
        renamed = one.replace("cluster main: k3s {", "cluster reef: k3s { moved from main ").replace("cluster.main", "cluster.reef")
        told = self.rebuilt(one, renamed)
        self.assertIn("What Flux reads in `clusters/main` is in `clusters/reef` now.", told)
        self.assertIn('`path = "clusters/main"`', told)
        kept = renamed.replace("flux {", 'flux { path = "clusters/main" ')
        self.assertNotIn("Flux reads", self.rebuilt(one, kept))

    def test_a_cluster_that_is_renamed_with_all_that_it_runs(self):
        """Whose names are computed for each house: nothing of the old ones is left to follow."""
        for engine, folder in (("flux", "clusters/other"), ("argocd", "kubernetes/argocd-apps/other")):
            there = WEB.replace("image", "cluster = cluster.other\n  image")
            away = (ENGINES[engine] + there).replace("cluster.other", "cluster.reef").replace("service web", "service reef-web")
            away = away.replace("gitops other", "gitops reef").replace("argocd-other", "argocd-reef")
            renamed = TWO_CLUSTERS.replace("cluster other: k3s {", "cluster reef: k3s { moved from other ")
            lab = self.lab(TWO_CLUSTERS)
            said = []
            for text in (TWO_CLUSTERS + ENGINES[engine] + there, renamed + away, renamed + away):
                (lab / "lab.hlab").write_text(text)
                answer = hlab("build", lab, "--out", self.folder / f"out-reef-{engine}")
                self.assertEqual(answer.status, 0, answer.text)
                said.append(answer.text)
            self.assertIn(f"reads nothing in `{folder}` any more.", said[1])
            self.assertIn(f'"{folder}"` of', said[1])
            self.assertNotIn("reads nothing", said[0] + said[2])

    def test_another_engine(self):
        repo = 'repo = "https://git.example.net/kim/home.git"'
        flux = TWO_CLUSTERS + f"gitops main: flux {{ {repo}  cluster = cluster.main }}\n"
        argo = TWO_CLUSTERS + f"gitops main: argocd {{ {repo} }}\nservice argocd: std.argocd {{ cluster = cluster.main }}\n"
        told = self.rebuilt(flux, argo)
        self.assertIn("Flux reads nothing in `clusters/main` any more, and Argo CD brings now what it brought.", told)
        self.assertIn("`flux uninstall`", told)
        told = self.rebuilt(argo, flux)
        self.assertIn("Argo CD reads nothing in `kubernetes/argocd-apps` any more, and Flux brings now what it brought.", told)
        self.assertIn("`kubectl -n argocd scale statefulset,deployment --all --replicas=0`", told)
        told = self.rebuilt(flux, TWO_CLUSTERS)
        self.assertIn("Flux reads nothing in `clusters/main` any more. A Flux that runs", told)
        self.assertNotIn("reads nothing", self.rebuilt(argo, argo))
        self.assertNotIn("reads nothing", self.rebuilt(flux, flux.replace('"Europe/Oslo"', '"Europe/Madrid"')))

    def test_a_second_cluster_moves_nobody(self):
        lab = self.lab(TWO_CLUSTERS)
        one = "\n".join(line for line in (TWO_CLUSTERS + ENGINES["argocd"]).splitlines() if "other" not in line)
        for text in (one + "\n" + WEB, TWO_CLUSTERS + ENGINES["argocd"] + WEB):
            (lab / "lab.hlab").write_text(text)
            answer = hlab("build", lab, "--out", self.folder / "out")
            self.assertEqual(answer.status, 0, answer.text)
            self.assertNotIn("another cluster", answer.text)

    def test_a_claim_that_is_an_object(self):
        claim = 'object films { api = "v1"  type = "PersistentVolumeClaim"  namespace = "x"  spec { storageClassName = "disks" } }\n'
        said = self.builds("argocd", claim, claim.replace('"x"', '"y"'), "")
        self.assertIn("The claim `films` in namespace `x` left the tree.", said[1])
        self.assertIn("The claim `films` in namespace `y` left the tree.", said[2])

    def test_a_server_that_keeps_data_by_itself(self):
        server = 'service cnpg: std.cloudnative-pg {}\nservice db: std.postgres { volume.data.keep = disposable }\n'
        said = self.builds("argocd", server, server.replace("service db", "service base"))
        self.assertIn("The Cluster `db` in namespace `db` left the tree.", said[1])
        self.assertIn("keep the name", said[1])
        self.assertNotIn("goes on with its data", said[1], "an operator calls claims after its server")

    def test_claims_that_an_operator_and_charts_make(self):
        server = 'service cnpg: std.cloudnative-pg {}\nservice db: std.postgres { volume.data { size = 10GiB  keep = disposable } }\n'
        said = self.builds("argocd", server, server.replace("10GiB", "20GiB"), server.replace("10GiB", "5GiB"))
        self.assertNotIn("claim", said[1], "it may grow")
        self.assertIn("manifests/cluster.yaml` claims at `spec.storage` had 20Gi, and has 5Gi now.", said[2])
        chart = CLOUD.replace('size = "1Gi"', 'persistence = { storageClass = "CLASS"  size = "1Gi"  enabled = true }').replace(
            "values.persistence.", "values.")
        for engine in ENGINES:
            said = self.builds(engine, *(chart.replace("CLASS", name) for name in ("fast", "slow")))
            self.assertIn("persistence` had the storage class `fast`, and has `slow` now.", said[1])
            off = (chart.replace("true", "false").replace("CLASS", name) for name in ("fast", "slow"))
            self.assertNotIn("storage class", self.builds(engine, *off)[1], "it claims nothing")

    def test_charts(self):
        for engine in ENGINES:
            said = self.builds(engine, CLOUD, CLOUD.replace("values", 'release = "files"\n  values'), CLOUD, "")
            self.assertNotIn("left the tree", said[0])
            self.assertIn(RELEASE, said[1])
            self.assertIn("The release `files` in namespace `cloud` left the tree.", said[2])
            self.assertIn(RELEASE, said[3])

    def test_charts_that_are_renamed(self):
        named = CLOUD.replace("service cloud", "service files")
        kept = named.replace("values", 'release = "cloud"\n  namespace = "cloud"\n  values')
        for engine in ENGINES:
            self.assertIn(RELEASE, self.builds(engine, CLOUD, named)[1])
            self.assertNotIn("left the tree", self.builds(engine, CLOUD, kept)[1])


if __name__ == "__main__":
    unittest.main()
