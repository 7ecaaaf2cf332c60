"""Folders with a kustomization: built by kustomize, the result read by kubeconform."""

from pathlib import PurePosixPath

from consumers import kubernetes
from tree import missing as missing_programs, run, verdict

NAME = "kustomize"
NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")


def claims(tree, file):
    return PurePosixPath(file).name in NAMES


def missing(tree):
    return missing_programs("kustomize") or kubernetes.missing(tree)


def check(tree, files):
    results = []
    for file in files:
        done = run(["kustomize", "build", tree.path(file).parent])
        problem, count = (done.stderr, 0) if done.returncode else kubernetes.check_text(tree, done.stdout)
        if not problem and count == 0:
            problem = "builds to nothing"
        results.append(verdict(file, NAME, problem, f"{count} objects"))
    return results
