"""Tables of NixOS options: does an option exist, and does a value fit its type?"""

import json
import re

_SIMPLE = {
    "bool": lambda v: isinstance(v, bool),
    "int": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "port": lambda v: isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 65535,
    "str": lambda v: isinstance(v, str),
    "lines": lambda v: isinstance(v, str),
    "non-empty str": lambda v: isinstance(v, str) and v != "",
    "path": lambda v: isinstance(v, dict) and "file" in v or isinstance(v, str) and v[:1] == "/",
    "package": lambda v: isinstance(v, dict) and "package" in v,
    "list": lambda v: isinstance(v, list),
    "null": lambda v: v is None,
    "attrs": lambda v: isinstance(v, dict),
}


def has_part(kind, parts):
    """True where a value of the type may hold this part: a field of a record, a name of a set."""
    record = re.search(r"\{([^}]*)\}", kind)
    if record:
        return parts[0] in re.findall(r"(\w+)\??(?=[:;]|\s*$|\?)", record.group(1))
    return kind == "any" or "attrs" in kind


def fits(value, kind):
    """True where the value is of the type, or the table's wording is not one that we read."""
    if kind.startswith("list of "):
        return isinstance(value, list) and all(fits(item, kind[8:]) for item in value)
    if kind.startswith("enum "):
        return value in kind[5:].split("|")
    if kind.startswith("{"):
        return isinstance(value, dict)
    choices = kind.split(" or ")
    known = [choice for choice in choices if choice in _SIMPLE]
    if len(known) < len(choices):
        return True
    return any(_SIMPLE[choice](value) for choice in known)


class OptionTable:
    """Options as a tree by the parts of their names; `<n>` stands for any name."""

    def __init__(self, files):
        self.root = {}
        for name in files:
            with open(name, encoding="utf-8") as handle:
                for row in json.load(handle)["options"]:
                    self._add(row["option"].split("."), row["type"])

    def _add(self, parts, kind):
        here = self.root
        for part in parts:
            here = here.setdefault(part, {})
        here[None] = kind

    def find(self, path):
        """The type of the option that holds this leaf, and how many parts its name has."""
        branches = [(self.root, 0)]
        while branches:
            here, depth = branches.pop()
            if depth < len(path):
                branches += [(here[p], depth + 1) for p in ("<n>", path[depth]) if p in here]
                found = any(p in here for p in ("<n>", path[depth]))
                if found or None not in here:
                    continue
            if None in here:
                return here[None], depth
        return None, 0
