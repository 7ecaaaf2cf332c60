#!/usr/bin/env python3
"""Finds in compiler/ and emit/ what belongs into stdlib/ or into a lab.

Names of services (the kinds and file names of stdlib/std) may not occur in C++, or adding a
service would mean changing the compiler. Strings of the example (names, addresses, domains) may
not either, or the example might be what the compiler was made for. Exceptions, each with its
reason, are in names_allowed.txt.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICE_KIND = re.compile(r"^\s*kind\s+([A-Za-z0-9_-]+)\s+is\s+([A-Za-z0-9_.-]+)", re.M)
INSTANCE = re.compile(r"^\s*(?:planned\s+)?(node|network|cluster|person|service)\s+\"?([A-Za-z0-9-]+)", re.M)
ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b")
DOMAIN = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|eu|me|home|lan|cloud|example)\b")
# Addresses that mean the same in every lab.
EVERYWHERE = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "1.1.1.1", "8.8.8.8", "9.9.9.9"}
# Names so plain that finding them in C++ shows nothing.
PLAIN = {"home", "lan", "main", "default", "server", "storage", "network", "cluster", "hw", "door", "db"}


def hlab_text(folder):
    files = sorted((ROOT / folder).rglob("*.hlab"))
    return "\n".join(re.sub(r"(?m)#.*$", "", path.read_text(encoding="utf-8", errors="replace")) for path in files)


def service_names():
    names = set()
    for path in sorted((ROOT / "stdlib" / "std").rglob("*.hlab")):
        text = path.read_text(encoding="utf-8", errors="replace")
        kinds = {name for name, base in SERVICE_KIND.findall(text) if base.split(".")[-1] not in ("hardware", "storage")}
        names |= kinds
        if kinds:
            names.add(path.stem)
    return {name for name in names if len(name) > 2 and name not in PLAIN}


def example_strings():
    text = hlab_text("examples")
    library = hlab_text("stdlib")
    found = {name for _, name in INSTANCE.findall(text)} | set(ADDRESS.findall(text)) | set(DOMAIN.findall(text))
    known = set(re.findall(r"[A-Za-z0-9_.:-]+", library))
    return {word for word in found if len(word) > 3} - EVERYWHERE - PLAIN - known


def allowed():
    rows = []
    for line in (ROOT / "scripts" / "names_allowed.txt").read_text(encoding="utf-8").splitlines():
        words = line.split("#", 1)[0].split(None, 2)
        if len(words) >= 2:
            rows.append((words[0], words[1]))
    return rows


def pattern(words):
    body = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9_.-])(?:{body})(?![A-Za-z0-9_-])") if words else None


def search(what, words, exceptions):
    finder = pattern(words)
    faults = []
    for top in ("compiler", "emit"):
        for path in sorted((ROOT / top).rglob("*")):
            if not finder or path.suffix not in (".h", ".cpp", ".txt", ".in", ".inc"):
                continue
            file = path.relative_to(ROOT).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for match in finder.finditer(line):
                    word = match.group(0)
                    if not any(word == w and file.startswith(where) for w, where in exceptions):
                        faults.append(f"{file}:{number}: {word} is {what}")
    return faults


def main():
    services, example, exceptions = service_names(), example_strings(), allowed()
    faults = search("a service of stdlib/std", services, exceptions)
    faults += search("a string of the example", example, exceptions)
    print("\n".join(faults) if faults else
          f"names: none of {len(services)} services and {len(example)} strings of the examples in C++")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
