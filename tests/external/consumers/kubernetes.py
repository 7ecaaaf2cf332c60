"""Kubernetes objects: kubeconform -strict against the schemas held in ../shared/schemas.

A kind without a schema is a failure, never "valid". Custom resources come from a catalogue that
leaves some objects open; they are closed in a copy first, or a misspelt field would pass.
"""

import json
import os
import re
from pathlib import PurePosixPath

import yaml

from tree import FAILED, OK, SHARED, Result, is_object, missing as missing_programs, missing_shared, run, short

NAME = "kubeconform"
VERSION = "1.36.0"
NOT_FOR_THE_CLUSTER = ("kustomization.yaml", "kustomization.yml", "Chart.yaml", "values.yaml")


def is_manifest(tree, file):
    documents = tree.documents.get(file)
    if not documents or PurePosixPath(file).name in NOT_FOR_THE_CLUSTER:
        return False
    return any(is_object(document) for document in documents)


def claims(tree, file):
    return is_manifest(tree, file) and tree.ansible_root(file) is None


def missing(tree):
    return missing_programs("kubeconform") or missing_shared("schemas/kubernetes", "schemas/crds")


def close(schema):
    """Objects with listed properties take no others, unless the schema says that they stay open."""
    if isinstance(schema, list):
        for part in schema:
            close(part)
    if not isinstance(schema, dict):
        return
    open_ended = schema.get("x-kubernetes-preserve-unknown-fields") or schema.get("x-kubernetes-embedded-resource")
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema and not open_ended:
        schema["additionalProperties"] = False
    for part in schema.values():
        close(part)


def closed_copies(tree):
    target = tree.scratch / "crds"
    if target.exists():
        return target
    for source in sorted((SHARED / "schemas/crds").rglob("*.json")):
        schema = json.loads(source.read_text(encoding="utf-8"))
        close(schema)
        metadata = schema.get("properties", {}).get("metadata")
        if isinstance(metadata, dict):
            metadata.pop("additionalProperties", None)  # ObjectMeta is not spelt out in a CRD
        copy = target / source.relative_to(SHARED / "schemas/crds")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(json.dumps(schema), encoding="utf-8")
    return target


def conform(tree, paths=(), text=None):
    core = SHARED / "schemas/kubernetes"
    command = ["kubeconform", "-strict", "-verbose", "-output", "json", "-kubernetes-version", VERSION]
    command += ["-schema-location", f"{core}/{{{{.NormalizedKubernetesVersion}}}}-standalone{{{{.StrictSuffix}}}}/"
                                    "{{.ResourceKind}}{{.KindSuffix}}.json"]
    command += ["-schema-location", f"{closed_copies(tree)}/{{{{.Group}}}}/{{{{.ResourceKind}}}}_"
                                    "{{.ResourceAPIVersion}}.json"]
    done = run([*command, *paths], input=text or "", cwd=tree.root, env=dict(os.environ, HOME=str(tree.scratch)))
    try:
        return json.loads(done.stdout)["resources"] or []
    except (ValueError, KeyError):
        return [{"filename": "", "status": "statusError", "msg": done.stderr or done.stdout, "kind": "", "name": ""}]


def faults_of(answer):
    if answer["status"] in ("statusValid", "statusEmpty"):
        return None
    return f"{answer['kind']} {answer['name']}: {answer['msg']}"


def bad_names(documents):
    """What a schema does not say: names are DNS labels or subdomains, a Secret has no plain text."""
    for document in documents:
        if not isinstance(document, dict):
            yield "a document that is no object"
            continue
        if not is_object(document):
            yield "a document without apiVersion and kind"
            continue
        name = (document.get("metadata") or {}).get("name", "")
        dotted = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
        rbac = document["apiVersion"].startswith("rbac.authorization.k8s.io/")
        if not rbac and not (re.fullmatch(dotted, str(name)) and len(str(name)) <= 253):
            yield f"{document['kind']} {name!r}: no valid name"
        if document["kind"] == "Secret" and any(map(readable, secret_values(document))):
            yield f"Secret {name}: holds plain text"


def secret_values(document):
    return [value for part in ("stringData", "data") for value in (document.get(part) or {}).values()]


def readable(value):
    """What SOPS has encrypted is `ENC[...]`; whether that is whole ciphertext is the sops consumer's question."""
    return not (isinstance(value, str) and value.startswith("ENC[") and value.endswith("]"))


def opened_form(tree, file):
    """The path that kubeconform reads. Who applies a file of SOPS decrypts it first, and that takes the
    `sops` record away: such a file is read from a copy without it."""
    documents = [d for d in tree.documents[file] if d is not None]
    if not any(isinstance(d.get("sops"), dict) for d in documents if is_object(d) and d["kind"] == "Secret"):
        return file
    copy = tree.scratch / "opened" / file
    copy.parent.mkdir(parents=True, exist_ok=True)
    bare = [{key: value for key, value in d.items() if key != "sops"} if is_object(d) else d for d in documents]
    copy.write_text(yaml.safe_dump_all(bare), encoding="utf-8")
    return str(copy)


def repeated(tree, files):
    """The same object in two places: the one applied last would win."""
    seen = {}
    for file in files:
        for document in tree.documents[file]:
            if is_object(document):
                meta = document.get("metadata") or {}
                key = (document["apiVersion"].split("/")[0], document["kind"], meta.get("namespace"), meta.get("name"))
                if key in seen:
                    yield file, f"{key[1]} {key[3]} stands in {seen[key]} too"
                seen.setdefault(key, file)


def check(tree, files):
    faults = {file: [] for file in files}
    counts = {file: 0 for file in files}
    paths = {opened_form(tree, file): file for file in files}
    for answer in conform(tree, list(paths)):
        file = paths.get(answer["filename"], files[0])
        counts[file] += 1
        fault = faults_of(answer)
        if fault:
            faults[file].append(fault)
    for file in files:
        faults[file] += bad_names(d for d in tree.documents[file] if d is not None)
    for file, fault in repeated(tree, files):
        faults[file].append(fault)
    for file in files:
        if counts[file] == 0:
            faults[file].append("kubeconform said nothing about it")
    return [
        Result(file, NAME, FAILED, short("; ".join(faults[file]))) if faults[file]
        else Result(file, NAME, OK, f"{counts[file]} objects, {VERSION}")
        for file in files
    ]


def check_text(tree, text):
    """For what another consumer rendered: its faults as one text, and the number of objects."""
    answers = conform(tree, ["-"], text)
    documents = [d for d in yaml.safe_load_all(text) if d is not None]
    return "; ".join(filter(None, map(faults_of, answers))), len(documents)
