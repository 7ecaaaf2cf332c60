# Packages that emitted modules may name, all of them attributes of nixpkgs. A package outside this
# list is an error, so add one only after looking it up.
let
  names = [
    "age" "cifs-utils" "coreutils" "cryptsetup" "curl" "git" "gnugrep" "gnused" "iproute2" "iptables"
    "jq" "k3s" "k3s_1_31" "k3s_1_32" "k3s_1_33" "k3s_1_34" "k3s_1_35" "k3s_1_36" "kubectl"
    "kubernetes-helm" "lvm2" "multipath-tools" "nfs-utils" "openiscsi" "openssl" "restic" "rsync"
    "smartmontools" "sops" "tailscale" "util-linux"
  ];
  package = name: { inherit name; value = { _type = "package"; inherit name; }; };
in
builtins.listToAttrs (map package names)
