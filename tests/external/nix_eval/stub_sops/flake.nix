# Stands in for sops-nix: its module declares nothing, and says that it was imported.
{
  description = "Stand-in for sops-nix in hlab's tests";
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
  outputs = { self, nixpkgs }: { nixosModules.sops = { hlabTest.sopsModule = true; }; };
}
