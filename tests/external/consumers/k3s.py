"""K3s configuration files: every key against the table of keys, with its scope and its type.

K3s itself only logs an unknown key and goes on, so the table is stricter than the program.
"""

import json
import re
from pathlib import PurePosixPath

from ansible_project import projects, read
from tree import SHARED, missing_shared, verdict

NAME = "k3s"
TABLE = SHARED / "schemas/tables/k3s-config-keys.json"
FILE = re.compile(r"(^|/)(k3s-(server-|agent-)?config[^/]*|k3s/(server|agent)?[^/]*config[^/]*|config\.yaml\.d/[^/]+)\.ya?ml$")
VARIABLE = re.compile(r"^k3s_(\w+_)?config$")


def configs(tree, file):
    """(where, keys) of each K3s configuration in the file: the whole of it, or a variable of Ansible."""
    for document in tree.documents.get(file) or []:
        if not isinstance(document, dict) or "apiVersion" in document:
            continue
        if FILE.search(file):
            yield "", document
        elif re.search(r"(^|/)(group|host)_vars/", file):
            for name, value in document.items():
                if VARIABLE.match(str(name)) and isinstance(value, dict):
                    yield name, value


def claims(tree, file):
    return any(True for _ in configs(tree, file))


def missing(tree):
    return missing_shared("schemas/tables/k3s-config-keys.json")


def role_of(tree, file, where):
    """server or agent: from the name, from the machine's Nix module, from the inventory's group."""
    path = PurePosixPath(file)
    for text in (where, path.name, str(path)):
        for role in ("agent", "server"):
            if role in text:
                return role
    beside = [tree.text(f) for f in tree.under(str(path.parent)) if f.endswith(".nix")]
    match = re.search(r'role\s*=\s*"(agent|server)"', "\n".join(beside))
    if match:
        return match.group(1)
    return role_in_inventory(tree, path.stem) or "server"


def role_in_inventory(tree, host):
    """By the groups that hold the host in the inventory of an Ansible project."""
    for project in projects(tree):
        for inventory in project.inventories():
            groups = groups_of(read(tree, inventory), host)
            for role in ("server", "agent"):
                if any(role in group for group in groups):
                    return role
    return None


def groups_of(group, host):
    """Names of the groups below this one that name the host."""
    found = set()
    for name, inner in (group or {}).items():
        if isinstance(inner, dict):
            if host in (inner.get("hosts") or {}):
                found.add(name)
            found |= groups_of(inner.get("children"), host)
    return found


SIMPLE = {"bool": bool, "int": int, "path": str, "ip": str, "url": str, "cron": str, "duration": str}


def type_fault(kind, value):
    kind = kind.removeprefix("secret ").removeprefix("secret-")
    if kind.startswith("list"):
        if "csv" in kind and isinstance(value, str):
            return None
        items = value if isinstance(value, list) else None
        if items is None:
            return "takes a list"
        inner = re.search(r"list<(enum\[.*\]|[^>]*)>", kind).group(1)
        return next(filter(None, (type_fault("string" if "=" in inner else inner, item) for item in items)), None)
    if kind.startswith("enum["):
        words = kind[5:-1].split(",")
        return None if value in words else f"takes one of {', '.join(words)}"
    wanted = SIMPLE.get(kind.split(" ")[0], str)
    if wanted is int and isinstance(value, bool) or not isinstance(value, wanted):
        return f"takes {kind}, not {value!r}"
    return None


def faults(tree, file, where, config):
    table = {row["key"]: row for row in json.loads(TABLE.read_text(encoding="utf-8"))["keys"]}
    role = role_of(tree, file, where)
    for key, value in config.items():
        row = table.get(str(key).removesuffix("+"))
        if row is None:
            yield f"k3s has no key {key}"
        elif role == "agent" and row["scope"] == "server":
            yield f"{key} is for servers, and this is an agent"
        elif (fault := type_fault(row["type"], value)):
            if not (isinstance(value, str) and "{{" in value):
                yield f"{key} {fault}"
        if row is not None and "secret" in row["type"] and "{{" not in str(value) and key in ("token", "agent-token"):
            yield f"{key} stands in plain text"


def check(tree, files):
    results = []
    for file in files:
        told = [fault for where, config in configs(tree, file) for fault in faults(tree, file, where, config)]
        roles = sorted({role_of(tree, file, where) for where, _ in configs(tree, file)})
        results.append(verdict(file, NAME, "; ".join(told), " and ".join(roles)))
    return results
