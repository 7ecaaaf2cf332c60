"""A small tree as hlab would write it, with a file for most consumers. Names are invented."""

FILES = {
    "README.md": "# Lab\n\nSee [the machines](machines/hosts.yml).\n",
    ".sops.yaml": 'creation_rules:\n  - path_regex: "^apps/.*\\\\.sops\\\\.yaml$"\n'
                  '    encrypted_regex: "^(data|stringData)$"\n'
                  "    age: @KEY@\n",
    "machines/ansible.cfg": "[defaults]\ninventory = hosts.yml\nroles_path = roles\n",
    "machines/hosts.yml": "---\nk3s_agent:\n  hosts:\n    wren: {}\n",
    "machines/host_vars/wren.yml": '---\nk3s_config:\n  node-label:\n    - "room=attic"\n',
    "machines/site.yml": "---\n- name: Prepare the machines\n  hosts: k3s_agent\n  roles:\n    - role: base\n",
    "machines/roles/base/tasks/main.yml":
        "---\n- name: Say hello\n  ansible.builtin.debug:\n    msg: hello\n",
    "server/k3s-config.yaml": 'cluster-cidr: "10.42.0.0/16"\ndisable:\n  - traefik\n',
    "server/machine.nix": '{ ... }:\n{\n  networking.hostName = "yes";\n}\n',
    "start.sh": "#!/usr/bin/env bash\nset -euo pipefail\necho \"$1\"\n",
    "facts.json": '{"a": 1}\n',
    "net/policy.hujson":
        '// Who may reach whom.\n{\n  "groups": {"group:admins": ["ada@lab.test"]},\n'
        '  "tagOwners": {"tag:box": ["group:admins"]},\n  "hosts": {"door": "10.9.0.1"},\n  "grants": [\n'
        '    // Boxes among themselves.\n    {"src": ["tag:box"], "dst": ["tag:box"], "ip": ["tcp:6443", "udp:8472"]},\n'
        '    {"src": ["group:admins"], "dst": ["10.9.0.0/28"], "ip": ["tcp:443-444"]},\n  ],\n  "tests": [\n'
        '    {"src": "tag:box", "proto": "udp", "accept": ["tag:box:8472"], "deny": ["tag:box:6443"]},\n'
        '    {"src": "ada@lab.test", "accept": ["door:443"], "deny": ["tag:box:22", "10.9.0.16:443"]},\n  ],\n}\n',
    "apps/app/service.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: app\n  namespace: app\n"
                             "spec:\n  ports:\n    - port: 80\n",
    "apps/app/pool.yaml": "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata:\n  name: pool\n"
                          '  namespace: app\nspec:\n  addresses:\n    - "10.1.1.1-10.1.1.9"\n',
    "apps/app/rules.yaml": "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: rules\n"
                           "  namespace: app\nspec:\n  groups:\n    - name: app\n      rules:\n"
                           '        - alert: Down\n          expr: "up == 0"\n',
    "argocd/app.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\n  namespace: argocd\n"
                       "spec:\n  project: default\n  source:\n    repoURL: \"https://git.test/lab.git\"\n"
                       "    path: apps/app\n    targetRevision: main\n"
                       '  destination:\n    server: "https://kubernetes.default.svc"\n    namespace: app\n',
    "argocd/balancer.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: balancer\n"
                            "  namespace: argocd\nspec:\n  project: default\n  sources:\n"
                            "    - repoURL: \"https://metallb.github.io/metallb\"\n      chart: metallb\n"
                            '      targetRevision: "0.15.2"\n      helm:\n        valueFiles:\n'
                            '          - "$values/values/balancer-values.yaml"\n'
                            '    - repoURL: "https://git.test/lab.git"\n      targetRevision: main\n      ref: values\n'
                            '  destination:\n    server: "https://kubernetes.default.svc"\n    namespace: app\n',
    "flux/base.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: base\n"
                      "  namespace: flux-system\nspec:\n  interval: 10m\n  prune: true\n  wait: true\n  path: ./base\n"
                      "  sourceRef:\n    kind: GitRepository\n    name: flux-system\n",
    "base/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: base\n  namespace: app\ndata:\n  a: b\n",
    "flux/app.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: app\n"
                     "  namespace: flux-system\nspec:\n  interval: 10m\n  prune: true\n  wait: true\n  path: ./apps/app\n"
                     "  dependsOn:\n    - name: base\n  decryption:\n    provider: sops\n"
                     "    secretRef:\n      name: sops-age\n"
                     "  sourceRef:\n    kind: GitRepository\n    name: flux-system\n",
    "values/balancer-values.yaml": "speaker:\n  frr:\n    enabled: false\n",
}

# Encrypted before it is laid down, as a lab's secrets are under Flux.
SEALED_FILE = "apps/app/key.sops.yaml"
SEALED = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\n  namespace: app\nstringData:\n  key: invented\n"

