#!/usr/bin/env python3
"""growth.py [N]: how the time of hlab grows where a lab says one thing N times, and 2N times.

Prints the processor time of both and their ratio: near 2 is linear, near 4 grows with the square. It judges nothing, for a
busy machine makes one ratio too large; what is large twice in a row is to be looked at.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HLAB = os.environ.get("HLAB", str(Path(__file__).resolve().parent.parent / "build/release/hlab"))
LAB = 'lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }\n'
SHELF = "kind shelf { n: Int = 1 }\n"


def times(n, line):
    """The line for each number; `{i}` is the number and `{j}` the one before it."""
    return "".join(line.replace("{i}", str(i)).replace("{j}", str(i - 1)) for i in range(1, n + 1))


def one_line(n, part):
    return " ".join(part.replace("{i}", str(i)) for i in range(1, n + 1))


def words(n):
    return "|".join(f"w{i}" for i in range(n))


#: What a lab may say many times, and which commands are measured.
SHAPES = {
    "declarations": lambda n: SHELF + times(n, "shelf s{i} { n = {i} }\n"),
    "kinds, each with a default": lambda n: times(n, "kind k{i} { n: Int }\ndefault k{i} { n = 1 }\nk{i} a{i}\n"),
    "fields of a kind": lambda n: "kind k {\n" + times(n, "  n{i}: Int = 1\n") + "}\nk a {}\n",
    "functions": lambda n: "fn f0() -> Int = 1\n" + times(n, "fn f{i}() -> Int = f0()\n"),
    "arms of a match": lambda n: f"kind k {{ x: {words(n)} = w1 }}\nfn f(a: &k by value) -> Int = match a.x {{\n"
                                 + "".join(f"  w{i} => {i}\n" for i in range(n)) + "}\nk a\n",
    "a chain of values": lambda n: SHELF + "shelf s0 {}\n" + times(n, "shelf s{i} { n = s{j}.n }\n"),
    "the same, backwards": lambda n: SHELF + "".join(f"shelf s{i} {{ n = s{i - 1}.n }}\n" for i in range(n, 0, -1)) + "shelf s0 {}\n",
    "a chain of records": lambda n: "record r { s: r? }\nkind k { r: r }\nk a0 {}\n" + times(n, "k a{i} { r { s = a{j}.r } }\n"),
    "entries of a map": lambda n: "kind k { m: Map<Int> }\nk a {\n" + times(n, "  m.x{i} = 1\n") + "}\n",
    "entries of a tree": lambda n: "kind k { y: Yaml? }\nk a {\n" + times(n, "  y.a.b.x{i} = 1\n") + "}\n",
    "reads of a large map": lambda n: 'kind k { m: Map<Int> }\nk a { ' + f'for i in 1..{n} {{ m."x${{i}}" = i }}' + " }\n"
                                      + f'kind l {{ n: [Int] = [a.m["x${{i}}"] for i in 1..{n}] }}\nl b\n',
    "unique lists": lambda n: f"kind k {{ n: Int = [[i] for i in 1..{n}].unique.length }}\nk a\n",
    "claims": lambda n: "kind store { offers room(name: DnsLabel): room {} }\nkind room {}\nkind user { r: &room }\nstore main {}\n"
                        + times(n, 'user u{i} { r = main.room("u{i}") }\n'),
    "files": lambda n: times(n, 'file "d/f{i}.txt" { content = "x" }\n'),
    "overrides of a site": lambda n: SHELF + times(n, "shelf s{i} {}\n") + "site cabin of home {\n"
                                     + times(n, "  override shelf.s{i}.n 1 -> 2\n") + "}\n",
    "tests": lambda n: SHELF + "shelf s {}\n" + times(n, 'test "t{i}" { expect s.n == 1 }\n'),
    "allow": lambda n: times(n, 'allow HL4010 "reason {i}"\n'),
    "unknown names": lambda n: SHELF + times(n, "shelf s{i} { n = r{i}.n }\n"),
    "one name in many kinds": lambda n: times(n, "kind k{i} { n: Int = 1 }\nk{i} same {}\n"),
    "what is taken out of a map": lambda n: "kind k { m: Map<Int> }\nkind l is k {\n" + times(n, "  m.x{i} = 1\n") + "}\nl a {\n"
                                            + times(n, "  unset m.x{i}\n") + "}\n",
    "networks of one range": lambda n: times(n, "network n{i} { cidr = 10.0.0.0/24 }\n"),
    "asserted paths": lambda n: "".join(f"network n{i} {{ cidr = 10.{i // 256}.{i % 256}.0/24 }}\n" for i in range(n + 1))
                                + times(n, "assert no path n{i} -> n{j}\n"),
    "paths that are not there": lambda n: "".join(f"network n{i} {{ cidr = 10.{i // 256}.{i % 256}.0/24 }}\n" for i in range(n + 1))
                                          + times(n, "assert path n{i} -> n{j}\n"),
    "fields by their old names": lambda n: "kind k {\n" + times(n, "  n{i}: Int = 1\n  deprecated o{i} -> n{i}\n") + "}\nk a {\n"
                                           + times(n, "  o{i} = 2\n") + "}\n",
    "waivers in a body": lambda n: SHELF + "shelf s {\n" + times(n, '  allow HL4010 "reason {i}"\n') + "}\n",
    "unknown words": lambda n: f"kind k {{ x: {words(n)} = w1 }}\n" + times(n, "k a{i} { x = v{i} }\n"),
    "a list on one line": lambda n: "kind k { l: [Int] }\nk a { l = [" + one_line(n, "{i},") + "] }\n",
    "a run of `?`": lambda n: f"kind k {{ n: Int{'?' * n} }}\n",
    "a run of `a=`": lambda n: SHELF + f"shelf s {{ {'a=' * n} }}\n",
    "a run of `=>`": lambda n: SHELF + f"shelf s {{ n = {'=>' * n} }}\n",
    "a body on one line": lambda n: "kind k { m: Map<Int> }\nk a { " + one_line(n, "m.x{i} = 1 ") + "}\n",
}


def seconds(arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run([HLAB, *arguments], capture_output=True, check=False, timeout=300)
    except subprocess.TimeoutExpired:
        return float("nan")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(shape, n):
    """Of `check`, `fmt` and `show --blame`: the least of three, at n and at 2n."""
    with tempfile.TemporaryDirectory() as folder:
        labs = []
        for size in (n, 2 * n):
            lab = Path(folder) / str(size)
            lab.mkdir()
            (lab / "lab.hlab").write_text(LAB + shape(size))
            labs.append(lab)
        for command in (["check"], ["fmt", "--check"], ["show", "--blame"]):
            rounds = [[seconds([*command, lab]) for lab in labs] for _ in range(3)]
            yield [min(times) for times in zip(*rounds)]


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{'growth: seconds and ratio':<30}{f'check({n:,})':>15}{f'({2 * n:,})':>11}{'fmt':>16}{'show --blame':>25}")
    for name, shape in SHAPES.items():
        cells = [f"{small:10.2f}{large:8.2f}{large / small if small else 0:6.1f}x" for small, large in measure(shape, n)]
        print(f"{name:<30}{''.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
