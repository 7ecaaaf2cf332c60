#!/usr/bin/env python3
"""generate.py FLEET.json OUTDIR: the benchmark's fleet as hlab source.

fleet.json is the plain data that the peers' generator writes; fleet/fleet.hlab holds the kinds.
"""
import json
import pathlib
import shutil
import sys


def text(value):
    return json.dumps(value, ensure_ascii=False).replace("${", "\\${")


def texts(values):
    return "[" + ", ".join(text(v) for v in values) + "]"


def node(n):
    labels = "  ".join(f"{k} = {text(v)}" for k, v in n["labels"].items())
    return f"""node-of-fleet {n['name']} {{
  arch   = {n['arch']}
  os     = {text(n['os'])}
  ip     = {n['ip']}
  memory = {n['memoryGi']}GiB
  roles  = {texts(n['roles'])}
  labels {{ {labels} }}
}}
"""


def service(s):
    chart = s["chart"]
    lines = [f"  namespace = {text(s['namespace'])}",
             f"  chart {{ repo = {chart['repo']}  name = {text(chart['name'])}  version = {text(chart['version'])} }}",
             f"  host = {text(s['host'])}",
             f"  port = {s['port']}"]
    if s["nodePort"] is not None:
        lines.append(f"  node-port = {s['nodePort']}")
    lines.append(f"  cpu = {s['cpuM']}m  memory = {s['memoryMi']}MiB")
    if s["node"]:
        lines.append(f"  node = {s['node']}")
    if s["selector"]:
        lines.append("  selector { " + "  ".join(f"{k} = {text(v)}" for k, v in s["selector"].items()) + " }")
    if s["needs"]:
        lines.append("  needs = [" + ", ".join(s["needs"]) + "]")
    if s["secret"]:
        lines.append(f"  secret-name = {text(s['secret']['name'])}  secret-key = {text(s['secret']['key'])}")
    return f"service-of-fleet {s['name']} {{\n" + "\n".join(lines) + "\n}\n"


def main():
    fleet = json.loads(pathlib.Path(sys.argv[1]).read_text())
    out = pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    c = fleet["cluster"]
    parts = [f"""edition 2026

fleet-cluster {c['name']} {{
  domain     = {text(c['domain'])}
  k3s        = {text(c['k3s'])}
  repo       = {text(c['repoURL'])}
  revision   = {text(c['revision'])}
  timezone   = {text(c['timezone'])}
  user       = {text(c['user'])}
  namespaces = {texts(fleet['namespaces'])}
}}
"""]
    for name, url in fleet["repos"].items():
        parts.append(f"chart-repo {name} {{ url = {text(url)} }}\n")
    for name, n in fleet["networks"].items():
        dns = ", ".join(n["dns"])
        parts.append(f"fleet-network {name} {{ cidr = {n['cidr']}  vlan = {n['vlan']}  gateway = {n['gateway']}  dns = [{dns}] }}\n")
    parts.append(f"""default fleet-node {{ cluster = {c['name']}  lan = lan  pods = pods  services = services }}
default fleet-service {{ cluster = {c['name']} }}
""")
    body = "\n".join(parts) + "\n" + "".join(node(n) for n in fleet["nodes"]) + "".join(service(s) for s in fleet["services"])
    body = body.replace("node-of-fleet ", "fleet-node ").replace("service-of-fleet ", "fleet-service ")
    (out / "lab.hlab").write_text(body)
    kinds = (pathlib.Path(__file__).parent / "fleet" / "fleet.hlab").read_text()
    (out / "fleet.hlab").write_text(kinds.replace("the-cluster", c["name"]))


if __name__ == "__main__":
    main()
