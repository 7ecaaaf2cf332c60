#!/usr/bin/env python3
"""native.py FLEET.json OUTDIR: the benchmark's fleet in the kinds of hlab's own library.

The same nodes, services, needs, secrets, node ports, pins and selectors as generate.py writes, and besides them
what only these kinds can say and what makes work for claims and placement: requests, addresses that hlab hands
out, ports of machines, taints, graphics processors, disks, copies that keep apart, endpoints.
"""
import json
import pathlib
import sys

LAB = """edition 2026

lab home { domain = "home.example"  timezone = "Europe/Berlin" }
network lan { cidr = 10.0.0.0/12  gateway = 10.15.255.254 }
pool house { of = lan  range = 10.15.0.0..10.15.15.255 }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join {}
service metallb: std.metallb {}
service traefik: std.traefik { address.house = 10.15.0.1 }
service gpus: std.nvidia-gpus {}
service opener: std.sops-operator {}
default container { image = "docker.io/library/nginx:1.29.1" }
default volume { keep = disposable }

## Nodes that services choose together.
kind machines { of: [&node] }
"""


def is_tainted(i):
    return i % 25 == 24


def node(i, n):
    lines = [f"  hardware = std.hw.pc {{ arch = {n['arch']}  cpu = 16  memory = {n['memoryGi']}GiB"
             f"  nic = \"eno1\"  disk = 500GB }}",
             "  os = debian",
             f"  address.lan = {n['ip'] if i % 2 else 'auto'}",
             "  labels { " + "  ".join(f"{k} = \"{v}\"" for k, v in n["labels"].items()) + " }"]
    if "gpu" in n["roles"]:
        lines.append("  gpu.card { maker = nvidia  slices = 4 }")
    if is_tainted(i):
        lines.append("  taints = [\"dedicated=storage:NoSchedule\"]")
    return f"node {n['name']} {{\n" + "\n".join(lines) + "\n}\n"


def chosen(selector):
    """The name of the machines that a selector chooses."""
    return "-".join(f"{k}-{v}" for k, v in selector.items())


def service(i, s, tainted):
    lines = [f"  namespace = {s['namespace']!r}".replace("'", '"'),
             f"  resources {{ cpu = {s['cpuM']}m  memory = {s['memoryMi']}MiB }}",
             f"  port.http = {s['port']}"]
    if s["node"]:
        lines.append(f"  on = [{s['node']}]" + ("  tolerates = [\"dedicated\"]" if s["node"] in tainted else ""))
    elif s["selector"] and i % 4 == 3:
        lines.append(f"  on = {chosen(s['selector'])}.of")
    if s["needs"]:
        lines.append("  needs = [" + ", ".join(s["needs"]) + "]")
    if s["secret"]:
        lines.append(f"  env.SECRET = {s['secret']['name']}")
    if s["nodePort"] is not None and s["nodePort"] + 10_000 < 32_768:
        lines.append(f"  expose.node = lan {{ protocol = tcp  port = \"http\"  node-port = {s['nodePort'] + 10_000} }}")
    elif i % 3 == 0:
        lines.append("  expose.web = lan {}")
    if i % 40 == 2:
        lines.append(f"  expose.own = lan {{ host = \"{s['name']}-own\"  protocol = tcp  port = \"http\"  address.house = auto }}")
    if i % 100 == 9:
        lines.append("  gpu { slices = 1 }")
    if i % 20 == 5:
        lines.append("  replicas = 3  apart = true")
    elif i % 3 == 1:
        lines.append("  volume.data { size = 1GiB  mount = \"/data\" }")
    if i % 250 == 11:
        lines.append(f"  host-port.own {{ port = {8000 + i // 250 % 20}  purpose = \"its own\" }}")
    return f"service {s['name']}: container {{\n" + "\n".join(lines) + "\n}\n"


def main():
    fleet = json.loads(pathlib.Path(sys.argv[1]).read_text())
    out = pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    nodes, services = fleet["nodes"], fleet["services"]
    servers = [n["name"] for n in nodes if "server" in n["roles"]]
    agents = [n["name"] for n in nodes if "server" not in n["roles"]]
    parts = [LAB, f"cluster {fleet['cluster']['name']}: k3s {{ version = \"v1.34.3+k3s1\"  servers = [{', '.join(servers)}]"
                  f"  agents = [{', '.join(agents)}]  network = lan  token = join }}\n"]
    selectors = {chosen(s["selector"]): s["selector"] for s in services if s["selector"]}
    for name, selector in selectors.items():
        where = " and ".join(f"n.labels.{k} == \"{v}\"" for k, v in selector.items())
        parts.append(f"machines {name} {{ of = [n for n in all node where {where}] }}\n")
    parts += [f"secret {s['secret']['name']} {{}}\n" for s in services if s["secret"]]
    parts += [node(i, n) for i, n in enumerate(nodes)]
    tainted = {n["name"] for i, n in enumerate(nodes) if is_tainted(i)}
    parts += [service(i, s, tainted) for i, s in enumerate(services)]
    (out / "lab.hlab").write_text("".join(parts))


if __name__ == "__main__":
    main()
