#!/usr/bin/env python3
"""Writes docs/reference: the rules, kinds and operations as the compiler tells them.

    scripts/reference.py build/release/hlab            writes docs/reference/{rules,kinds,builtins}.md
    scripts/reference.py --check build/release/hlab    exit status 1 where they are not current
"""

import json
import pathlib
import re
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
MADE = "<!-- Made by scripts/reference.py. Edit the declarations, not this file. -->\n\n"

CHAPTERS = {
    "HL0": "Files and the lock",
    "HL1": "Text",
    "HL2": "Names",
    "HL3": "Types and values",
    "HL4": "The lab",
    "HL5": "Order of start",
    "HL6": "Outputs",
    "HL7": "Secrets",
    "HL8": "Facts and the lock",
}


def told(hlab, *arguments):
    return subprocess.run([hlab, *arguments], check=True, capture_output=True, encoding="utf-8").stdout


def visible(text):
    """Characters that turn or hide what stands around them are named instead."""
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) == "Cf" else c for c in text)


def rules_page(hlab):
    page = ["# Rules\n\n", MADE]
    page.append("Everything that hlab can say about a lab. `hlab explain CODE` prints the same.\n")
    chapter = ""
    for rule in json.loads(told(hlab, "rules", "--format", "json"))["rules"]:
        if rule["code"][:3] != chapter:
            chapter = rule["code"][:3]
            page.append(f"\n## {CHAPTERS[chapter]}\n")
        text = told(hlab, "explain", rule["code"])
        body = text.split("\n", 2)[2].strip("\n")
        page.append(f"\n### {rule['code']} {rule['name']}\n\n")
        page.append(f"{rule['severity'].capitalize()}: {rule['title']}.\n\n{visible(body)}\n")
    return "".join(page)


RECEIVERS = {
    "String": "Texts", "[T]": "Lists", "Map<T>": "Maps", "Int": "Whole numbers", "Float": "Numbers with a point",
    "Ip": "Addresses", "Cidr": "Networks", "IpRange": "Ranges of addresses", "Bytes": "Sizes", "Cpu": "Processor time",
    "Duration": "Times", "Power": "Power", "Rate": "Rates", "Yaml": "Trees", "": "Functions",
}
ABOUT = {
    "Map<T>": "A dot before a bare name reads a key, so the operations of maps are called with `()`.",
    "Yaml": "A dot before a bare name reads a key. These are the only way from a tree to a value with a type; a value "
    "of another type is an error with its place.",
    "": "`load` reads files of the lab's folder while names are checked: its path is one text without `${...}`, and files "
    "outside the folder, or over 16 MiB, are errors. YAML is read as YAML 1.2 with its core schema (`no` is a text, "
    "`0o17` is 15), with merge keys (`<<`); a key that stands twice, a tag of one's own and a second document are "
    "errors. `null` stays what it is, and can be written to YAML and JSON again.",
}


def builtins_page(hlab):
    page = ["# Operations\n\n", MADE]
    page.append("What values can do by themselves (`name.upper`, `lan.cidr.host(20)`), and functions without a receiver. ")
    page.append("Operations without arguments need no parentheses. `T?` may be absent: `list.first ?? 5`. ")
    page.append("None of them fails silently: what has no result (a host that a network has not) is an error. ")
    page.append("`hlab builtins` prints this list.\n\nThe examples hold, with\n\n```hlab\n")
    page.append("fn ports() -> Map<Int> = { http = 80  https = 443 }\n")
    page.append('fn tree() -> Yaml = { name = "web"  port = 80  tls = true  tags = ["a", "b"] }\n'
                + 'fn host() -> Yaml = {\n  ip     = "10.0.0.9"\n  lan    = "10.0.0.0/24"\n  mac    = "dc:a6:32:01:02:03"\n'
                + '  memory = "4GiB"\n  lease  = "12h"\n}\n```\n')
    rows = json.loads(told(hlab, "builtins", "--format", "json"))["builtins"]
    for receiver, title in RECEIVERS.items():
        of = [row for row in rows if row["receiver"] == receiver]
        page.append(f"\n## {title}" + (f" (`{receiver}`)" if receiver else "") + "\n\n")
        if receiver in ABOUT:
            page.append(ABOUT[receiver] + "\n\n")
        page.append("| Operation | | Example |\n|---|---|---|\n")
        for row in of:
            page.append(f"| `{cell(row['signature'])}` | {cell(row['doc'])} | `{cell(row['example'])}` |\n")
    unnamed = {row["receiver"] for row in rows} - set(RECEIVERS)
    if unnamed:
        raise SystemExit(f"scripts/reference.py knows no title for operations of {sorted(unnamed)}")
    return "".join(page)


def cell(text):
    return text.replace("|", "\\|")


def as_written(heading, module, own):
    """A heading with the names of the module as a lab says them: `std.postgres`."""
    return " ".join(f"{module}.{word}" if word in own else word for word in heading.split(" "))


def kinds_page(hlab):
    page = ["# Kinds\n\n", MADE, "What a lab can declare, as `hlab doc` tells it. `stdlib/` holds the sources.\n"]
    for module, title in (("core", "The core"), ("std", "The library"), ("std.hw", "Hardware")):
        head, body = told(hlab, "doc", module).split("\n", 1)
        own = set(re.findall(r"(?m)^## (?:kind|record|fn) (\S+)", body)) if module != "core" else set()
        page.append(f"\n## {title}\n" + re.sub(r"(?m)^#(#.*)", lambda line: "##" + as_written(line[1], module, own), body))
    return "".join(page)


def main(arguments):
    check = "--check" in arguments
    rest = [argument for argument in arguments if argument != "--check"]
    if len(rest) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folder = ROOT / "docs" / "reference"
    stale = 0
    pages = {"rules.md": rules_page(rest[0]), "kinds.md": kinds_page(rest[0]), "builtins.md": builtins_page(rest[0])}
    for name, text in pages.items():
        path = folder / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if check:
            print(f"docs/reference/{name} is not current: run scripts/reference.py {rest[0]}")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
