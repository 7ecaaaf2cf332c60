#!/usr/bin/env python3
"""`check` and `build` ask nobody and read nothing but the lab: no socket, no program, no other file."""

import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from lab_case import HLAB, LabCase, hlab

#: What the loader and the C library read before `main`, and while they give memory.
LIBRARIES = re.compile(r"^(/etc/ld\.so\.(cache|preload)|(/usr)?/lib(64)?/.*\.so[.0-9]*|/proc/self/.*|/sys/(devices/system/cpu|fs/cgroup).*)$")
ASKS = ("socket", "connect", "sendto", "bind", "fork", "vfork")


def calls(record):
    """(call, text) of each system call in what strace wrote; unfinished ones count where they begin."""
    for line in record.splitlines():
        found = re.match(r"^(?:\d+\s+)?(\w+)\((.*)", line)
        if found:
            yield found.group(1), found.group(2)


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Purity(LabCase):
    def setUp(self):
        super().setUp()
        self.source = self.example()
        self.out = self.folder / "out"

    def record(self, *arguments):
        path = self.folder / "calls"
        answer = hlab(*arguments, before=["strace", "-f", "-y", "-qq", "-o", str(path)], env={"PATH": "/usr/bin:/bin"})
        if answer.status != 0 and "ptrace" in answer.err:
            self.skipTest("strace may not trace here")
        self.assertEqual(answer.status, 0, answer.text)
        return list(calls(path.read_text(errors="replace")))

    def allowed(self, path, writing):
        real = Path(os.path.normpath(path))
        if LIBRARIES.match(path) or real == HLAB:
            return True
        inside = real == self.source or self.source in real.parents
        below_out = real == self.out or self.out in real.parents or real.parent == self.folder or real == self.folder or self.folder / ".out.hlab-staging" in real.parents
        if writing:
            return below_out and not inside or real.parent == self.source and real.name.lstrip(".").startswith("hlab.lock")
        return inside or below_out

    def assert_pure(self, record, may_write):
        opened = []
        for name, text in record:
            self.assertNotIn(name, ASKS, text)
            if name == "execve":
                self.assertTrue(text.startswith(f'"{HLAB}"'), f"runs a program: {text}")
            if name not in ("openat", "open", "creat") or " = -1 ENOENT" in text:
                continue
            path = re.search(r'"((?:[^"\\]|\\.)*)"', text).group(1)
            folder = re.match(r"(?:\d+|AT_FDCWD)<([^>]*)>", text)  # `strace -y` names what a descriptor is of
            path = os.path.join(folder.group(1) if folder else os.getcwd(), path)
            writing = bool(re.search(r"O_(WRONLY|RDWR|CREAT)", text))
            opened.append(path)
            self.assertTrue(may_write or not writing, f"writes {path}")
            self.assertTrue(self.allowed(path, writing), f"opens {path}: {text}")
        return opened

    def test_check(self):
        opened = self.assert_pure(self.record("check", self.source), may_write=False)
        read = {Path(path).name for path in opened if str(self.source) in path}
        self.assertLessEqual({"lab.hlab", "cluster.hlab", "machines.hlab", "services.hlab", "hlab.lock"}, read)

    def test_build(self):
        self.assert_pure(self.record("build", self.source, "--out", self.out), may_write=True)

    def test_modules(self):
        for name, text in (("rooms/attic.hlab", 'fn note() -> String = load("note.txt")\n'), ("rooms/note.txt", "up\n"),
                           ("packages/media/kinds.hlab", "kind shelf {}\n"), ("idle/idle.hlab", "kind idle {}\n"),
                           ("imports.hlab", "import ./rooms\nimport media\nkind long-shelf is media.shelf { note: String = rooms.note() }\n")):
            path = self.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (self.source / "elsewhere").symlink_to("/usr/share")
        opened = self.assert_pure(self.record("build", self.source, "--out", self.out), may_write=True)
        read = {Path(path).name for path in opened}
        self.assertLessEqual({"attic.hlab", "note.txt", "kinds.hlab"}, read)
        self.assertNotIn("elsewhere", read)

    def test_second_build(self):
        self.build(self.source, self.out)
        self.assert_pure(self.record("build", self.source, "--out", self.out), may_write=True)

    def test_no_clock_in_what_is_decided(self):
        """A clock may be read (a temporary name needs none); no call reads the time of day through the kernel."""
        names = {name for name, _ in self.record("build", self.source, "--out", self.out)}
        self.assertFalse(names & {"gettimeofday", "time", "uname", "sysinfo"})


class Alone(LabCase):
    def test_without_a_network(self):
        lab = self.example()
        unshare = ["unshare", "-n"] if os.getuid() == 0 else ["unshare", "-rn"]
        if subprocess.run([*unshare, "true"], check=False, stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("no network namespace can be made here")
        self.assert_status(hlab("check", lab, before=unshare), 0)
        self.assert_status(hlab("build", lab, "--out", self.folder / "out", before=unshare), 0)

    def test_without_an_environment(self):
        lab = self.example()
        self.assert_status(hlab("check", lab, env={}), 0)
        self.assert_status(hlab("build", lab, "--out", self.folder / "out", env={}), 0)


if __name__ == "__main__":
    unittest.main()
