#!/usr/bin/env python3
"""The example under Flux instead of Argo CD: it compiles, nothing of Argo CD is left, its secrets are encrypted
in the form that Flux opens, and the lab is left for the test that gives every emitted file to its consumer."""

import os
import re
import shutil
import unittest

import yaml

from lab_case import HLAB, ROOT, LabCase, hlab, tree_of


class Flux(LabCase):
    def flux_lab(self, name="flux"):
        """Nobody opens secrets but Flux, so what was encrypted for an operator is of no use."""
        lab = self.example(name)
        shutil.rmtree(lab / "secrets/kubernetes")
        text = (lab / "lab.hlab").read_text()
        (lab / "lab.hlab").write_text(text.replace("gitops main: argocd", "gitops main: flux"))
        text = (lab / "cluster.hlab").read_text()
        text = re.sub(r"^service (argocd|sops-secrets-operator): .*\n", "", text, flags=re.M)
        (lab / "cluster.hlab").write_text(text)
        return lab

    def test_the_example(self):
        lab = self.flux_lab()
        out = self.folder / "out"
        answer = hlab("build", lab, "--out", out)
        self.assertEqual(answer.status, 0, answer.text)
        files = tree_of(out)
        self.assertFalse([f for f in files if "argocd" in str(f) or str(f).endswith("values.yaml")])
        # Values of a chart are the library's; what hlab writes itself speaks to Flux.
        told = [str(p) for p in out.rglob("*.yaml") if p.name != "helmrelease.yaml" and "argoproj.io" in p.read_text()]
        self.assertEqual(told, [])
        self.assertFalse([f for f in files if "flux-system" in str(f)], "that is Flux's own")
        needs = self.needs_of(out)
        self.assertIn("db", needs["vikunja"])
        self.assertEqual(needs["cert-manager-objects"], ["cert-manager"])
        self.assertIn("cert-manager-objects", needs["vikunja"])
        self.keep(lab, answer.text, out)

    def needs_of(self, out):
        found = {}
        for path in (out / "clusters/home").glob("*.yaml"):
            one = yaml.safe_load(path.read_text())
            if one["kind"] == "Kustomization":
                found[one["metadata"]["name"]] = [n["name"] for n in one["spec"].get("dependsOn", [])]
        return found

    def keep(self, lab, said, out):
        """With its secrets, made by `hlab secret set` where sops is at hand."""
        if shutil.which("sops"):
            listed = hlab("secret", "list", lab, "--format", "json").json()["secrets"]
            missing = [one for one in listed if not all(file["exists"] for file in one["files"])]
            self.assertEqual({one["name"] for one in missing}, set(re.findall(r"`secret\.(.*?)` lacks", said)))
            for one in missing:
                keys = one["keys"]
                values = "invented" if len(keys) == 1 else "".join(f"{key}=invented\n" for key in keys)
                self.assert_status(hlab("secret", "set", one["name"], lab, input=values), 0)
            answer = hlab("build", lab, "--out", out)
            self.assertNotIn("HL7010", answer.text)
            secret = next((out / "kubernetes/apps/vikunja/manifests").glob("secret-vikunja-jwt.sops.yaml"))
            one = yaml.safe_load(secret.read_text())
            self.assertEqual((one["kind"], one["metadata"]["name"]), ("Secret", "vikunja-jwt"))
            self.assertTrue(all(v.startswith("ENC[") for v in one["stringData"].values()))
        if HLAB.parent == ROOT / "build/release":
            place = HLAB.parent / "labs" / "flux"
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(lab, place)

    def test_flux_keeps_its_own_folder(self):
        lab, out = self.flux_lab("own"), self.folder / "own-out"
        self.assertEqual(hlab("build", lab, "--out", out).status, 0)
        own = out / "clusters/home/flux-system"
        own.mkdir()
        (own / "gotk-sync.yaml").write_text("kind: GitRepository\n")
        self.assertEqual(hlab("build", lab, "--out", out).status, 0)
        self.assertEqual((own / "gotk-sync.yaml").read_text(), "kind: GitRepository\n")

    def test_order(self):
        whole = hlab("graph", self.flux_lab("order"), "--order", "--format", "json").json()
        stage = {name: number for number, names in enumerate(whole["start"]) for name in names}
        self.assertLess(stage["node.atlas"], stage["cluster.home"])
        self.assertLess(stage["cluster.home"], stage["gitops.main"])
        self.assertLess(stage["gitops.main"], stage["service.db"])
        self.assertLess(stage["service.db"], stage["service.vikunja"])
        self.assertEqual(whole["stop"], whole["start"][::-1])
        wrong = hlab("graph", self.example("svg"), "--order", "--format", "svg")
        self.assertEqual(wrong.status, 2, wrong.text)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    unittest.main()
