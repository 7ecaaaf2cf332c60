"""Argo CD's own rules that no schema knows: what an Application points to is there, and allowed.

Argo CD can't be asked without a cluster; these are the checks that it makes before a sync.
"""

import fnmatch
import posixpath

from tree import verdict

NAME = "argocd"
GENERIC = True  # kubeconform reads the objects themselves


def claims(tree, file):
    return any(d for d in tree.documents.get(file) or [] if is_application(d))


def is_application(document):
    return isinstance(document, dict) and document.get("kind") == "Application" and \
        str(document.get("apiVersion", "")).startswith("argoproj.io/")


def missing(tree):
    return None


def sources_of(application):
    spec = application["spec"]
    return spec.get("sources") or [spec.get("source") or {}]


def dead_paths(tree, application):
    sources = sources_of(application)
    refs = {source["ref"] for source in sources if "ref" in source}
    for source in sources:
        path = source.get("path")
        if path is not None and not tree.under(path):
            yield f"the path {path} is not in the tree"
        for file in (source.get("helm") or {}).get("valueFiles", []):
            ref, _, rest = file.partition("/")
            if file.startswith("$") and ref[1:] not in refs:
                yield f"no source has `ref: {ref[1:]}`"
            elif file.startswith("$") and rest not in tree.files:
                yield f"{rest} is not in the tree"
        if "chart" in source and not source.get("targetRevision"):
            yield f"the chart {source['chart']} is not pinned"


def permits(project, namespace, server=None):
    """Whether one destination allows the namespace and none denies it, as `!NAME` does."""
    allowed = False
    for destination in project.get("destinations", []):
        if server is not None and not fnmatch.fnmatch(server, destination.get("server", "*")):
            continue
        pattern = destination.get("namespace", "*")
        if pattern.startswith("!"):
            if fnmatch.fnmatch(namespace, pattern[1:]):
                return False
        elif fnmatch.fnmatch(namespace, pattern):
            allowed = True
    return allowed


def not_allowed(application, projects):
    spec = application["spec"]
    name = spec.get("project", "default")
    if name == "default" and name not in projects:
        return
    if name not in projects:
        yield f"there is no AppProject {name}"
        return
    project = projects[name]["spec"]
    for source in sources_of(application):
        if not any(fnmatch.fnmatch(source.get("repoURL", ""), p) for p in project.get("sourceRepos", [])):
            yield f"the project {name} does not allow {source.get('repoURL')}"
    wanted = spec.get("destination", {})
    if not permits(project, wanted.get("namespace", ""), wanted.get("server", "")):
        yield f"the project {name} does not allow the namespace {wanted.get('namespace')}"


def outside_namespace(tree, application, projects):
    """Objects of another namespace than the Application's, in a project that does not allow it."""
    name = application["spec"].get("project", "default")
    project = projects.get(name, {}).get("spec", {})
    if not project.get("destinations"):
        return
    for source in sources_of(application):
        files = set(tree.under(source["path"])) if source.get("path") else set()
        for file, document in tree.objects():
            namespace = (document.get("metadata") or {}).get("namespace")
            if file in files and namespace and not permits(project, namespace):
                yield f"{file} is in the namespace {namespace}, which the project {name} does not allow"


def check(tree, files):
    # Engines of several clusters know nothing of one another: each reads a folder of its own.
    projects, seen = {}, {}
    for file, project in tree.objects("argoproj.io", "AppProject"):
        projects.setdefault(posixpath.dirname(file), {})[project["metadata"]["name"]] = project
    faults = {file: [] for file in files}
    for file, application in tree.objects("argoproj.io", "Application"):
        folder = posixpath.dirname(file)
        known = projects.get(folder, {})
        name = (folder, application["metadata"]["name"])
        if name in seen:
            faults[file].append(f"the Application {name[1]} stands in {seen[name]} too")
        seen[name] = file
        faults[file] += dead_paths(tree, application)
        faults[file] += not_allowed(application, known)
        faults[file] += outside_namespace(tree, application, known)
    return [verdict(file, NAME, "; ".join(told)) for file, told in faults.items()]