# (what, consumer that must refuse it, file, text taken out, text put in)
FAULTS = (
    ("a dead link", "reader", "README.md", "hosts.yml", "gone.yml"),
    ("a recipient that is none", "sops", ".sops.yaml", "age1", "ssh1"),
    ("a readable value in a sealed Secret", "kubeconform", SEALED_FILE, "ENC[", "CNE["),
    ("a sealed Secret that nobody opens", "flux", "flux/app.yaml", "provider: sops", "provider: none"),
    ("a misspelt field of a sealed Secret", "kubeconform", SEALED_FILE, "stringData:", "stringDate:"),
    ("a rule that can't be read", "sops", ".sops.yaml", "(data|", "(data"),
    ("a setting unknown to Ansible", "ansible", "machines/ansible.cfg", "roles_path", "rolls_path"),
    ("a group that is no map", "ansible", "machines/hosts.yml", "hosts:\n    wren: {}", "hosts: wren"),
    ("a misspelt section", "ansible", "machines/hosts.yml", "hosts:", "host:"),
    ("a variable of no host", "ansible", "machines/hosts.yml", "wren", "robin"),
    ("a play for nobody", "ansible", "machines/site.yml", "hosts: k3s_agent", "hosts: k3s_agents"),
    ("a role that is not there", "ansible", "machines/site.yml", "role: base", "role: bass"),
    ("a module that is not there", "ansible", "machines/roles/base/tasks/main.yml", "builtin.debug", "builtin.debag"),
    ("a task without a name", "ansible-lint", "machines/roles/base/tasks/main.yml",
     "- name: Say hello\n  ansible", "- ansible"),
    ("a server's key on an agent", "k3s", "machines/host_vars/wren.yml", "node-label:", "tls-san:"),
    ("a key unknown to K3s", "k3s", "server/k3s-config.yaml", "disable", "disables"),
    ("a wrong type for K3s", "k3s", "server/k3s-config.yaml", "\n  - traefik", " true"),
    ("no Nix", "nix", "server/machine.nix", '"yes";', '"yes"'),
    ("a shell variable unquoted", "shellcheck", "start.sh", '"$1"', "$1"),
    ("a key of JSON twice", "json", "facts.json", '"a": 1', '"a": 1, "a": 2'),
    ("no HuJSON", "tailscale", "net/policy.hujson", '// Who', "# Who"),
    ("an unknown section", "tailscale", "net/policy.hujson", '"hosts"', '"host"'),
    ("a tag without owner", "tailscale", "net/policy.hujson", '"tag:box": [', '"tag:bix": ['),
    ("what must work is shut", "tailscale", "net/policy.hujson", '"udp:8472"]', '"udp:8473"]'),
    ("what must stay shut is open", "tailscale", "net/policy.hujson", '"10.9.0.0/28"]', '"10.9.0.0/24"]'),
    ("a test of somebody unknown", "tailscale", "net/policy.hujson", '"src": "ada@lab.test"', '"src": "autogroup:member"'),
    ("a port in a grant's target", "tailscale", "net/policy.hujson", '"dst": ["tag:box"]', '"dst": ["tag:box:*"]'),
    ("an unknown field", "kubeconform", "apps/app/service.yaml", "ports:", "port:"),
    ("a field of the wrong type", "kubeconform", "apps/app/service.yaml", "80", '"80"'),
    ("a kind without a schema", "kubeconform", "apps/app/service.yaml", "Service", "Sirvice"),
    ("an unknown field of a custom resource", "kubeconform", "apps/app/pool.yaml", "  addresses:", "  adresses:"),
    ("a name that is none", "kubeconform", "apps/app/service.yaml", "name: app\n", "name: App\n"),
    ("no PromQL", "promtool", "apps/app/rules.yaml", "up == 0", "up == "),
    ("a folder that is not there", "flux", "flux/app.yaml", "./apps/app", "./apps/other"),
    ("a wait for nobody", "flux", "flux/app.yaml", "- name: base", "- name: bass"),
    ("a wait for itself", "flux", "flux/app.yaml", "- name: base", "- name: app"),
    ("a source that nobody makes", "flux", "flux/app.yaml", "    name: flux-system\n", "    name: lab\n"),
    ("a Kustomization that waits for nothing", "flux", "flux/base.yaml", "wait: true", "wait: false"),
    ("a key of YAML twice", "yamllint", "apps/app/pool.yaml", "spec:", "spec: {}\nspec:"),
    ("a truth value of YAML 1.1", "yamllint", "values/balancer-values.yaml", "false", "no"),
    ("an unknown value of a chart", "helm-values", "values/balancer-values.yaml", "frr", "ffr"),
    ("a value of the wrong type", "helm-values", "values/balancer-values.yaml", "false", '"no"'),
    ("an unknown chart", "helm-values", "argocd/balancer.yaml", "chart: metallb", "chart: metalbl"),
    ("values that are not there", "argocd", "argocd/balancer.yaml", "balancer-values.yaml", "other-values.yaml"),
    ("a path that is not there", "argocd", "argocd/app.yaml", "path: apps/app", "path: apps/aap"),
    ("a project that is not there", "argocd", "argocd/app.yaml", "project: default", "project: mine"),
)
