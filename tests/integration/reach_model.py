"""Small labs made at random, and who reaches whom in them: computed from docs/reachability.md by asking each
source for each target anew, with none of hlab's graph."""

import ipaddress

HEAD = """lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join-token {}
secret door-key { keys = ["credentials.json"] }
tunnel door: std.cloudflare { id = "00000000-0000-4000-8000-000000000000"  credentials = door-key }
service metallb: std.metallb {}
service opener: std.sops-operator {}
"""

LANS = {"house": "192.168.1.0/24", "iot": "192.168.3.0/24", "wan": "203.0.113.0/24"}
TAILNET = "tailnet"
POOLS = {"shared": ("house", "192.168.1.240", None), "hidden": (TAILNET, None, "10.44.0.0/28")}


class Model:
    def __init__(self, chance):
        flip = lambda odds=0.5: chance.random() < odds
        self.gateway = {name: flip() for name in LANS}
        self.reaches = {name: [other for other in LANS if other != name and flip(0.25)] for name in LANS}
        self.policy = flip(0.7)
        self.nodes = {}
        for number in range(chance.randrange(2, 6)):
            networks = [n for n in ("house", "iot", "wan", TAILNET) if flip(0.5)] or ["house"]
            routes = []
            if TAILNET in networks:
                routes = [r for r in (LANS["house"], LANS["iot"], POOLS["hidden"][2], "10.44.0.0/24", "192.168.1.128/25") if flip(0.25)]
            self.nodes[f"n{number}"] = {"number": number, "networks": networks, "routes": routes, "nixos": flip(0.4)}
        names = list(self.nodes)
        self.cluster_network = chance.choice([n for n in ("house", TAILNET) if n in self.nodes["n0"]["networks"]] or ["house"])
        if self.cluster_network not in self.nodes["n0"]["networks"]:
            self.nodes["n0"]["networks"].append("house")
        self.machines = [n for n in names if self.cluster_network in self.nodes[n]["networks"] and (n == "n0" or flip(0.7))]
        self.doors = {pool: f"192.168.1.{240}" if pool == "shared" else "10.44.0.1" for pool in POOLS if flip(0.6)}
        self.apart = flip(0.7)
        self.services = {}
        audiences = chance.sample(["lan", "vpn", "public"], chance.randrange(1, 4))
        for number in range(chance.randrange(1, 6)):
            audience = chance.choice(audiences)
            service = {"audience": audience, "through": flip(0.3), "pool": None, "on": None, "port": None,
                       "node_port": flip(0.25), "host_network": flip(0.25)}
            kind = chance.choice(["http", "tcp", "machine"])
            if kind == "tcp":
                service["pool"] = chance.choice(list(POOLS))
                service["address"] = "192.168.1.%d" % (241 + number) if service["pool"] == "shared" else f"10.44.0.{2 + number}"
            if kind == "machine":
                machines = [n for n in names if not self.nodes[n]["nixos"]] or None
                if machines is None:
                    kind = "http"
                else:
                    service["on"] = chance.sample(machines, chance.randrange(1, len(machines) + 1))
                    service["port"] = chance.choice(["lan", "cluster"])
            service["kind"] = kind
            self.services[f"s{number}"] = service

    # --- the text

    def text(self):
        out = [HEAD]
        for index, (name, cidr) in enumerate(LANS.items()):
            base = cidr.rsplit(".", 1)[0]
            gateway = f"  gateway = {base}.1" if self.gateway[name] else ""
            out.append(f'network {name} {{ cidr = {cidr}{gateway}  interface = "eth{index}"  reaches = [{", ".join(self.reaches[name])}] }}\n')
        out.append(f'network {TAILNET}: tailscale {{ domain = "example.ts.net"  access-policy = {str(self.policy).lower()} }}\n')
        out.append("pool shared { of = house  range = 192.168.1.240..192.168.1.249 }\n")
        out.append(f"pool hidden {{ of = {TAILNET}  cidr = 10.44.0.0/28 }}\n")
        for name, node in self.nodes.items():
            hardware = 'std.hw.pc { arch = amd64  cpu = 4  memory = 16GiB  nic = "eth9" }' if node["nixos"] else "std.hw.pi4 { memory = 4GiB }"
            system = 'nixos { release = "25.11" }' if node["nixos"] else "raspios"
            out.append(f"node {name} {{\n  hardware = {hardware}\n  os = {system}\n")
            for network in node["networks"]:
                out.append(f"  address.{network} = {self.address(name, network) or 'learned'}\n")
            if node["routes"]:
                out.append(f"  routes = [{', '.join(node['routes'])}]\n")
            out.append("}\n")
        rest = [n for n in self.machines if n != "n0"]
        out.append('cluster home: k3s {\n  version = "v1.34.3+k3s1"\n  servers = [n0]\n'
                   f"  agents = [{', '.join(rest)}]\n  token = join-token\n  network = {self.cluster_network}\n  ingress = front\n}}\n")
        doors = "".join(f"  address.{pool} = {address}\n" for pool, address in self.doors.items())
        if self.apart:
            out.append(f"service front: std.traefik {{\n{doors}}}\n")
        else:
            out.append(f"""service front: ingress-controller {{
  chart {{ repo = "https://charts.example.org"  name = "front"  version = "1.0.0" }}
  class = "front"
  internal-url = "https://front.front.svc.cluster.local:443"
{doors}}}
""")
        for name, service in self.services.items():
            out.append(self.service_text(name, service))
        return "".join(out)

    def service_text(self, name, service):
        word = service["audience"]
        through = "  through = door" if service["through"] else ""
        login = "  login = own" if word == "public" else ""
        if service["kind"] == "machine":
            return (f"service {name}: host-service {{\n  on = [{', '.join(service['on'])}]\n"
                    f'  host-port.web {{ port = {8000 + int(name[1:])}  audience = {service["port"]}  purpose = "pages" }}\n'
                    f"  expose.web = {word} {{ {through}{login} }}\n}}\n")
        where = f"  node-port = {30000 + int(name[1:])}" if service["node_port"] else ""
        host = "  host-network = true\n" if service["host_network"] else ""
        if service["kind"] == "tcp":
            where += f"  protocol = tcp  address.{service['pool']} = {service['address']}"
        return (f'service {name}: container {{\n  image = "docker.io/library/nginx:1.29.1"\n  port.web = {9000 + int(name[1:])}\n{host}'
                f"  expose.web = {word} {{ {through}{login}{where} }}\n}}\n")

    def address(self, node, network):
        if network == TAILNET:
            return None
        return f"{LANS[network].rsplit('.', 1)[0]}.{10 + self.nodes[node]['number']}"

    # --- who gets to an address

    def standing(self, source):
        """Where somebody from there is: networks, and the internet."""
        if source == "internet":
            return {"internet"}
        if source in self.nodes:
            networks = self.nodes[source]["networks"]
            start = {n for n in networks if not (n == TAILNET and self.policy)}
        else:
            start = {source}
        if TAILNET in start or any(self.gateway.get(n) for n in start):
            start = start | {"internet"}
        return start

    def routes_for(self, source):
        """What is routed into the tailnet, as far as it leads anybody on from there. A machine takes what others route only where none
        of it leads into a network of its own; what it routes itself it reaches."""
        routes = [route for node in self.nodes.values() if TAILNET in node["networks"] for route in node["routes"]]
        if source not in self.nodes:
            return routes
        own = self.nodes[source]["routes"]
        houses = [ipaddress.ip_network(LANS[n]) for n in self.nodes[source]["networks"] if n in LANS]
        others = [route for route in routes if route not in own]
        draws = any(ipaddress.ip_network(route).overlaps(house) for route in others for house in houses)
        return own if draws else routes

    def lands(self, source, where, network, address, is_pool=False):
        """Whether a packet from `where` gets to the address in the network; 'granted' is the policy's business."""
        ip = ipaddress.ip_address(address) if address else None
        if where == "internet":
            return bool(ip and ip in ipaddress.ip_network("203.0.113.0/24"))
        if where == network:
            return True if not is_pool or network != TAILNET else False
        if where in LANS:
            return network in self.reaches[where]
        return bool(ip and any(ip in ipaddress.ip_network(route) for route in self.routes_for(source)))

    def routed_openly(self, address):
        """By a route that the policy opens to everybody: one to no private pool."""
        return any(route != POOLS["hidden"][2] and ipaddress.ip_address(address) in ipaddress.ip_network(route)
                   for node in self.nodes.values() if TAILNET in node["networks"] for route in node["routes"])

    def gets(self, source, network, address, granted, is_pool=False):
        for where in self.standing(source):
            if where == TAILNET and is_pool and network == TAILNET:
                routed = any(ipaddress.ip_address(address) in ipaddress.ip_network(route) for route in self.routes_for(source))
                if routed and (granted or not self.policy or self.routed_openly(address)):
                    return True
            elif where == TAILNET and network == TAILNET:
                if granted or not self.policy:
                    return True
            elif self.lands(source, where, network, address, is_pool):
                return True
        return False

    # --- who gets to a thing

    def node(self, source, target):
        if source == target:
            return True
        for network in self.nodes[target]["networks"]:
            if self.gets(source, network, self.address(target, network), False):
                return True
        return self.fellows(source, target)

    def fellows(self, source, target):
        """Machines of the cluster, in the private network that carries it."""
        return (self.policy and self.cluster_network == TAILNET and source in self.machines and target in self.machines)

    def private_names(self, address):
        """Whether a name of the private network leads to the controller there."""
        order = [p for p in self.doors]
        for service in self.services.values():
            if service["kind"] != "http" or service["audience"] != "vpn":
                continue
            private = [self.doors[p] for p in order if p == "hidden"]
            if (private[0] if private else None) == address:
                return True
        return False

    def port(self, source, service):
        for node in service["on"]:
            for network in self.nodes[node]["networks"]:
                if self.gets(source, network, self.address(node, network), False):
                    return True
            if service["port"] == "cluster" and self.cluster_network == TAILNET and self.policy:
                if source in self.machines and node in self.machines:
                    return True
        return False

    def endpoint(self, source, service):
        if service["through"] and "internet" in self.standing(source):
            return True
        if service["kind"] == "machine":
            if self.port(source, service):
                return True
            in_tailnet = any(TAILNET in self.nodes[n]["networks"] for n in service["on"])
            return service["audience"] == "vpn" and in_tailnet and self.policy and TAILNET in self.standing(source)
        if source in self.machines:
            return True
        if service["node_port"] and any(
                self.gets(source, network, self.address(node, network), service["audience"] == "vpn")
                for node in self.machines for network in self.nodes[node]["networks"]):
            return True
        if service["kind"] == "tcp":
            of = POOLS[service["pool"]][0]
            granted = service["audience"] == "vpn" or service["pool"] == "hidden"
            return self.gets(source, of, service["address"], granted, True)
        for pool, address in self.doors.items():
            private = pool == "hidden"
            if self.apart and private != (service["audience"] == "vpn"):
                continue
            if self.gets(source, POOLS[pool][0], address, self.private_names(address), True):
                return True
        return False

    def controller(self, source):
        """The ingress controller itself: by its addresses, and as a pod."""
        return source in self.machines or any(
            self.gets(source, POOLS[pool][0], address, self.private_names(address), True) for pool, address in self.doors.items())

    def api(self, source):
        """The port of the server, which NixOS opens on the interface of the cluster's network."""
        for network in self.nodes["n0"]["networks"]:
            if self.nodes["n0"]["nixos"] and network != self.cluster_network:
                continue
            if self.gets(source, network, self.address("n0", network), False):
                return True
        return self.fellows(source, "n0")

    def service(self, source, service):
        if self.endpoint(source, service):
            return True
        if service["kind"] == "machine":
            return self.port(source, service)
        return service["host_network"] and any(
            self.gets(source, network, self.address(node, network), False)
            for node in self.machines if not self.nodes[node]["nixos"] for network in self.nodes[node]["networks"])

    def all_pairs(self):
        """(source, target, whether one reaches the other), as the language writes the ends."""
        sources = ["internet", *LANS, TAILNET, *self.nodes]
        for source in sources:
            yield source, "front", self.controller(source)
            yield source, "cluster.home", self.api(source)
            for name in self.nodes:
                if source != name:
                    yield source, name, self.node(source, name)
            for name, service in self.services.items():
                yield source, f"service.{name}.expose.web", self.endpoint(source, service)
                yield source, f"service.{name}", self.service(source, service)
