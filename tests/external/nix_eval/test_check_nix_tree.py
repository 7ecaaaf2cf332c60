#!/usr/bin/env python3
"""The checker must notice what it is for: each mistake below, put into a sound tree, fails it."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
FLAKE = """{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.one = nixpkgs.lib.nixosSystem { modules = [ ./one.nix ]; };
  };
}
"""
SOUND = """{ config, lib, pkgs, ... }:
{
  imports = [ ./two.nix ];
  systemd.services.x.wants = [ "a.service" ];
  systemd.services.x.path = [ pkgs.jq ];
  systemd.services.x.preStart = "echo ${config.systemd.services.x.description}";
  environment.etc.x.text = lib.mkDefault "weak";
  MISTAKE
}
"""
TWO = """{
  systemd.services.x.wants = [ "b.service" ];
  systemd.services.x.description = "two";
  environment.etc.x.text = "strong";
  time.timeZone = "UTC";
}
"""


def run(mistake):
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder)
        (tree / "flake.nix").write_text(FLAKE)
        (tree / "one.nix").write_text(SOUND.replace("MISTAKE", mistake))
        (tree / "two.nix").write_text(TWO)
        (tree / "expect.json").write_text(
            '{"one": {"systemd.services.x.wants": ["b.service", "a.service"],'
            ' "environment.etc.x.text": "strong", "time.timeZone": "UTC", "systemd.services.x.preStart": "echo two"}}')
        (tree / "table.json").write_text(
            '{"options": [{"option": "time.timeZone", "type": "null or str"}]}')
        command = [sys.executable, HERE / "check_nix_tree.py", tree, "--expect",
                   tree / "expect.json", "--table", tree / "table.json"]
        return subprocess.run(command, capture_output=True, text=True)


class CheckNixTree(unittest.TestCase):
    def fails(self, mistake, message):
        done = run(mistake)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(message, done.stdout)

    def test_sound_tree_passes(self):
        done = run("")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_mistakes_are_found(self):
        self.fails("boot.loader = ;", "nix-instantiate --parse\tFAIL")
        self.fails('systemd.services.y.descriptoin = "x";', "no such option")
        self.fails("users.users.a.isNormalUser = \"yes\";", "is not of type bool")
        self.fails("sops.age.sshKeyPaths = [ ];", "module that declares it is not imported")
        self.fails('systemd.services.x.description = "one";', "conflicting definitions")
        self.fails("systemd.services.y.path = [ pkgs.nosuchthing ];", "nosuchthing")
        self.fails("boot.kernelModules = lib.optoinal true 1;", "optoinal")
        self.fails("environment.etc.y.source = ./nowhere.yaml;", "not in the tree")
        self.fails('systemd.services.y.script = "rm -rf $x/*";', "shellcheck\tFAIL")
        self.fails('time.timeZone = lib.mkForce "CET";', 'expected "UTC", got ["CET"]')
        self.fails('assertions = [ { assertion = false; message = "no"; } ];', "does not hold")


if __name__ == "__main__":
    unittest.main()
