"""Prometheus: promtool reads rules (of files and of PrometheusRule objects) and configurations."""

import yaml

from tree import missing as missing_programs, run, verdict

NAME = "promtool"


def kind_of(document):
    if not isinstance(document, dict):
        return None
    if document.get("kind") == "PrometheusRule":
        return "object"
    if "apiVersion" in document:
        return None
    if isinstance(document.get("groups"), list) and "rules" in str(document["groups"])[:2000]:
        return "rules"
    if "scrape_configs" in document or "rule_files" in document:
        return "config"
    return None


def claims(tree, file):
    return any(kind_of(document) for document in tree.documents.get(file) or [])


def missing(tree):
    return missing_programs("promtool")


def ask(tree, document):
    kind = kind_of(document)
    if kind is None:
        return ""
    path = tree.scratch / "prometheus.yaml"
    body = {"groups": document["spec"]["groups"]} if kind == "object" else document
    path.write_text(yaml.safe_dump(body, sort_keys=False), encoding="utf-8")
    command = ["check", "config", "--syntax-only"] if kind == "config" else ["check", "rules", "--lint-fatal"]
    done = run(["promtool", *command, path])
    return done.stderr + done.stdout if done.returncode else ""


def check(tree, files):
    return [verdict(file, NAME, "; ".join(filter(None, (ask(tree, d) for d in tree.documents[file])))) for file in files]
