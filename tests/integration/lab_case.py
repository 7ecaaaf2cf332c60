"""What the tests of the program start from: the program, folders of their own, and trees compared as bytes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HLAB = Path(os.environ.get("HLAB", ROOT / "build/release/hlab")).resolve()
EXAMPLE = ROOT / "examples/nixos-pi-argocd"
TOOLS = ROOT / "build/tools"
#: More than any run takes; one under a sanitizer takes ten times as long.
SECONDS = 300 if "ASAN_OPTIONS" in os.environ else 30
#: Pages that test_tutorial.py runs line by line.
RUN_PAGES = [
    "docs/tutorial.md",
    "docs/tutorial-2.md",
    *(f"docs/howto/{name}.md" for name in ("certificates", "storage", "foreign", "one-machine", "clusters-and-sites", "versions",
                                         "renaming", "git", "guests",
                                         "existing", "services", "tailnet", "where-from",
                                         "wireguard", "rented", "monitoring")),
]


class Answer:
    """One run of the program."""

    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def text(self):
        return self.out + self.err

    def json(self):
        return json.loads(self.out)

    def codes(self):
        return [diagnostic["code"] for diagnostic in self.json()["diagnostics"]]


def hlab(*arguments, **options):
    """Runs the program; bytes that are no UTF-8 show as replacement characters."""
    options.setdefault("timeout", SECONDS)
    before = options.pop("before", [])
    program = options.pop("program", HLAB)
    done = subprocess.run([*before, str(program), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8", errors="replace", check=False, **options)
    return Answer(done)


def tree_of(folder):
    """Every file below: path, digest and whether it may be run."""
    folder = Path(folder)
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), bool(path.stat().st_mode & 0o100))
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }


def times_of(folder):
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in Path(folder).rglob("*")}


def consumers_accept(tree, lab, report, only=None):
    """Gives the tree to its consumers; the complaints, empty where all accept."""
    python = TOOLS / "venv/bin/python"
    command = [str(python if python.exists() else sys.executable), str(ROOT / "tests/external/run.py"), "--tree", str(tree),
               "--lab", str(lab), "--hlab", str(HLAB), "--json", str(report), "--quiet"]
    if only:
        command += ["--only", only]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False, timeout=900)
    return "" if done.returncode == 0 else done.stdout


class LabCase(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="hlab-test-"))
        self.addCleanup(self.remove_folder)

    def remove_folder(self):
        for path in self.folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(self.folder)

    def lab(self, files, name="lab"):
        """Writes a lab: a text is the file `lab.hlab`, a map holds files by name."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in ({"lab.hlab": files} if isinstance(files, (str, bytes)) else files).items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    def example(self, name="lab"):
        folder = self.folder / name
        shutil.copytree(EXAMPLE, folder)
        return folder

    def build(self, lab, out, **options):
        answer = hlab("build", lab, "--out", out, **options)
        self.assertEqual(answer.status, 0, answer.text)
        return answer

    def assert_status(self, answer, status, *words):
        self.assertEqual(answer.status, status, answer.text)
        for word in words:
            self.assertIn(word, answer.text)


#: A lab that compiles: one machine, one cluster, one service.
SMALL = """\
edition 2026

lab home {
  domain   = "home.example.net"
  timezone = "Europe/Oslo"
}

network lan { cidr = 10.9.8.0/24  gateway = 10.9.8.1 }

person kim {
  admin    = true
  ssh-keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHl0aGlzLWlzLW5vdC1hLXJlYWwta2V5LWF0LWFs kim"]
}

node box {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 10.9.8.10
}

node two {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = auto
}

cluster main: k3s {
  version = "v1.34.3+k3s1"
  servers = [box]
  agents  = [two]
  network = lan
  token   = join-token
}

secrets repo: sops {
  recipients = ["age12p0n4dvpgg24u7tfck9dysn5gpu9599e23t6996e847s4c5n699s0zz2yp"]
}

secret join-token {}

gitops repo: argocd { repo = "https://git.example.net/kim/home.git" }

service argocd: std.argocd {}

service web: container {
  image     = "docker.io/library/nginx:1.29.1"
  port.http = 80
}
"""
