"""Charts of our own: helm lints and renders each, the result is read by kubeconform."""

import os

from consumers import kubernetes
from tree import missing as missing_programs, run, verdict

NAME = "helm"


def claims(tree, file):
    return tree.in_chart(file)


def missing(tree):
    return missing_programs("helm") or kubernetes.missing(tree)


def problem_of(tree, chart):
    environment = dict(os.environ, HOME=str(tree.scratch))
    lint = run(["helm", "lint", "--strict", tree.path(chart)], env=environment)
    if lint.returncode:
        return lint.stdout + lint.stderr
    rendered = run(["helm", "template", "test", tree.path(chart)], env=environment)
    return rendered.stderr if rendered.returncode else kubernetes.check_text(tree, rendered.stdout)[0]


def check(tree, files):
    results = []
    for chart in tree.charts:
        problem = problem_of(tree, chart)
        results += [verdict(file, NAME, problem, f"rendered as part of {chart}") for file in tree.under(chart)]
    return results
