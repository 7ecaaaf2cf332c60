"""SOPS: it reads .sops.yaml and, by each rule, encrypts a sample with a throw-away key and opens
it again; committed ciphertext must be whole, and be meant for the recipients of its rule.
"""

import os
import re
from pathlib import PurePosixPath

import yaml

from tree import SHARED, missing as missing_programs, run, verdict

NAME = "sops"
SAMPLE = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: sample\nstringData:\n  value: canary-4711\nvalue: canary-4711\n"


def is_config(file):
    return PurePosixPath(file).name == ".sops.yaml"


def claims(tree, file):
    if is_config(file) or file.endswith((".sops.yaml", ".sops.yml", ".sops.json")):
        return True
    documents = tree.documents.get(file) or []
    return any(isinstance(d, dict) and isinstance(d.get("sops"), dict) and "mac" in d["sops"] for d in documents)


def missing(tree):
    return missing_programs("sops", "age-keygen")


def example_path(expression):
    """A path that the rule's expression matches, made from the expression itself."""
    path = expression.lstrip("^").rstrip("$")
    path = re.sub(r"\((?:\?:)?([^|()]*)[^()]*\)", r"\1", path)
    path = re.sub(r"\[\^/\][*+]|\.[*+]\??", "sample", path)
    path = re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\?", "", path))
    return path if re.search(expression, path) else None


def recipients(rule):
    age = rule.get("age") or []
    return [key.strip() for key in (age.split(",") if isinstance(age, str) else age) if key.strip()]


def rules_of(tree, config):
    return [rule for rule in (tree.documents[config] or [{}])[0].get("creation_rules", []) if isinstance(rule, dict)]


def new_key(tree):
    file = tree.scratch / "age.key"
    if not file.exists():
        run(["age-keygen", "-o", file])
    return file, re.search(r"public key: (age1\w+)", file.read_text(encoding="utf-8")).group(1)


def round_trip(tree, config, rules):
    """Every rule, with its own expressions, but for a key that we can open again."""
    secret, public = new_key(tree)
    folder = tree.scratch / "sops"
    folder.mkdir(exist_ok=True)
    ours = folder / ".sops.yaml"
    replaced = re.sub(r"age1[0-9a-z]{58}", public, tree.text(config))
    ours.write_text(replaced, encoding="utf-8")
    environment = dict(os.environ, SOPS_AGE_KEY_FILE=str(secret), HOME=str(tree.scratch))
    for rule in rules:
        expression = rule.get("path_regex", ".*")
        path = example_path(expression)
        if path is None:
            yield f"no path was found that {expression} matches"
            continue
        command = ["sops", "--config", ours, "encrypt", "--filename-override", path, "--input-type", "yaml",
                   "--output-type", "yaml", "/dev/stdin"]
        sealed = run(command, input=SAMPLE, cwd=folder, env=environment)
        if sealed.returncode:
            yield f"{expression}: {sealed.stderr}"
            continue
        if "canary" in sealed.stdout.split("sops:")[0].replace("\nvalue: canary-4711", "" if rule.get("encrypted_regex") else "\nvalue: canary-4711"):
            yield f"{expression}: the secret part of a Secret stays readable"
        opened = run(["sops", "decrypt", "--input-type", "yaml", "--output-type", "yaml", "/dev/stdin"],
                     input=sealed.stdout, env=environment)
        if opened.returncode or yaml.safe_load(opened.stdout) != yaml.safe_load(SAMPLE):
            yield f"{expression}: what was encrypted does not come back: {opened.stderr}"


def config_faults(tree, config):
    rules = rules_of(tree, config)
    if not rules:
        yield "has no creation_rules"
    for rule in rules:
        for key in recipients(rule):
            if not re.fullmatch(r"age1[0-9a-z]{58}", key):
                yield f"{key} is no age recipient"
    schema = SHARED / "schemas/own/sops-config.schema.json"
    if schema.exists():
        import json

        import jsonschema

        for error in jsonschema.Draft7Validator(json.loads(schema.read_text())).iter_errors(tree.documents[config][0]):
            yield error.message
    yield from round_trip(tree, config, rules)


def rule_for(tree, file):
    for config in filter(is_config, tree.files):
        folder = str(PurePosixPath(config).parent)
        if folder == "." or file.startswith(folder + "/"):
            relative = file if folder == "." else file[len(folder) + 1 :]
            for rule in rules_of(tree, config):
                if re.search(rule.get("path_regex", ""), relative):
                    return rule
    return None


def plain_leaves(node, expression, secret=False):
    """Values that should be ciphertext and are not."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "sops":
                yield from plain_leaves(value, expression, secret or re.search(expression, str(key)) is not None)
    elif isinstance(node, list):
        for value in node:
            yield from plain_leaves(value, expression, secret)
    elif secret and node not in (None, "") and not str(node).startswith("ENC["):
        yield str(node)


def ciphertext_faults(tree, file):
    status = run(["sops", "filestatus", tree.path(file)], cwd=tree.root)
    if status.returncode or '"encrypted":true' not in status.stdout.replace(" ", ""):
        yield f"sops does not call it encrypted: {status.stdout}{status.stderr}"
        return
    rule = rule_for(tree, file)
    if rule is None:
        yield "no rule of a .sops.yaml is for this path"
        return
    document = yaml.safe_load(tree.text(file))
    sealed_for = sorted(entry["recipient"] for entry in document["sops"].get("age") or [])
    if sealed_for != sorted(recipients(rule)):
        yield f"is sealed for {sealed_for}, and its rule says {sorted(recipients(rule))}"
    expression = document["sops"].get("encrypted_regex") or ".*"
    plain = list(plain_leaves(document, expression))
    if plain:
        yield f"{len(plain)} values stand in plain text"


def check(tree, files):
    results = []
    for file in files:
        faults = config_faults(tree, file) if is_config(file) else ciphertext_faults(tree, file)
        fine = f"{len(rules_of(tree, file))} rules, each used" if is_config(file) else "ciphertext, for its rule's keys"
        results.append(verdict(file, NAME, "; ".join(faults), fine))
    return results
