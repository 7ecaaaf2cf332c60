"""Tailscale's access policy: read by Tailscale's own HuJSON, held against a schema, and its tests tried.

Tailscale tries the tests when the file is saved, and one that fails rejects the whole file. Here they are
tried by a reading of the rules of our own: everything is shut, grants and acls open, nothing shuts again.
"""

import ipaddress
import json
import re

import jsonschema

from consumers.json_files import no_twice, refuse
from tree import SHARED, missing as missing_programs, missing_shared, run, verdict

NAME = "tailscale"
READER = "hujson-reader"
SCHEMA = "schemas/own/tailscale-policy.schema.json"
AUTOGROUPS = {
    "autogroup:admin", "autogroup:danger-all", "autogroup:internet", "autogroup:member", "autogroup:nonroot",
    "autogroup:owner", "autogroup:self", "autogroup:shared", "autogroup:tagged",
}


def claims(tree, file):
    return file.endswith(".hujson")


def missing(tree):
    return missing_programs(READER) or missing_shared(SCHEMA)


class Fault(Exception):
    """Why Tailscale would refuse the file."""


class Policy:
    def __init__(self, data):
        self.data = data
        self.groups = data.get("groups", {})
        self.owners = data.get("tagOwners", {})
        self.hosts = {}
        for name, address in data.get("hosts", {}).items():
            try:
                self.hosts[name] = ipaddress.ip_network(address)
            except ValueError as error:
                raise Fault(f"host {name}: {error}") from error
        self.rules = list(self.read_rules())

    def read_rules(self):
        """(sources, destinations, opened): `opened` is a list of (protocol or None, first, last)."""
        for grant in self.data.get("grants", []):
            if "ip" in grant:
                yield grant["src"], grant["dst"], [self.opened(spec) for spec in grant["ip"]]
        for acl in self.data.get("acls", []):
            for target in acl["dst"]:
                name, _, ports = target.rpartition(":")
                proto = acl.get("proto")
                yield acl["src"], [name], [self.opened(f"{proto}:{p}" if proto else p) for p in ports.split(",")]

    @staticmethod
    def opened(spec):
        proto, _, ports = spec.rpartition(":")
        if ports == "*":
            return proto or None, 0, 65535
        first, _, last = ports.partition("-")
        if not 0 < int(first) <= int(last or first) <= 65535:
            raise Fault(f"there are no ports {spec}")
        return proto or None, int(first), int(last or first)

    def network(self, name):
        if name in self.hosts:
            return self.hosts[name]
        try:
            return ipaddress.ip_network(name)
        except ValueError:
            return None

    def check_name(self, name, where):
        """That a name in a rule means something."""
        if name == "*" or name in AUTOGROUPS or "@" in name:
            return
        known = {"tag:": self.owners, "group:": self.groups}
        for prefix, table in known.items():
            if name.startswith(prefix):
                if name not in table:
                    raise Fault(f"{where}: nobody declares {name}")
                return
        if self.network(name) is None:
            raise Fault(f"{where}: {name} is no user, tag, group, host or address")

    def check_names(self):
        for group, members in self.groups.items():
            for member in members:
                if "@" not in member:
                    raise Fault(f"{group}: {member} is no user")
        for tag, owners in self.owners.items():
            for owner in owners:
                self.check_name(owner, tag)
        for sources, targets, _ in self.rules:
            for name in [*sources, *targets]:
                self.check_name(name, "a rule")
        for rule in self.data.get("ssh", []):
            for name in [*rule["src"], *rule["dst"]]:
                self.check_name(name, "ssh")
            if rule["action"] == "check" and any(name.startswith("tag:") for name in rule["src"]):
                raise Fault("ssh: a machine cannot be asked who it is")
        approvers = self.data.get("autoApprovers", {})
        for route, names in approvers.get("routes", {}).items():
            ipaddress.ip_network(route)
            for name in names:
                self.check_name(name, f"autoApprovers of {route}")
        for name in approvers.get("exitNode", []):
            self.check_name(name, "autoApprovers of exit nodes")

    def identity(self, source):
        """All names by which rules may mean the source."""
        if "@" in source:
            return {source, "*", "autogroup:member"} | {g for g, users in self.groups.items() if source in users}
        return {source, "*"}

    def is_meant(self, rule_target, target):
        if rule_target in ("*", target):
            return True
        ours, theirs = self.network(target), self.network(rule_target)
        if ours is None or ours.version != getattr(theirs, "version", None):
            return rule_target == "autogroup:internet" and ours is not None and ours.is_global
        return ours.subnet_of(theirs)

    def is_open(self, source, proto, target, port):
        identity = self.identity(source)
        return any(
            identity & set(sources)
            and any(self.is_meant(name, target) for name in targets)
            and any(by in (None, proto) and first <= port <= last for by, first, last in opened)
            for sources, targets, opened in self.rules)

    def try_test(self, test):
        source = test["src"]
        if source.startswith("autogroup:"):
            raise Fault(f"tests: {source} cannot be tried")
        self.check_name(source, "tests")
        if not test.get("accept") and not test.get("deny"):
            raise Fault(f"tests: nothing is tried for {source}")
        for wanted, targets in ((True, test.get("accept", [])), (False, test.get("deny", []))):
            for target in targets:
                name, _, port = target.rpartition(":")
                if not re.fullmatch(r"[0-9]+", port) or name.startswith("autogroup:"):
                    raise Fault(f"tests: {target} is no target with a port")
                self.check_name(name, "tests")
                protos = [test["proto"]] if "proto" in test else ["tcp", "udp"]
                if any(self.is_open(source, proto, name, int(port)) for proto in protos) != wanted:
                    raise Fault(f"test failed: {source} {'cannot reach' if wanted else 'reaches'} {target}")


def problem_of(tree, file):
    read = run([READER], input=tree.text(file))
    if read.returncode != 0:
        return read.stderr
    try:
        data = json.loads(read.stdout, object_pairs_hook=no_twice, parse_constant=refuse)
        schema = json.loads((SHARED / SCHEMA).read_text(encoding="utf-8"))
        for error in jsonschema.Draft7Validator(schema).iter_errors(data):
            return f"{error.json_path}: {error.message}"
        policy = Policy(data)
        policy.check_names()
        if not data.get("tests"):
            return "it states no test"
        for test in data["tests"]:
            policy.try_test(test)
    except (ValueError, Fault) as error:
        return str(error)
    return ""


def check(tree, files):
    return [verdict(file, NAME, problem_of(tree, file)) for file in files]
