"""ansible-lint with its strictest profile, offline."""

import json
import re
import shutil

from ansible_project import projects, read
from tree import FAILED, OK, Result, missing as missing_programs, short

NAME = "ansible-lint"
GENERIC = True  # Ansible itself is the consumer of these files


def claims(tree, file):
    if tree.ansible_root(file) is None or not file.endswith((".yml", ".yaml")):
        return False
    return not file.endswith(".sops.yaml")


def missing(tree):
    return missing_programs("ansible-lint")


def faults_of(tree, project):
    """Faults by file. It looks at a copy: it writes caches beside what it reads."""
    copy = tree.scratch / "ansible-lint"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project.path, copy)
    before = project.path
    project.path = copy
    done = project.run(["ansible-lint", "--offline", "--profile", "production", "-f", "codeclimate", "--nocolor", "-q", "."])
    project.path = before
    match = re.search(r"^\[.*\]$", done.stdout, re.S | re.M)
    if not match:
        return {"": [done.stderr or done.stdout]} if done.returncode else softened(project)
    found = softened(project)
    for item in json.loads(match.group(0)):
        where = item["location"]
        line = (where.get("lines") or where.get("positions", {}).get("begin", {})).get("begin") or \
            where.get("positions", {}).get("begin", {}).get("line")
        line = line["line"] if isinstance(line, dict) else line
        found.setdefault(where["path"], []).append(f"{line}: {item['check_name']} {item.get('description', '')}")
    if done.returncode and not found:
        found[""] = [done.stderr]
    return found


def softened(project):
    """A project may not switch rules off for itself, but for the length of lines: texts are the lab's."""
    for file in project.files():
        if project.inside(file) == ".ansible-lint":
            settings = dict(read(project.tree, file) or {})
            if settings.get("skip_list") == ["yaml[line-length]"]:
                del settings["skip_list"]
            off = {"skip_list", "warn_list", "mock_modules", "mock_roles"} & set(settings)
            return {".ansible-lint": [f"switches rules off: {', '.join(sorted(off))}"]} if off else {}
    return {}


def check(tree, files):
    results = []
    for project in projects(tree):
        found = faults_of(tree, project)
        mine = [file for file in files if tree.ansible_root(file) == project.root]
        for path, faults in found.items():
            if path not in map(project.inside, mine):
                results.append(Result(f"{project.root}/{path}", NAME, FAILED, short("; ".join(faults))))
        for file in mine:
            faults = found.get(project.inside(file), [])
            results.append(Result(file, NAME, FAILED if faults else OK, short("; ".join(faults)) or "production"))
    return results
