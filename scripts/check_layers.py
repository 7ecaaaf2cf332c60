#!/usr/bin/env python3
"""Checks that includes go one way only.

compiler/layers.txt lists folders in order, lowest first; `#` begins a comment. A folder may
include from itself and from those on earlier lines; folders on one line may not include each
other. Besides, two libraries are kept behind walls: ANTLR and Boost.Graph.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
ANTLR = re.compile(r"(^|/)antlr4-|(^|/)Hlab(Parser|Lexer)\w*\.h$")
ANTLR_HOMES = ("compiler/syntax/", "grammar/")
GRAPH_HOME = "compiler/graph/"
SOURCES = ("compiler", "emit", "grammar")


def folder_of(name):
    """`base` means compiler/base; `emit/core` stays as it is."""
    return name if name.startswith(("compiler/", "emit/")) or name in SOURCES else f"compiler/{name}"


def read_layers(path):
    layers = {}
    for level, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        for name in line.split("#", 1)[0].split():
            layers[folder_of(name.strip("/"))] = level
    return layers


def layer_of(path, layers):
    """The longest listed folder that holds the path, or None."""
    parts = path.split("/")[:-1]
    for length in range(len(parts), 0, -1):
        folder = "/".join(parts[:length])
        if folder in layers:
            return folder
    return None


def wall(file, bracket, target):
    """Says why this include may not stand in this file, for the libraries behind walls."""
    if ANTLR.search(target) and not file.startswith(ANTLR_HOMES):
        return "ANTLR is included only under " + " and ".join(ANTLR_HOMES)
    if target.startswith("boost/graph/"):
        if not (file.startswith(GRAPH_HOME) and file.endswith(".cpp")):
            return f"Boost.Graph is included only in {GRAPH_HOME}*.cpp"
    if bracket == '"' and target.startswith(("./", "../")):
        return "includes are rooted at the repository"
    return None


def order(file, target, layers):
    here, there = layer_of(file, layers), layer_of(target, layers)
    if here is None:
        return "its folder is not in compiler/layers.txt"
    if there is None:
        return f"{target}: the folder is not in compiler/layers.txt"
    if here == there or layers[there] < layers[here]:
        return None
    return f"{here} may not include {target}: {there} is a later layer"


def check_file(path, layers):
    file = path.relative_to(ROOT).as_posix()
    faults = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        bracket, target = match.groups()
        why = wall(file, bracket, target)
        if why is None and layers and target.startswith(("compiler/", "emit/")):
            why = order(file, target, layers) if not file.startswith("grammar/") else None
        if why:
            faults.append(f"{file}:{number}: {why}")
    return faults


def main():
    listing = ROOT / "compiler" / "layers.txt"
    if not listing.is_file():
        print("compiler/layers.txt is missing: the order of the folders is not known")
        return 1
    layers = read_layers(listing)
    files = [p for top in SOURCES for p in sorted((ROOT / top).rglob("*")) if p.suffix in (".h", ".cpp")]
    faults = [fault for path in files for fault in check_file(path, layers)]
    faults += [f"compiler/layers.txt: there is no folder {name}" for name in layers if not (ROOT / name).is_dir()]
    print("\n".join(faults) if faults else f"layers: {len(files)} files, {len(layers)} folders, all in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
