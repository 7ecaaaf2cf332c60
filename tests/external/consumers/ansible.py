"""Ansible: its inventory as it reads it, its playbooks' syntax, its settings, templates and files."""

import json
import re
from pathlib import PurePosixPath

import jinja2
import yaml

from ansible_project import hosts_written, projects, read, stem
from tree import missing as missing_programs, run, verdict

NAME = "ansible"


def claims(tree, file):
    # Ciphertext beside the playbooks is SOPS' business; Ansible reads it only among variables.
    sealed = file.endswith(".sops.yaml") and "_vars/" not in file
    return tree.ansible_root(file) is not None and not sealed


def missing(tree):
    return missing_programs("ansible-inventory", "ansible-playbook", "ansible-config")


def warnings(done):
    """Standard error counts: Ansible warns where it means that a thing was ignored."""
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return "; ".join(lines)


def nodes_of_lab(tree):
    """Names of the machines that the lab declares, asked of hlab; None if it can't be."""
    if not (tree.lab and tree.hlab):
        return None
    done = run([tree.hlab, "graph", tree.lab, "--format", "json"])
    if done.returncode:
        return None
    return {n["id"].split(".", 1)[1] for n in json.loads(done.stdout)["nodes"] if n["id"].startswith("node.")}


def inventory_faults(tree, project, file):
    done = project.run(["ansible-inventory", "--list", "-i", tree.path(file)])
    if done.returncode or done.stderr.strip():
        yield warnings(done) or done.stdout
        return
    answer = json.loads(done.stdout)
    hosts = set(answer["_meta"]["hostvars"])
    if not hosts:
        yield "Ansible finds no host"
    if hosts != hosts_written(tree, file):
        yield f"Ansible sees {sorted(hosts)}, written are {sorted(hosts_written(tree, file))}"
    if tree.expected_hosts is not None and hosts != set(tree.expected_hosts):
        yield f"Ansible sees {sorted(hosts)}, expected are {sorted(tree.expected_hosts)}"
    known = nodes_of_lab(tree)
    if known is not None and hosts - known:
        yield f"{', '.join(sorted(hosts - known))}: no node of the lab"


def lost_variables(tree, project, file):
    """Variables that a file sets and no host of the inventory gets: a misspelt group or host."""
    done = project.run(["ansible-inventory", "--list"])
    if done.returncode:
        return warnings(done)
    answer = json.loads(done.stdout)
    inner = project.inside(file)
    match = re.search(r"(group|host)_vars/([^/]+)", inner)
    name = match.group(2) if "/" in inner[match.end(1):].split("_vars/")[1] else stem(file)
    if match.group(1) == "host" and name not in answer["_meta"]["hostvars"]:
        return f"there is no host {name} in the inventory"
    if match.group(1) == "group" and name != "all" and name not in answer:
        return f"there is no group {name} in the inventory"
    if file.endswith(".sops.yaml"):
        return ""
    variables = read(tree, file) or {}
    if match.group(1) == "host":
        got = answer["_meta"]["hostvars"][name]
        lost = [key for key in variables if key not in got]
        return f"{', '.join(lost)}: not among what Ansible knows of {name}" if lost else ""
    return ""


def playbook_faults(project, file):
    done = project.run(["ansible-playbook", "--syntax-check", project.inside(file)])
    return warnings(done) or (done.stdout if done.returncode else "")


def template_fault(tree, file):
    try:
        jinja2.Environment(extensions=["jinja2.ext.do"], trim_blocks=True).parse(tree.text(file))
    except jinja2.TemplateSyntaxError as error:
        return f"line {error.lineno}: {error.message}"
    return ""


def settings_fault(project):
    done = project.run(["ansible-config", "validate", "-t", "all"])
    said = re.sub(r"(?m)^.*All configurations seem valid!?.*$", "", done.stdout + done.stderr).strip()
    return said if done.returncode or said else ""


def collection_faults(project):
    done = project.run(["ansible-galaxy", "collection", "list", "--format", "json"])
    there = {name for place in json.loads(done.stdout or "{}").values() for name in place}
    lost = [name for name in project.collections() if name not in there]
    return f"not installed, so nothing could be checked with them: {', '.join(lost)}" if lost else ""


def one(tree, project, file):
    """(question, fault) for a file, by its place in the project."""
    inner, name = project.inside(file), PurePosixPath(file).name
    if name == "ansible.cfg":
        return "ansible-config validate", settings_fault(project)
    if name == "requirements.yml":
        return "ansible-galaxy", collection_faults(project)
    if file in project.inventories():
        return "ansible-inventory --list", "; ".join(inventory_faults(tree, project, file))
    if file in project.variable_files():
        return "ansible-inventory --list", lost_variables(tree, project, file)
    if file in project.playbooks():
        return "ansible-playbook --syntax-check", playbook_faults(project, file)
    if file.endswith(".j2"):
        return "jinja2", template_fault(tree, file)
    if re.match(r"roles/[^/]+/(tasks|handlers|defaults|vars|meta)/", inner):
        return "read by the playbooks' roles", role_fault(tree, project, inner)
    if re.match(r"(roles/[^/]+/)?files/", inner):
        return "copied as it is", "" if mentioned(tree, project, name) else "no task copies it"
    if file.endswith((".md", ".txt")) or name.startswith("."):
        return "not read by Ansible", ""
    return None, "stands where Ansible reads nothing"


def role_fault(tree, project, inner):
    """A role that no playbook uses is never read by --syntax-check."""
    role = inner.split("/")[1]
    if not mentioned(tree, project, role):
        return f"no playbook or role names the role {role}"
    try:
        yaml.safe_load(re.sub(r"!(unsafe|vault)\b", "", tree.text(f"{project.root}/{inner}".removeprefix("./"))))
    except yaml.YAMLError as error:
        return str(error)
    return ""


def mentioned(tree, project, word):
    texts = (tree.text(f) for f in project.files() if f.endswith((".yml", ".yaml")))
    return any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) for text in texts)


def check(tree, files):
    results = []
    for project in projects(tree):
        for file in project.files():
            if tree.ansible_root(file) != project.root or not claims(tree, file):
                continue
            question, fault = one(tree, project, file)
            results.append(verdict(file, NAME, fault, question))
    return results
