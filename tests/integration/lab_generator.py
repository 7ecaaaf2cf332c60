"""Labs at random: other names, addresses, machines and services each time, the same for the same seed."""

import ipaddress
import random

WORDS = ("alder birch cedar dogwood elm fir ginkgo hazel ivy juniper larch maple nutmeg oak pine quince rowan spruce "
         "teak willow yew zelkova").split()
IMAGES = (("ghcr.io/example/{}:1.2.3", 8080), ("docker.io/library/nginx:1.29.1", 80), ("quay.io/example/{}:2026.1", 9000))
ZONES = ("Europe/Lisbon", "Asia/Tokyo", "America/Denver", "Pacific/Auckland", "UTC")
AGE_KEY = "age12p0n4dvpgg24u7tfck9dysn5gpu9599e23t6996e847s4c5n699s0zz2yp"
SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHl0aGlzLWlzLW5vdC1hLXJlYWwta2V5LWF0LWFs"


class Generator:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.words = self.chance.sample(WORDS, len(WORDS))
        self.parts, self.taken = [], set()
        self.lan = ipaddress.ip_network(f"10.{self.chance.randrange(50, 250)}.{self.chance.randrange(250)}.0/24")
        self.tailnet = self.chance.random() < 0.5
        self.nixos = self.chance.random() < 0.6
        self.storage = self.chance.random() < 0.6

    def name(self):
        return self.words.pop()

    def add(self, text):
        self.parts.append(text.strip("\n") + "\n")

    def address(self):
        while True:
            host = self.chance.randrange(2, 90)
            if host not in self.taken:
                self.taken.add(host)
                return f"{self.lan[host]}"

    def lab(self):
        self.domain = f"{self.name()}.{self.chance.choice(('example.com', 'example.net', 'home.arpa'))}"
        self.add(f'edition 2026\n\nlab {self.name()} {{\n  domain   = "{self.domain}"\n'
                 f'  timezone = "{self.chance.choice(ZONES)}"\n}}')
        self.add(f'gitops {self.name()}: argocd {{ repo = "https://git.example.net/{self.name()}/infra.git" }}')
        email = '  email    = "someone@example.net"\n' if self.chance.random() < 0.5 else ""
        self.add(f'person {self.name()} {{\n  admin    = true\n{email}  ssh-keys = ["{SSH_KEY} someone"]\n}}')
        self.add(f'secrets vault: sops {{ recipients = ["{AGE_KEY}"] }}\n\nsecret join {{}}')
        if self.tailnet:
            self.add('secret mesh-key {}')

    def networks(self):
        self.add(f"network wire {{\n  cidr    = {self.lan}\n  gateway = {self.lan[1]}\n  dhcp    = {self.lan[100]}..{self.lan[180]}\n"
                 f"  dns     = [9.9.9.9, 1.1.1.1]\n}}")
        if self.tailnet:
            self.add('network mesh: tailscale {\n  domain   = "example.ts.net"\n  auth-key = mesh-key\n}')
        self.add(f"pool front {{ of = wire  range = {self.lan[200]}..{self.lan[210]} }}")

    def node(self, hardware, system, disk):
        name = self.name()
        lines = [f"hardware = {hardware}", f"os = {system}"]
        address = "auto" if "auto" not in self.taken and not self.nixos else self.address()
        lines.append(f"address.wire = {address}")
        if self.tailnet:
            lines.append("address.mesh = learned")
            lines += ["exit-node = true"] if self.chance.random() < 0.3 else []
            lines += [f"routes = [{self.lan}]"] if self.chance.random() < 0.3 else []
        if disk:
            lines.append('disk.store { device = "/dev/disk/by-label/store"  size = 500GB }')
        self.add(f"node {name} {{\n  " + "\n  ".join(lines) + "\n}")
        return name

    def machines(self):
        pc = 'std.hw.pc { arch = amd64  cpu = 8  memory = 32GiB  nic = "eno1" }'
        system = 'nixos { release = "25.11" }' if self.nixos else "debian"
        self.servers = [self.node(pc, system, self.storage)]
        self.agents = []
        for _ in range(self.chance.randint(1, 3)):
            board = self.chance.choice(("std.hw.pi5 { memory = 8GiB }", "std.hw.pi4 { memory = 8GiB }", pc))
            self.agents.append(self.node(board, "debian" if board is pc else "raspios", self.storage))
        self.old = self.node(self.chance.choice(("std.hw.pi1", "std.hw.pi2", "std.hw.pi3")), "raspios", False)

    def platform(self):
        minor = self.chance.choice(("v1.33.6+k3s1", "v1.34.3+k3s1"))
        extra = "  default-storage = store\n" if self.storage else ""
        self.add(f"cluster {self.name()}: k3s {{\n  version = \"{minor}\"\n  servers = [{self.servers[0]}]\n"
                 f"  agents  = [{', '.join(self.agents)}]\n  network = {'mesh' if self.tailnet else 'wire'}\n  token   = join\n"
                 f"  ingress = gate\n{extra}}}")
        self.add("service engine: std.argocd {}\n\nservice unsealer: std.sops-operator {}\n\nservice announcer: std.metallb {}")
        self.add(f"service gate: std.traefik {{ address.front = {self.lan[200]} }}")
        if self.storage:
            self.add("service store: std.longhorn { replicas = 2 }")

    def container(self):
        name = self.name()
        image, port = self.chance.choice(IMAGES)
        lines = [f'image = "{image.format(name)}"', f"port.http = {port}", 'env.TZ = lab.timezone']
        if self.chance.random() < 0.6:
            keep = "replicated" if self.storage else "disposable"
            lines.append(f'volume.data {{ size = {self.chance.randint(1, 9)}GiB  mount = "/data"  keep = {keep} }}')
        if self.chance.random() < 0.5:
            self.add(f"secret {name}-key {{}}")
            lines.append(f"env.API_KEY = {name}-key")
        if self.chance.random() < 0.7:
            lines.append(f'expose.web = lan {{ host = "{name}-{self.chance.randrange(100)}" }}')
        if self.chance.random() < 0.4:
            lines.append(f'config."settings.conf" = "name = {name}\\nquote = \\"it\'s: # fine\\"\\n"\n  config-mount = "/etc/{name}"')
        self.add(f"service {name}: container {{\n  " + "\n  ".join(lines) + "\n}")

    def services(self):
        for _ in range(self.chance.randint(2, 5)):
            self.container()
        if self.chance.random() < 0.6:
            keep = "replicated" if self.storage else "disposable"
            self.add(f'service watcher: std.uptime-kuma {{\n  volume.data.keep = {keep}\n  expose.web = lan {{}}\n}}')
        self.add(f"service exporter: std.node-exporter {{ on = [{self.old}] }}")

    def files(self):
        """The lab's files by name."""
        for step in (self.lab, self.networks, self.machines, self.platform, self.services):
            step()
        cut = self.chance.randrange(1, len(self.parts))
        return {"lab.hlab": "\n".join(self.parts[:cut]), "more.hlab": "\n".join(self.parts[cut:])}


def random_lab(seed):
    return Generator(seed).files()
