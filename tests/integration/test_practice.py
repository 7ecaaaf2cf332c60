"""Small configurations of real life (tests/practice): each gives exactly the files beside it, and they are read by
readers that are not ours. HLAB_ACCEPT=1 writes what comes out, to be looked at."""
import configparser
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import tomllib
import unittest

import yaml

HLAB = pathlib.Path(os.environ["HLAB"]).resolve()
PRACTICE = pathlib.Path(__file__).resolve().parents[1] / "practice"


def files_below(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != ".hlab-manifest.json"}


def read_ini(text):
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.read_string(text)
    return parser.sections()


def read_dotenv(text):
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


READERS = {".json": json.loads, ".yaml": yaml.safe_load, ".toml": tomllib.loads, ".ini": read_ini, ".env": read_dotenv}


class Practice(unittest.TestCase):
    def built(self, lab):
        with tempfile.TemporaryDirectory() as name:
            out = pathlib.Path(name) / "out"
            run = subprocess.run([HLAB, "build", lab, "--out", out], capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, f"{lab.name}: {run.stderr}")
            self.assertNotIn("warning", run.stderr, lab.name)
            return files_below(out)

    def test_each_gives_its_files(self):
        labs = sorted(folder for folder in PRACTICE.iterdir() if folder.is_dir())
        self.assertGreaterEqual(len(labs), 25)
        for lab in labs:
            with self.subTest(lab=lab.name):
                found = self.built(lab)
                self.assertTrue(found)
                if os.environ.get("HLAB_ACCEPT"):
                    shutil.rmtree(lab / "expected", ignore_errors=True)
                    for path, text in found.items():
                        (lab / "expected" / path).parent.mkdir(parents=True, exist_ok=True)
                        (lab / "expected" / path).write_bytes(text)
                self.assertEqual(found, files_below(lab / "expected"))
                for path, text in found.items():
                    reader = READERS.get(pathlib.PurePath(path).suffix)
                    if reader:
                        self.assertTrue(reader(text.decode()), path)

    def test_each_says_what_it_stands_for(self):
        for lab in sorted(PRACTICE.iterdir()):
            words = (lab / "main.hlab").read_text().split("\n\n")[0].split("\nkind")[0]
            self.assertTrue(words.startswith("# ") and "People" in words, lab.name)

    def test_each_is_laid_out(self):
        run = subprocess.run([HLAB, "fmt", "--check", *sorted(PRACTICE.glob("*/main.hlab"))], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    unittest.main()
