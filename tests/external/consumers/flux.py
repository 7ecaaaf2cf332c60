"""Flux's own rules that no schema knows: what a Kustomization points to is there, what it waits for is
one too, and no folder holds what Flux would miss. Each folder is built as Flux builds it, by kustomize.

Flux can't be asked without a cluster, and its own folder, flux-system, is made by its bootstrap.
"""

import shutil

import yaml

from consumers import kubernetes
from tree import missing as missing_programs, run, verdict

NAME = "flux"
GENERIC = True  # kubeconform reads the objects themselves
OWN = "flux-system"


def is_kustomization(document):
    return isinstance(document, dict) and document.get("kind") == "Kustomization" and \
        str(document.get("apiVersion", "")).startswith("kustomize.toolkit.fluxcd.io/")


def is_release(document):
    return isinstance(document, dict) and document.get("kind") == "HelmRelease"


def claims(tree, file):
    return any(is_kustomization(d) or is_release(d) for d in tree.documents.get(file) or [])


def missing(tree):
    return missing_programs("kustomize") or kubernetes.missing(tree)


def built(tree, folder, name):
    """What Flux makes of a folder without a kustomization of its own: every .yaml and .yml below it."""
    target = tree.scratch / "flux" / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(tree.path(folder), target)
    files = sorted(str(p.relative_to(target)) for p in target.rglob("*") if p.suffix in (".yaml", ".yml"))
    own = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "resources": files}
    (target / "kustomization.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    return run(["kustomize", "build", target])


def holds_ciphertext(tree, folder):
    for file in tree.under(folder):
        for document in tree.documents.get(file) or []:
            if isinstance(document, dict) and document.get("kind") == "Secret" and "sops" in document:
                yield file


def circle(needs, name, path=()):
    if name in path:
        return " -> ".join((*path, name))
    return next((found for need in needs.get(name, []) if (found := circle(needs, need, (*path, name)))), None)


def faults_of(tree, document, needs):
    name, spec = document["metadata"]["name"], document["spec"]
    folder = spec["path"].removeprefix("./")
    if not spec["path"].startswith("./") or not tree.under(folder):
        yield f"the path {spec['path']} is not in the tree"
        return
    if document["metadata"]["namespace"] != OWN or name == OWN:
        yield f"{document['metadata']['namespace']}/{name}: the others look for it in {OWN}"
    if spec["sourceRef"] != {"kind": "GitRepository", "name": OWN}:
        yield f"no bootstrap makes the source {spec['sourceRef']}"
    yield from (f"it waits for {need}, which is not there" for need in needs[name] if need not in needs)
    if found := circle(needs, name):
        yield f"it waits for itself: {found}"
    if list(holds_ciphertext(tree, folder)) and spec.get("decryption", {}).get("provider") != "sops":
        yield "it holds a Secret that nobody decrypts"
    if "postBuild" not in spec and not spec.get("wait"):
        yield "who waits for it would only wait until it is applied"
    done = built(tree, folder, name)
    if done.returncode:
        yield f"kustomize build: {done.stderr}"


def release_faults(document, repositories):
    source = document["spec"]["chart"]["spec"]["sourceRef"]
    namespace = source.get("namespace", document["metadata"]["namespace"])
    if (namespace, source["name"]) not in repositories:
        yield f"there is no {source['kind']} {namespace}/{source['name']}"
    if not document["spec"]["chart"]["spec"].get("version"):
        yield "its chart is not pinned"


def check(tree, files):
    told = {file: [] for file in files}
    all_of = [(file, d) for file in files for d in tree.documents[file] if is_kustomization(d)]
    needs = {d["metadata"]["name"]: [n["name"] for n in d["spec"].get("dependsOn", [])] for _, d in all_of}
    repositories = {
        (d["metadata"]["namespace"], d["metadata"]["name"])
        for _, d in tree.objects("source.toolkit.fluxcd.io", "HelmRepository")
    }
    for file, document in all_of:
        told[file] += faults_of(tree, document, needs)
    for file in files:
        for document in tree.documents[file]:
            if is_release(document):
                told[file] += release_faults(document, repositories)
    return [verdict(file, NAME, "; ".join(faults)) for file, faults in told.items()]
