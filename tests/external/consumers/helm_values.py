"""Helm values: each file that an Application or a HelmRelease hands to a chart, and inline values.

A chart whose schema is held is asked through it. Of the others the keys are compared with the
chart's own values.yaml: a key that it does not have would be ignored in silence, so it is a fault.
"""

import json
from pathlib import Path, PurePosixPath

import jsonschema
import yaml

from chart_keys import Chart
from tree import SHARED, missing_shared, verdict

NAME = "helm-values"
HERE = Path(__file__).resolve().parents[1]


def uses(tree):
    """(file with the values, or with the object; values or None; chart name; repository)."""
    for file, application in tree.objects("argoproj.io", "Application"):
        spec = application["spec"]
        for source in spec.get("sources") or [spec.get("source") or {}]:
            if "chart" not in source:
                continue
            helm = source.get("helm") or {}
            for path in helm.get("valueFiles", []):
                yield path.partition("/")[2] if path.startswith("$") else path, None, source["chart"], source["repoURL"]
            inline = helm.get("valuesObject") or (yaml.safe_load(helm["values"]) if helm.get("values") else None)
            if inline:
                yield file, inline, source["chart"], source["repoURL"]
    for file, release in tree.objects("helm.toolkit.fluxcd.io", "HelmRelease"):
        chart = ((release["spec"].get("chart") or {}).get("spec") or {}).get("chart")
        if chart and release["spec"].get("values"):
            yield file, release["spec"]["values"], chart, None
    for file, chart in tree.objects("helm.cattle.io", "HelmChart"):
        if chart["spec"].get("valuesContent"):
            yield file, yaml.safe_load(chart["spec"]["valuesContent"]), chart["spec"]["chart"], chart["spec"].get("repo")


def looks_like_values(file):
    path = PurePosixPath(file)
    return path.name in ("values.yaml", "values.yml") or path.name.endswith(("-values.yaml", ".values.yaml"))


def claims(tree, file):
    return not tree.in_chart(file) and (looks_like_values(file) or any(file == used[0] for used in uses(tree)))


def missing(tree):
    return missing_shared("charts/index.json")


def index_entry(name, repository):
    entries = json.loads((SHARED / "charts/index.json").read_text(encoding="utf-8"))
    mine = [entry for entry in entries if (entry["chart"] or {}).get("name") == name]
    exact = [e for e in mine if repository and repository.rstrip("/") in (e["chart"].get("repo_url"), e["chart"].get("oci_url"))]
    return (exact or mine or [None])[0]


def held(name, repository):
    """The chart's facts: from our own list, or from what ../shared holds. None if nobody knows it."""
    own = HERE / "chart_facts" / f"{name}.yaml"
    if own.is_file():
        return Chart(own, None, None)
    entry = index_entry(name, repository)
    files = (entry or {}).get("files") or {}
    if not files.get("values"):
        return None
    schema = files.get("schema")
    return Chart(SHARED / "charts" / files["values"], SHARED / "charts" / schema if schema else None, entry)


def merged(defaults, values):
    """As Helm does before it asks the schema: what is not set is the default, null takes a key away."""
    both = dict(defaults)
    for key, value in values.items():
        if value is None:
            both.pop(key, None)
        elif isinstance(value, dict) and isinstance(both.get(key), dict):
            both[key] = merged(both[key], value)
        else:
            both[key] = value
    return both


def schema_faults(chart, values):
    schema, values = chart.schema_tree, merged(chart.defaults, values)
    validator = jsonschema.validators.validator_for(schema, default=jsonschema.Draft7Validator)(schema)
    for error in sorted(validator.iter_errors(values), key=lambda e: list(map(str, e.absolute_path))):
        yield f"{'.'.join(map(str, error.absolute_path)) or 'values'}: {error.message}"


def faults(chart, values):
    if not isinstance(values, dict):
        return ["values are no map"], ""
    found = list(chart.unknown_keys(values))
    if chart.schema is None:
        return found, "keys"
    try:
        return found + list(schema_faults(chart, values)), "schema and keys"
    except Exception as error:  # noqa: BLE001  a reference in the schema that can't be followed offline
        if "Unresolvable" not in type(error).__name__ and "RefResolution" not in type(error).__name__:
            raise
        return found, "keys (its schema refers to the network)"


def check(tree, files):
    results, used = [], set()
    for file, inline, name, repository in uses(tree):
        used.add(file)
        if file not in tree.files:
            results.append(verdict(file, NAME, f"{name} is given this file, and it is not in the tree"))
            continue
        chart = held(name, repository)
        if chart is None:
            results.append(verdict(file, NAME, f"nothing is known of the chart {name}: it can't be called valid"))
            continue
        values = inline if inline is not None else (tree.documents[file] or [None])[0]
        told, how = faults(chart, values or {})
        results.append(verdict(file, NAME, "; ".join(told), f"{name}: {how}"))
    results += [verdict(file, NAME, "no chart is given these values") for file in files if file not in used]
    return results
