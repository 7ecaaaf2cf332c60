"""A tree of emitted files, what a consumer may ask of it, and what consumers answer."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
OK, FAILED, SKIPPED = "ok", "FAILED", "skipped"


@dataclass
class Result:
    file: str
    consumer: str
    status: str
    detail: str = ""


class NoDuplicates(yaml.SafeLoader):
    """YAML 1.1 as PyYAML reads it, but the same key twice is an error and unknown tags pass."""


def mapping_without_duplicates(loader, node):
    seen = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (str, int, float, bool)) and key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        seen.add(key if isinstance(key, (str, int, float, bool)) else str(key))
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def any_tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


NoDuplicates.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping_without_duplicates)
NoDuplicates.add_multi_constructor("!", any_tag)


@dataclass
class Tree:
    root: Path
    lab: Path | None = None
    hlab: Path | None = None
    scratch: Path | None = None
    yaml_errors: dict = field(default_factory=dict)

    @cached_property
    def files(self):
        """Paths relative to the tree, in a stable order. A symbolic link is a file here."""
        found = []
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            for name in names + [f for f in folders if (Path(folder) / f).is_symlink()]:
                found.append((Path(folder) / name).relative_to(self.root).as_posix())
        return sorted(found)

    def path(self, file):
        return self.root / file

    def text(self, file):
        return self.path(file).read_text(encoding="utf-8")

    def under(self, folder):
        prefix = "" if folder in ("", ".") else folder.rstrip("/") + "/"
        return [file for file in self.files if file.startswith(prefix)]

    @cached_property
    def documents(self):
        """The documents of each YAML file, None where it can't be read (the error is kept)."""
        found = {}
        for file in self.files:
            if not file.endswith((".yaml", ".yml")) or self.in_chart(file):
                continue
            try:
                found[file] = list(yaml.load_all(self.text(file), Loader=NoDuplicates))
            except (yaml.YAMLError, UnicodeDecodeError) as error:
                self.yaml_errors[file] = " ".join(str(error).split())
                found[file] = None
        return found

    @cached_property
    def charts(self):
        return [str(Path(file).parent) for file in self.files if Path(file).name == "Chart.yaml"]

    def in_chart(self, file):
        return any(chart == "." or file.startswith(chart + "/") for chart in self.charts)

    @cached_property
    def ansible_roots(self):
        return [str(Path(file).parent) for file in self.files if Path(file).name == "ansible.cfg"]

    def ansible_root(self, file):
        for root in self.ansible_roots:
            if root == "." or file.startswith(root + "/"):
                return root
        return None

    def objects(self, api=None, kind=None):
        """(file, object) of each Kubernetes object in the tree, of a kind if one is asked for."""
        for file, documents in self.documents.items():
            for document in documents or []:
                if not is_object(document) or (kind and document["kind"] != kind):
                    continue
                if api and document["apiVersion"].split("/")[0] != api:
                    continue
                yield file, document


def is_object(document):
    if not isinstance(document, dict):
        return False
    return isinstance(document.get("apiVersion"), str) and isinstance(document.get("kind"), str)


def missing(*programs):
    """Why a consumer can't be asked: the programs that are not there."""
    gone = [program for program in programs if shutil.which(program) is None]
    return f"{', '.join(gone)} not installed" if gone else None


def missing_shared(*parts):
    gone = [part for part in parts if not (SHARED / part).exists()]
    return f"../shared/{gone[0]} is not there" if gone else None


def run(command, **options):
    """Runs a program without standard input; the caller looks at its status and both outputs."""
    options.setdefault("timeout", 300)
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)


def short(text, limit=600):
    """An error message as one line of bounded length."""
    line = re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;]*m", "", text)).strip()
    return line if len(line) <= limit else line[: limit - 3] + "..."


def verdict(file, consumer, problem, fine=""):
    return Result(file, consumer, FAILED, short(problem)) if problem else Result(file, consumer, OK, fine)
