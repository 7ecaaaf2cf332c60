#!/usr/bin/env python3
"""Holds the specification and its conformance suite together.

docs/language/*.md has rules, one a list item: `- **[TYPE-12]** A sentence. [types/ranges]`. The last word names
the case, tests/cases/language/types/ranges.hlab (or a file of the project: [tests/unit/x_test.cpp]), in which a line
`# rule TYPE-12` stands before what shows it. Complains where a rule has no case, a case no rule, a case shows nothing,
a code that the rule names is not seen under its mark, a rule stands twice, or a diagnostic is named that does not exist.

--write puts the links of the cases at the end of each chapter. --root DIR looks at another tree."""
import argparse
import pathlib
import re
import sys

RULE = re.compile(r"^- \*\*\[([A-Z]+-\d+)\]\*\* ?")
CASE_OF_RULE = re.compile(r"\[([a-z0-9_/.]+)\]$")
MARK = re.compile(r"^(?:#|//) rule ([A-Z]+-\d+)\s*$")
CODE = re.compile(r"\bHL\d{4}\b")
LINKS = "<!-- cases -->"
# What makes a case able to fail.
SHOWN = re.compile(r"# (?:error|warning) HL\d{4}|^# value |^\s*(?:CHECK|REQUIRE)|\bself\.(?:assert|ask|one_error)")


def rules_of(chapter):
    """(id, whole text) of the rules of a chapter, in order."""
    found, current = [], None
    for line in chapter.read_text(encoding="utf-8").split(LINKS)[0].splitlines():
        begins = RULE.match(line)
        if begins:
            current = [begins[1], line]
            found.append(current)
        elif current and line.startswith("  ") and not line.strip().startswith("```"):
            current[1] += " " + line.strip()
        else:
            current = None
    return [(name, text.strip()) for name, text in found]


def case_path(root, named):
    if named.startswith("tests/"):
        return root / named
    return root / "tests/cases/language" / f"{named}.hlab"


def sections_of(case):
    """Rule -> the lines after its mark that can fail, as one text."""
    sections, current = {}, None
    for line in case.read_text(encoding="utf-8", errors="replace").splitlines():
        mark = MARK.match(line.strip())
        if mark:
            current = mark[1]
            sections.setdefault(current, "")
        elif current and SHOWN.search(line):
            sections[current] += line + "\n"
    return sections


def codes_of(root):
    known = set()
    for folder in ("compiler", "emit", "stdlib"):
        for path in (root / folder).rglob("*"):
            if path.suffix in (".h", ".cpp", ".hlab"):
                known.update(CODE.findall(path.read_text(encoding="utf-8")))
    return known


def links(chapter, root):
    """The chapter with the links of its cases at the end."""
    text = chapter.read_text(encoding="utf-8").split(LINKS)[0].rstrip() + "\n"
    named = sorted({CASE_OF_RULE.search(rule)[1] for _, rule in rules_of(chapter) if CASE_OF_RULE.search(rule)})
    if not named:
        return text
    text += f"\n{LINKS}\n\n"
    for case in named:
        path = case_path(root, case).relative_to(root)
        text += f"[{case}]: ../../{path.as_posix()}\n"
    return text


def problems(root):
    found, home, promised = [], {}, {}
    chapters = sorted((root / "docs/language").glob("*.md"))
    codes = codes_of(root)
    for chapter in chapters:
        for name, text in rules_of(chapter):
            case = CASE_OF_RULE.search(text)
            if name in home:
                found.append(f"{chapter.name}: {name} stands twice")
            elif not case:
                found.append(f"{chapter.name}: {name} names no case")
            promised.setdefault(name, set(CODE.findall(text)))
            home.setdefault(name, case_path(root, case[1]) if case else None)
        named = {code for code in CODE.findall(chapter.read_text(encoding="utf-8")) if not code.startswith("HL9")}  # a lab's own
        for code in sorted(named - codes):
            found.append(f"{chapter.name}: there is no diagnostic {code}")
        if links(chapter, root) != chapter.read_text(encoding="utf-8"):
            found.append(f"{chapter.name}: the links at the end are stale: scripts/conformance.py --write")
    cases = {path: sections_of(path) for path in sorted((root / "tests/cases/language").rglob("*.hlab"))}
    for path in sorted({case for case in home.values() if case}):
        if not path.exists():
            found.append(f"{path.relative_to(root)}: a rule names it, and it is not there")
        elif path not in cases:
            cases[path] = sections_of(path)
    for path, sections in cases.items():
        shown = path.relative_to(root)
        if not sections:
            found.append(f"{shown}: shows no rule")
        for name, asserts in sections.items():
            if name not in home:
                found.append(f"{shown}: there is no rule {name}")
            elif home[name] not in (None, path):
                found.append(f"{shown}: {name} names another case")
            elif not asserts:
                found.append(f"{shown}: nothing under `rule {name}` can fail")
            else:
                for code in sorted(promised[name] - set(CODE.findall(asserts))):
                    found.append(f"{shown}: {code} is not shown under `rule {name}`")
    for name, path in home.items():
        if path and path.exists() and name not in cases[path]:
            found.append(f"{path.relative_to(root)}: has no line `# rule {name}`")
    if not home:
        found.append("docs/language has no rules")
    return found, len(home), len(cases)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    root = options.root.resolve()
    if options.write:
        for chapter in sorted((root / "docs/language").glob("*.md")):
            chapter.write_text(links(chapter, root), encoding="utf-8")
    found, rules, cases = problems(root)
    for problem in found:
        print(problem)
    print(f"{rules} rules, {cases} cases, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
