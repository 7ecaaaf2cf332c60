"""An Ansible project inside a tree: how its programs are run, and what its folders hold."""

import os
import re
from pathlib import PurePosixPath

import yaml

from tree import run


class Keep(yaml.SafeLoader):
    """Reads !unsafe and !vault scalars as text."""


def as_text(loader, _suffix, node):
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


Keep.add_multi_constructor("!", as_text)


class Project:
    def __init__(self, tree, root):
        self.tree, self.root = tree, root
        self.path = tree.root if root == "." else tree.path(root)

    def environment(self):
        home = self.tree.scratch / "ansible-home"
        home.mkdir(exist_ok=True)
        return {
            "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_CONFIG": str(self.path / "ansible.cfg"), "ANSIBLE_HOME": str(home),
            "ANSIBLE_LOCAL_TEMP": str(home / "tmp"), "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "True",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "True", "ANSIBLE_DEPRECATION_WARNINGS": "True",
            "ANSIBLE_DEVEL_WARNING": "False", "ANSIBLE_RETRY_FILES_ENABLED": "False",
        }

    def run(self, command):
        return run(command, cwd=self.path, env=self.environment())

    def files(self):
        return self.tree.under(self.root)

    def inside(self, file):
        """The file's path within the project."""
        return file if self.root == "." else file[len(self.root) + 1 :]

    def playbooks(self):
        """Files whose documents are lists of plays."""
        found = []
        for file in self.files():
            inner = self.inside(file)
            if not file.endswith((".yml", ".yaml")) or re.match(r"(roles|group_vars|host_vars|collections)/", inner):
                continue
            document = read(self.tree, file)
            if isinstance(document, list) and document and all(
                isinstance(play, dict) and ("hosts" in play or "ansible.builtin.import_playbook" in play) for play in document
            ):
                found.append(file)
        return found

    def inventories(self):
        """What ansible.cfg calls the inventory, or the usual names."""
        match = re.search(r"(?m)^\s*inventory\s*=\s*(.+)$", (self.path / "ansible.cfg").read_text(encoding="utf-8"))
        names = [name.strip() for name in match.group(1).split(",")] if match else ["inventory", "hosts.yml", "inventory.yml"]
        found = []
        for name in names:
            path = self.path / name
            if path.is_dir():
                found += [p for p in sorted(path.iterdir()) if p.is_file()]
            elif path.is_file():
                found.append(path)
        return [p.resolve().relative_to(self.tree.root).as_posix() for p in found if p.name != ".hlab"]

    def variable_files(self):
        return [f for f in self.files() if re.search(r"(^|/)(group_vars|host_vars)/", self.inside(f))]

    def collections(self):
        """Those that the playbooks need, by their requirements file."""
        for name in ("requirements.yml", "collections/requirements.yml"):
            path = self.path / name
            if path.is_file():
                wanted = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("collections") or []
                return [c["name"] if isinstance(c, dict) else c for c in wanted]
        return []


def projects(tree):
    return [Project(tree, root) for root in tree.ansible_roots]


def read(tree, file):
    try:
        return yaml.load(tree.text(file), Loader=Keep)
    except yaml.YAMLError:
        return None


def hosts_written(tree, file):
    """Names of hosts that a YAML inventory writes, found without Ansible."""
    found = set()

    def walk(group):
        if isinstance(group, dict):
            found.update((group.get("hosts") or {}).keys())
            for child in (group.get("children") or {}).values():
                walk(child)

    for group in (read(tree, file) or {}).values():
        walk(group)
    return found


def stem(file):
    return PurePosixPath(file).name.removesuffix(".yaml").removesuffix(".yml")


