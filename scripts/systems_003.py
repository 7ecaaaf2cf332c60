"""What the lab of seed 003 names, row by row: where the example says it, what must come out, and which tests look.

`facts` are (file or pattern of files, text that stands in one of them); `tests` are (file, name in it).
"""

from dataclasses import dataclass, field

ANSIBLE = "infrastructure/ansible"
INVENTORY = f"{ANSIBLE}/inventory"
NIXOS = "infrastructure/nixos"
PLATFORM = "kubernetes/infrastructure"
APPS = "kubernetes/apps"
CD = "kubernetes/argocd-apps"
FIRST_PLAY = ("tests/external/ansible_chroot.sh", "")
BREAKS = "tests/unit/rules_break_the_example_test.cpp"


@dataclass
class Row:
    system: str
    declared: list
    facts: list
    tests: list = field(default_factory=list)
    note: str = ""
    #: Files that need no text of their own to be named.
    files: list = field(default_factory=list)


ROWS = [
    Row("x86 server, NixOS, control plane and heavy work", ["node atlas", "cluster home"],
        [(f"{NIXOS}/flake.nix", "atlas"), (f"{NIXOS}/hosts/atlas/default.nix", 'services.k3s.role = "server"'),
         (f"{NIXOS}/hosts/atlas/default.nix", "firewall.interfaces.tailscale0"),
         (f"{NIXOS}/hosts/atlas/k3s-config.yaml", "flannel-iface: tailscale0"),
         (f"{NIXOS}/modules/iscsi-initiator.nix", "/usr/local/bin")],
        [("tests/unit/emit_nixos_host_test.cpp", "nixos"), ("tests/external/nix_eval/test_check_nix_tree.py", "")],
        "Evaluated with stand-ins for nixpkgs and sops-nix; no machine was built."),
    Row("Pi 5 and two Pi 4, Raspberry Pi OS, workers", ["node pi5", 'node "pi4-${i}"'],
        [(f"{INVENTORY}/hosts.yml", "k3s_agent:"), (f"{INVENTORY}/host_vars/pi5.yml", "ansible_host: pi5.local"),
         (f"{INVENTORY}/host_vars/pi4-1.yml", "base_hostname: pi4-1"), (f"{INVENTORY}/host_vars/pi4-2.yml", "base_hostname: pi4-2"),
         (f"{INVENTORY}/group_vars/k3s_agent.yml", "cgroup_memory=1"),
         (f"{INVENTORY}/host_vars/pi5.yml", "node.longhorn.io/create-default-disk=true"),
         (f"{ANSIBLE}/playbooks/site.yml", "import_playbook")],
        [FIRST_PLAY, ("tests/unit/emit_ansible_project_test.cpp", "playbooks and roles follow the groups")],
        "The first play really ran, twice, in roots of its own; no board was at hand."),
    Row("Pi 1, 2 and 3, support", ["node pi1", "node pi2", "node pi3"],
        [(f"{INVENTORY}/hosts.yml", "support:"), (f"{INVENTORY}/host_vars/pi1.yml", "host_service_architecture: armv6"),
         (f"{INVENTORY}/host_vars/pi2.yml", "host_service_architecture: armv7"),
         (f"{INVENTORY}/group_vars/support.yml", "linux-armv6")],
        [("tests/unit/emit_ansible_project_test.cpp", "a host service as data; secrets stay references")]),
    Row("K3s' token and version over two tools", ["cluster home", "secret k3s-token"],
        [(f"{NIXOS}/modules/k3s-home.nix", "pkgs.k3s_1_34"), (f"{NIXOS}/modules/k3s-home.nix", "sops.secrets.k3s-token"),
         (f"{INVENTORY}/group_vars/k3s_agent.yml", 'k3s_node_version: "v1.34.3+k3s1"'),
         (f"{INVENTORY}/group_vars/k3s_agent.yml", "k3s-token.sops.yaml")],
        [(BREAKS, "a wrong release of K3s in the example is an error at its place")]),
    Row("Pi-hole", ["service pihole", "secret pihole-password"],
        [(f"{INVENTORY}/group_vars/support.yml", "FTLCONF_dns_hosts='192.168.1.10 atlas.home.example.org atlas;"),
         (f"{INVENTORY}/group_vars/support.yml", "10.44.0.1 tasks.home.example.org"),
         (f"{INVENTORY}/group_vars/support.yml", "pihole-password.sops.yaml")],
        [FIRST_PLAY], "Its installer was not run: the download is a stub in the chroot."),
    Row("Monitoring exporters", ["service node-exporter", "service monitoring"],
        [(f"{INVENTORY}/group_vars/support.yml", "node_exporter"),
         (f"{PLATFORM}/monitoring/manifests/scrapeconfig-hosts.yaml", "192.168.1.31:9100")],
        [("tests/integration/test_unknown_service.py", "test_dashboard_and_metrics")]),
    Row("Backup agents", ["service restic", "backup nightly", "storage offsite"],
        [(f"{INVENTORY}/group_vars/support.yml", "restic"), (f"{INVENTORY}/group_vars/support.yml", "OnCalendar"),
         (f"{INVENTORY}/group_vars/support.yml", "s3:https://s3.example.net/home")],
        [("tests/unit/emit_ansible_project_test.cpp", "a host service as data; secrets stay references")],
        "Units are read by systemd-analyze where it is installed; nothing was restored here."),
    Row("Argo CD", ["gitops main", "service argocd"],
        [("kubernetes/bootstrap/root.yaml", "kind: Application"), (f"{CD}/project-apps.yaml", "kind: AppProject"),
         (f"{CD}/vikunja.yaml", "argocd.argoproj.io/sync-wave"),
         (f"{PLATFORM}/argocd/values.yaml", "resource.customizations.health.argoproj.io_Application")],
        [("tests/unit/emit_kubernetes_argocd_test.cpp", "waves count the services that must be healthy before")],
        "No Argo CD ran: paths, projects and value files are looked up as it would, objects checked by its CRDs."),
    Row("Longhorn", ["service longhorn"],
        [(f"{PLATFORM}/longhorn/values.yaml", "defaultClassReplicaCount: 2"), (f"{NIXOS}/modules/iscsi-initiator.nix", "openiscsi"),
         (f"{ANSIBLE}/roles/storage_client/tasks/main.yml", ""), (f"{INVENTORY}/hosts.yml", "storage_client:")],
        [("stdlib/core/node.hlab", "check card-as-disk"), ("tests/unit/emit_nixos_modules_test.cpp", "nixos needs")]),
    Row("SOPS and age", ["secrets repo"],
        [(".sops.yaml", "age12p0n4dvpgg24u7tfck9dysn5gpu9599e23t6996e847s4c5n699s0zz2yp"),
         (f"{PLATFORM}/sops-secrets-operator/values.yaml", "SOPS_AGE_KEY_FILE"),
         (f"{NIXOS}/secrets/k3s-token.sops.yaml", ""), (f"{ANSIBLE}/secrets/k3s-token.sops.yaml", ""),
         (f"{APPS}/vikunja/manifests/sopssecret-vikunja-jwt.sops.yaml", "kind: SopsSecret")],
        [("tests/unit/emit_kubernetes_objects_test.cpp", "the rules of SOPS match folders of the layout, and nothing else"),
         ("tests/integration/test_tutorial.py", "test_every_line")],
        "The tutorial's test encrypts with the real sops by these rules; nothing is decrypted in a cluster."),
    Row("Tailscale", ["network tailnet", "secret tailscale-key"],
        [(f"{NIXOS}/modules/tailscale.nix", "authKeyFile"), (f"{INVENTORY}/hosts.yml", "tailnet:"),
         (f"{INVENTORY}/group_vars/k3s_agent.yml", "k3s_node_after_tailscale: true"),
         (f"{NIXOS}/hosts/atlas/default.nix", "--advertise-routes=10.44.0.0/28"),
         (f"{NIXOS}/hosts/atlas/default.nix", "--advertise-tags=tag:k3s-home-server"),
         ("infrastructure/tailscale/policy.hujson", '"traefik-private": "10.44.0.1"')],
        [("tests/unit/emit_nixos_modules_test.cpp", "nixos overlay module"), ("tests/unit/commands_tailnet_test.cpp", "TEST_CASE"),
         ("tests/integration/test_access_policy.py", "test_each_part_of_the_lab_opens_what_it_needs")],
        "The policy's own tests were tried by our reading of its rules; no tailnet was asked."),
    Row("Ingress and certificates (phase 4)", ["service traefik", "service cert-manager", "issuer letsencrypt"],
        [(f"{PLATFORM}/traefik/values.yaml", "websecure"), (f"{CD}/cert-manager.yaml", "cert-manager"),
         (f"{PLATFORM}/cert-manager/manifests/clusterissuer-letsencrypt.yaml", "kind: ClusterIssuer"),
         (f"{APPS}/vikunja/manifests/ingress.yaml", "cert-manager.io/cluster-issuer: letsencrypt")],
        [("tests/unit/emit_kubernetes_objects_test.cpp", "an Ingress leads to the port that the endpoint means")]),
    Row("MetalLB", ["service metallb", "pool house", "pool private"],
        [(f"{PLATFORM}/metallb/manifests/ipaddresspool-house.yaml", "192.168.1.240-192.168.1.249"),
         (f"{PLATFORM}/metallb/manifests/l2advertisement-house.yaml", "L2Advertisement"),
         (f"{NIXOS}/hosts/atlas/default.nix", "7946 # service.metallb")],
        [("tests/integration/test_random_labs.py", "test_they_compile")]),
    Row("Monitoring stack (phase 4)", ["service monitoring", "secret grafana-admin"],
        [(f"{PLATFORM}/monitoring/values.yaml", "existingSecret: grafana-admin"),
         (f"{PLATFORM}/monitoring/values.yaml", "kubeEtcd"), (f"{CD}/monitoring.yaml", "ServerSideApply=true")],
        [("tests/external/consumers/helm_values.py", "")]),
    Row("Home Assistant", ["service home-assistant"],
        [(f"{APPS}/home-assistant/manifests/configmap-config.yaml", "trusted_proxies"),
         (f"{APPS}/home-assistant/manifests/deployment.yaml", "Europe/Madrid"),
         (f"{APPS}/home-assistant/manifests/persistentvolumeclaim-data.yaml", "storageClassName: longhorn")],
        [("tests/unit/emit_kubernetes_pod_test.cpp", "a pod runs where it was told to")],
        "The seed names no USB device, so none is pinned."),
    Row("Vikunja", ["service vikunja", "service db", "secret vikunja-jwt"],
        [(f"{APPS}/vikunja/manifests/deployment.yaml", "https://tasks.home.example.org/"),
         (f"{APPS}/vikunja/manifests/deployment.yaml", "fsGroup: 1000"),
         (f"{PLATFORM}/db/manifests/database-vikunja.yaml", "kind: Database")],
        [("tests/unit/emit_kubernetes_pod_test.cpp", "a known user gets the restricted profile, groups and all")]),
    Row("tasks/, kept by hand", [], [],
        [("tests/integration/test_ownership.py", "test_neighbours_stay")], "Nothing is emitted: what hlab did not write is never touched."),
    Row("scripts/: bootstrap and join", ["gitops main"],
        [("scripts/bootstrap.sh", "steps.sh"), ("scripts/join.sh", "atlas  NixOS, server of home"), ("scripts/steps.sh", "step()")],
        [("tests/unit/emit_scripts_test.cpp", "scripts")]),
    Row("Phases", ["planned node boreas", "planned service paperless"], [],
        [("tests/integration/test_ownership.py", "test_what_no_longer_follows_is_pruned")],
        "What is `planned` is checked and not emitted: the tree does not name it."),
]

#: Declared as planned: nothing of it may be in the tree.
ABSENT = ("boreas", "paperless")
