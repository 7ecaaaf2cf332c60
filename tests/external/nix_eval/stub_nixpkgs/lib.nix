# The part of nixpkgs' `lib` that emitted modules may use. Anything else is missing on purpose: a
# misspelt function fails here as it would there.
let
  mkOverride = priority: content: { _type = "override"; inherit priority content; };
in
rec {
  inherit mkOverride;
  mkDefault = mkOverride 1000;
  mkForce = mkOverride 50;
  mkIf = condition: content: { _type = "if"; inherit condition content; };
  mkMerge = contents: { _type = "merge"; inherit contents; };
  optional = condition: value: if condition then [ value ] else [ ];
  optionals = condition: values: if condition then values else [ ];
  optionalAttrs = condition: attrs: if condition then attrs else { };
  concatStringsSep = builtins.concatStringsSep;
  nixosSystem = import ./nixos_system.nix;
}
