"""What keys a chart's values may have, from its values.yaml: keys, commented-out keys, sub-charts."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from tree import SHARED

OPEN_MAPS = Path(__file__).resolve().parent / "chart_facts/open_maps.yaml"
COMMENTED = re.compile(r"^\s*#+\s*(?:-\s*)?([A-Za-z][\w.-]*):(?:\s|$)", re.M)


@dataclass
class Chart:
    values: Path
    schema: Path | None
    entry: dict | None

    @cached_property
    def text(self):
        return self.values.read_text(encoding="utf-8")

    @cached_property
    def defaults(self):
        return yaml.safe_load(self.text) or {}

    @cached_property
    def schema_tree(self):
        return json.loads(self.schema.read_text(encoding="utf-8")) if self.schema else {}

    @cached_property
    def commented(self):
        """Keys that stand in a comment, anywhere: charts write optional keys so."""
        return set(COMMENTED.findall(self.text))

    @cached_property
    def open_maps(self):
        listed = yaml.safe_load(OPEN_MAPS.read_text(encoding="utf-8"))
        return set(listed.get(((self.entry or {}).get("chart") or {}).get("name"), []))

    @cached_property
    def subcharts(self):
        if not self.entry:
            return set()
        deps = self.entry["chart"].get("dependencies") or []
        return {d.get("alias") or d["name"] for d in deps if isinstance(d, dict)} | {d for d in deps if isinstance(d, str)}

    @cached_property
    def known_paths(self):
        """Keys that whoever read the chart wrote down: dotted, `[]` for an element, `<x>` for a name."""
        found = []
        for value in ((self.entry or {}).get("values_keys") or {}).values():
            for path in value if isinstance(value, list) else [value]:
                if isinstance(path, str):
                    path = path.replace("\\.", "\0").replace("[]", "")
                    found.append([part.replace("\0", ".") for part in path.split(".")])
        return found

    def unknown_keys(self, values):
        yield from self._unknown(values, self.defaults, ())

    def _listed(self, path):
        return any(
            len(known) >= len(path) and all(k == p or k.startswith("<") for k, p in zip(known, path))
            for known in self.known_paths
        )

    def _unknown(self, values, defaults, path):
        for key, value in values.items():
            here = (*path, key)
            if ".".join(path) in self.open_maps:
                return
            if key in defaults:
                inner = defaults[key]
            elif not path and (key in self.subcharts or key == "global"):
                yield from self._subchart(key, value, here)
                continue
            elif config_body(defaults) and isinstance(key, str) and "." in key:
                continue
            elif self._listed(here) or key in self.commented or described(self.schema_tree, here):
                continue
            else:
                yield f"the chart has no value {'.'.join(map(str, here))}"
                continue
            if not path and key in self.subcharts:
                yield from self._subchart(key, value, here)
            elif isinstance(value, dict) and isinstance(inner, dict) and inner:
                yield from self._unknown(value, inner, here)
            elif isinstance(inner, dict) and inner and value is not None and not isinstance(value, dict):
                yield f"{'.'.join(map(str, here))} is a map in the chart"

    def _subchart(self, name, values, path):
        """A sub-chart's own values, if they are held; what the parent sets for it counts too."""
        file = SHARED / "charts" / name / "values.yaml"
        if not file.is_file() or not isinstance(values, dict):
            return
        own = Chart(file, None, None)
        mine = self.defaults.get(name)
        merged = {**own.defaults, **(mine if isinstance(mine, dict) else {}), "enabled": None, "global": {}}
        own.__dict__["commented"] = own.commented | self.commented
        yield from (fault for fault in own._unknown(values, merged, path))


def config_body(defaults):
    """The body of a ConfigMap, where any setting of the program may stand: its keys have dots."""
    return any("." in str(key) for key in defaults)


def resolve(schema, node):
    """Follows local references."""
    for _ in range(20):
        if not (isinstance(node, dict) and str(node.get("$ref", "")).startswith("#/")):
            break
        target = schema
        for part in node["$ref"][2:].split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node if isinstance(node, dict) else {}


def described(schema, path):
    """Does the schema describe a value at this path?"""
    nodes = [resolve(schema, schema)]
    for key in path:
        inner = []
        for node in nodes:
            branches = [node] + [resolve(schema, b) for word in ("allOf", "anyOf", "oneOf") for b in node.get(word, [])]
            for branch in branches:
                for candidate in (branch.get("properties", {}).get(key), branch.get("additionalProperties")):
                    if isinstance(candidate, dict):
                        inner.append(resolve(schema, candidate))
                inner += [resolve(schema, s) for p, s in branch.get("patternProperties", {}).items() if re.search(p, key)]
        if not inner:
            return False
        nodes = inner
    return True
