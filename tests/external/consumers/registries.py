"""Files of tools whose structure ../shared/schemas describes: asked through the schema."""

import json
import re

import jsonschema

from tree import SHARED, missing_shared, verdict

NAME = "schema"
# A path's form, and the schema of such files.
SCHEMAS = (
    (r"(^|/)registries\.ya?ml$", "own/k3s-registries.schema.json"),
    (r"(^|/)\.ansible-lint$", "ansible/ansible-lint-config.json"),
    (r"(^|/)requirements\.ya?ml$", "ansible/requirements.json"),
    (r"(^|/)user-data(\.ya?ml)?$|(^|/)cloud-config\.ya?ml$", "cloud-init/schema-cloud-config-v1.json"),
    (r"(^|/)network-config(\.ya?ml)?$", "cloud-init/schema-network-config-v2.json"),
    (r"(^|/)(docker-)?compose\.ya?ml$", "json/compose-spec.json"),
    (r"(^|/)\.github/workflows/[^/]+\.ya?ml$", "json/github-workflow.json"),
    (r"(^|/)\.pre-commit-config\.ya?ml$", "json/pre-commit-config.json"),
    (r"(^|/)tailscale-policy\.json$", "own/tailscale-policy.schema.json"),
    (r"(^|/)cloudflared[^/]*\.ya?ml$", "own/cloudflared-config.schema.json"),
    (r"(^|/)\.yamllint(\.ya?ml)?$", "json/yamllint.json"),
    (r"(^|/)renovate\.json$", "json/renovate-43.json"),
)


def schema_of(file):
    return next((schema for form, schema in SCHEMAS if re.search(form, file)), None)


def claims(tree, file):
    return schema_of(file) is not None


def missing(tree):
    return missing_shared("schemas/README.md")


def documents(tree, file):
    if file.endswith(".json"):
        return [json.loads(tree.text(file))]
    if file in tree.documents:
        return tree.documents[file] or [None]
    import yaml

    return list(yaml.safe_load_all(tree.text(file)))


def check(tree, files):
    results = []
    for file in files:
        schema = json.loads((SHARED / "schemas" / schema_of(file)).read_text(encoding="utf-8"))
        kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft7Validator)
        told = [
            f"{'.'.join(map(str, error.absolute_path)) or 'file'}: {error.message}"
            for document in documents(tree, file)
            for error in kind(schema).iter_errors(document)
        ]
        results.append(verdict(file, NAME, "; ".join(told), schema_of(file)))
    return results
