# Stands in for nixpkgs where there is no network: `lib.nixosSystem` of this flake collects what the
# modules of a machine assign, instead of building the machine.
{
  description = "Stand-in for nixpkgs in hlab's tests";
  outputs = { self }: { lib = import ./lib.nix; };
}
