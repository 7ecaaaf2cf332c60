#!/usr/bin/env python3
"""Writes a C++ source and header that hold the bytes of the listed files.

Called by cmake/embed.cmake. The output depends on the files' relative paths and bytes only.
"""

import argparse
import pathlib

HEADER = """// Written by scripts/embed_files.py.
#pragma once

#include <span>

#include "compiler/load/embedded.h"

namespace hlab::embedded {{

std::span<const EmbeddedFile> {name}_files();

}}  // namespace hlab::embedded
"""


def literal(data: bytes) -> str:
    """String literals, one a source line; octal escapes are always three digits long."""
    pieces = []
    for line in data.splitlines(keepends=True) or [b""]:
        for start in range(0, len(line), 1000):
            pieces.append('"' + "".join(map(escaped, line[start : start + 1000])) + '"')
    return "\n     ".join(pieces) or '""'


def escaped(byte: int) -> str:
    char = chr(byte)
    if char in '"\\?':
        return "\\" + char
    if 0x20 <= byte < 0x7F:
        return char
    return f"\\{byte:03o}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--name", "--root", "--list", "--out"):
        parser.add_argument(option, required=True)
    args = parser.parse_args()
    root = pathlib.Path(args.root)
    listed = pathlib.Path(args.list).read_text(encoding="utf-8").splitlines()
    files = sorted((pathlib.Path(f).relative_to(root).as_posix(), pathlib.Path(f).read_bytes())
                   for f in listed if f)
    out = pathlib.Path(args.out)
    (out / "embedded").mkdir(parents=True, exist_ok=True)
    (out / "embedded" / f"{args.name}.h").write_text(HEADER.format(name=args.name))
    body = [f'#include "embedded/{args.name}.h"', "", "namespace hlab::embedded {"]
    if files:
        body += ["namespace {", "", "const EmbeddedFile kFiles[] = {"]
        for path, data in files:
            body.append(f"    {{{literal(path.encode())},\n     {{{literal(data)}, {len(data)}}}}},")
        body += ["};", "", "}  // namespace"]
    result = "kFiles" if files else "{}"
    body += ["", f"std::span<const EmbeddedFile> {args.name}_files() {{ return {result}; }}", ""]
    body += ["}  // namespace hlab::embedded", ""]
    (out / f"{args.name}.cpp").write_text("\n".join(body), encoding="ascii")


if __name__ == "__main__":
    main()
