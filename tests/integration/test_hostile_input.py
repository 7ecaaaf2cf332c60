#!/usr/bin/env python3
"""Inputs that no person means: each gets one clear message and its exit status, soon, and nothing is written."""

import os
import subprocess
import time
import unittest

from lab_case import HLAB, SMALL, LabCase, hlab

#: Seconds; the sanitizers may take longer.
SOON = 30.0 if "asan" in str(HLAB) else 5.0


class HostileInput(LabCase):
    def ask(self, lab, status, *words, command="check"):
        arguments = [command, lab] + (["--out", self.folder / "out"] if command == "build" else [])
        started = time.monotonic()
        answer = hlab(*arguments)
        seconds = time.monotonic() - started
        self.assert_status(answer, status, *words)
        self.assertLess(seconds, SOON)
        self.assertLess(len(answer.text), 20_000, "a message, not a flood")
        if status != 0:
            self.assertFalse((self.folder / "out").exists())
        return answer

    def one_error(self, lab, status, *words):
        for command in ("check", "build"):
            answer = self.ask(lab, status, *words, command=command)
            self.assertEqual(answer.text.count("error[HL"), 1, answer.text)

    def test_empty_file(self):
        self.one_error(self.lab(""), 1, "declares nothing")

    def test_only_comments(self):
        self.one_error(self.lab("# nothing yet\n"), 1, "declares nothing")

    def test_folder_without_files(self):
        (self.folder / "lab/sub").mkdir(parents=True)
        (self.folder / "lab/sub/lab.hlab").write_text(SMALL)
        self.one_error(self.folder / "lab", 3, "no `.hlab` file")

    def test_invalid_utf8(self):
        for bad in (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\xaf"):
            with self.subTest(bad):
                self.one_error(self.lab(SMALL.encode() + b"# " + bad + b"\n"), 1, "UTF-8", "lab.hlab")

    def test_byte_order_mark(self):
        answer = self.ask(self.lab(b"\xef\xbb\xbf" + SMALL.encode()), 0)
        self.assertNotIn("error", answer.text)
        self.one_error(self.lab(b"\xff\xfe" + SMALL.encode("utf-16-le")), 1, "lab.hlab")

    def test_carriage_returns(self):
        plain, dos = self.lab(SMALL, "plain"), self.lab(SMALL.replace("\n", "\r\n"), "dos")
        self.ask(dos, 0)
        self.build(plain, self.folder / "a")
        self.build(dos, self.folder / "b")
        difference = subprocess.run(["diff", "-r", self.folder / "a", self.folder / "b"], capture_output=True, check=False)
        self.assertEqual(difference.stdout, b"")

    def test_nul(self):
        self.one_error(self.lab(SMALL.encode() + b"\0"), 1, "lab.hlab", "U+0000")
        self.one_error(self.lab(b"\0" * 4096), 1, "lab.hlab", "U+0000")

    def test_deep_nesting(self):
        for opening, closing in (("[", "]"), ("(", ")"), ("{ a = ", "}"), ("not ", ""), ("-", ""), ('"${', '}"')):
            with self.subTest(opening):
                deep = opening * 100_000
                for tail in ("1" + closing * 100_000, ""):
                    self.ask(self.lab(f"lab home {{ domain = {deep}{tail} }}\n"), 1, "error[HL", "lab.hlab")

    def test_deep_nesting_of_declarations(self):
        self.ask(self.lab("for i in 1..2 { " * 100_000), 1, "error[HL")
        self.ask(self.lab("kind a { " * 100_000), 1, "error[HL")

    # rule LIMIT-8
    def test_long_chains_of_kinds(self):
        up = "kind k0 {}\n" + "".join(f"kind k{i} is k{i - 1} {{}}\n" for i in range(1, 3_000))
        down = "".join(f"kind k{i} is k{i + 1} {{}}\n" for i in range(3_000)) + "kind k3000 {}\n"
        for chain in (up, down):
            answer = self.ask(self.lab(SMALL + chain), 1, "error[HL2015]", "refines more than 256 others")
            self.assertEqual(answer.text.count("error["), 1)
        self.ask(self.lab(SMALL + "".join(up.splitlines(True)[:257])), 0)

    def test_more_declarations_than_a_lab_has(self):
        for loop in ("for i in 1..3000000 { b \"b${i}\" {} }", "for i in 1..9223372036854775807 { b \"b${i}\" {} }"):
            answer = self.ask(self.lab(SMALL + "kind b {}\n" + loop + "\n"), 1, "at most a million declarations", "lab.hlab")
            self.assertEqual(answer.text.count("error["), 1)

    def test_long_chains(self):
        self.ask(self.lab(SMALL + "fn f() -> Int = " + "1 + " * 100_000 + "1\n"), 1)
        self.ask(self.lab(SMALL + "fn f() -> Int = lan" + ".x" * 100_000 + "\n"), 1, "error[HL")

    # Each holds the one before it twice, so the last one is too large for any machine.
    DOUBLED = {
        "records": ("record r {{ a: r?  b: r? }}\nkind k {{ r: r }}\n", "{k}0 {{}}", "{k}{i} {{ r {{ a = {o}.r  b = {o}.r }} }}", "r"),
        "trees": ("kind k {{ r: Yaml }}\n", "{k}0 {{ r = {{ a = 1 }} }}", "{k}{i} {{ r = {{ a = {o}.r  b = [{o}.r] }} }}", "r"),
        "lists": ("kind k {{ r: Yaml }}\n", "{k}0 {{ r = [1] }}", "{k}{i} {{ r = [{o}.r, {o}.r] }}", "r"),
    }

    def doubled(self, what, letter, count=60):
        head, first, next_, _ = self.DOUBLED[what]
        lines = [first.format(k=f"k {letter}")]
        lines += [next_.format(k=f"k {letter}", i=i, o=f"{letter}{i - 1}") for i in range(1, count + 1)]
        return head.format(), "\n".join(lines) + "\n"

    def test_values_that_double(self):
        for what in self.DOUBLED:
            with self.subTest(what):
                head, chain = self.doubled(what, "x")
                self.one_error(self.lab(SMALL + head + chain), 1, "holds more than ten million others")
                self.one_error(self.lab(SMALL + head + chain + 'file "f.json" { data { r = x60.r } }\n'), 1, "lab.hlab")

    def test_values_that_double_are_compared(self):
        for what in self.DOUBLED:
            with self.subTest(what):
                head, chain = self.doubled(what, "x", 18)
                twin = self.doubled(what, "y", 18)[1]
                uses = "kind u { same: Bool = x18.r == y18.r  many: Int = [x18.r, y18.r].unique.length }\nu it {}\n"
                self.ask(self.lab(SMALL + head + chain + twin + uses), 0)

    def test_long_chains_of_records(self):
        chain = "".join(f"k x{i} {{ r {{ s = x{i - 1}.r }} }}\n" for i in range(1, 20_000))
        self.ask(self.lab(SMALL + "record r { s: r? }\nkind k { r: r }\nk x0 {}\n" + chain), 0)

    def test_many_tests(self):
        tests = "".join(f'test "t{i}" {{ expect lab.domain.length > 0 }}\n' for i in range(3_000))
        self.ask(self.lab(SMALL + tests), 0)

    def test_much_of_one_thing(self):
        """What a generator writes: each with each would take minutes."""
        def times(line, count):
            return "".join(line.format(i=i) for i in range(count))
        sound = {
            "kinds, each with a default": times("kind k{i} {{ n: Int }}\ndefault k{i} {{ n = 1 }}\nk{i} a{i} {{}}\n", 20_000),
            "functions": "fn g() -> Int = 1\n" + times("fn f{i}() -> Int = g()\n", 40_000),
            "overrides": "kind k { n: Int = 1 }\n" + times("k a{i} {{}}\n", 15_000) + "site cabin of home {\n"
                         + times("  override k.a{i}.n 1 -> 2\n", 15_000) + "}\n",
            "allow": times('allow HL4010 "reason {i}"\n', 30_000),
            "entries of a tree": "kind k { y: Yaml? }\nk a {\n" + times("  y.a.b.x{i} = 1\n", 20_000) + "}\n",
        }
        for what, lines in sound.items():
            with self.subTest(what):
                self.ask(self.lab(SMALL + lines), 0)
        unknown = "kind k { n: Int = 1 }\n" + times("k a{i} {{ n = b{i}.n }}\n", 5_000)
        answer = hlab("check", self.lab(SMALL + unknown))
        self.assert_status(answer, 1, "did you mean `a0`?", "which are not shown")

    def test_much_on_one_line(self):
        numbers = ", ".join(map(str, range(40_000)))
        entries = "  ".join(f"m.k{i} = 1" for i in range(40_000))
        lab = SMALL + f"kind k {{ l: [Int] = []  m: Map<Int> }}\nk a {{ l = [{numbers}] }}\nk b {{ {entries} }}\n"
        self.ask(self.lab(lab), 0, command="fmt")

    def test_large_file(self):
        lab = self.lab("")
        with open(lab / "lab.hlab", "wb") as file:
            file.write(b"# a comment of 64 bytes, again and again, until it is far too much\n" * (50 * 1024 * 1024 // 67))
        self.one_error(lab, 1, "lab.hlab", "16 MiB")

    def test_one_long_line(self):
        self.ask(self.lab("x" * 10_000_000), 1, "error[HL")
        self.ask(self.lab('lab home { domain = "' + "a" * 10_000_000 + '" }'), 1, "error[HL")

    def test_never_closed(self):
        for text in ('"', '"""', "lab home {", "[", "/*", '"${', "lab home { domain = \"a", "\\", "`", "'"):
            with self.subTest(text):
                self.ask(self.lab(text), 1, "error[HL")

    def test_a_field_declared_in_an_instance(self):
        for entry in ("h: r = 1", "address: Ip = 10.9.8.7", "labels: Map<String>"):
            with self.subTest(entry):
                self.one_error(self.lab(SMALL + f"node x {{\n  hardware = std.hw.pi1\n  os = raspios\n  {entry}\n}}\n"), 1, "lab.hlab")

    def test_half_typed(self):
        """Every beginning of a lab gives errors of its own, or is a lab; none crashes."""
        for end in range(0, len(SMALL), 23):
            answer = hlab("check", self.lab(SMALL[:end]))
            self.assertIn(answer.status, (0, 1), f"{end}: {answer.text}")

    def test_bytes_at_random(self):
        import random
        chance = random.Random(7)
        for _ in range(60):
            text = bytearray(SMALL.encode())
            for _ in range(chance.randint(1, 8)):
                text[chance.randrange(len(text))] = chance.choice(b"{}[]()\"$.=:,#\n\0\xff 19a-")
            answer = hlab("check", self.lab(bytes(text)))
            self.assertIn(answer.status, (0, 1), answer.text)

    def test_symbolic_links(self):
        lab = self.lab(SMALL)
        (lab / "loop.hlab").symlink_to("loop.hlab")
        self.ask(lab, 3, "loop.hlab")
        (lab / "loop.hlab").unlink()
        (lab / "circle").symlink_to(lab)
        self.ask(lab, 0)
        (self.folder / "elsewhere.hlab").write_text("secret x {}\n")
        (lab / "leads-out.hlab").symlink_to(self.folder / "elsewhere.hlab")
        self.one_error(lab, 1, "leads-out.hlab", "out of the lab")

    def test_locks_that_are_no_files(self):
        lab = self.lab(SMALL)
        precious = self.folder / "precious"
        precious.write_text("mine\n")
        lock = lab / "hlab.lock"
        for make in (lambda: lock.symlink_to(precious), lambda: lock.symlink_to(self.folder / "nowhere"), lock.mkdir,
                     lambda: os.mkfifo(lock), lambda: lock.symlink_to("hlab.lock")):
            make()
            self.assertEqual(hlab("check", lab).status != 0, True)
            built = hlab("build", lab, "--out", self.folder / "out")
            self.assertNotEqual(built.status, 0)
            self.assertIn("hlab.lock", built.err)
            self.assertFalse((self.folder / "out").exists())
            lock.rmdir() if lock.is_dir() and not lock.is_symlink() else lock.unlink()
        self.assertEqual(precious.read_text(), "mine\n")
        for version in ("../../x", "$(x)", "17.5:x", '17"', "-", "\u202e1"):
            lock.write_text(f"version service.web {version}\n")
            self.one_error(lab, 1, "HL0020")
        lock.unlink()

    def test_folder_and_pipe_called_like_files(self):
        (self.folder / "only/x.hlab").mkdir(parents=True)
        self.one_error(self.folder / "only", 3, "no `.hlab` file")
        lab = self.lab(SMALL)
        (lab / "x.hlab").mkdir()
        self.ask(lab, 0)  # a folder like any other
        os.mkfifo(lab / "pipe.hlab")
        self.ask(lab, 1, "pipe.hlab")

    @unittest.skipIf(os.getuid() == 0 and not os.path.exists("/usr/bin/setpriv"), "root reads everything")
    def test_unreadable_file(self):
        lab = self.lab(SMALL)
        (lab / "secret.hlab").write_text("secret x {}\n")
        (lab / "secret.hlab").chmod(0)
        self.folder.chmod(0o755)
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
        self.assert_status(hlab("check", lab, before=as_nobody), 3, "secret.hlab", "ermission")

    def test_strange_names(self):
        lab = self.lab(SMALL)
        (lab / "a\x1b[31mb\nc.hlab").write_text("secret {")
        answer = self.ask(lab, 1, "error[HL")
        self.assertNotIn("\x1b", answer.text)

    def test_control_characters_stay_out_of_the_terminal(self):
        answer = self.ask(self.lab(SMALL.replace("network = lan", 'network = "\x1b]0;x\x07"')), 1)
        self.assertNotIn("\x1b]", answer.text)


if __name__ == "__main__":
    unittest.main()
