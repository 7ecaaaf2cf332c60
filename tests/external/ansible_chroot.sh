#!/bin/bash
# Runs the first play of an emitted Ansible project (playbooks/prepare.yml: the roles base,
# data_disk, storage_client and raspberry_pi) in Debian roots of its own, checks the files that it
# names, runs it again and checks that nothing changes.
#
#   tests/external/ansible_chroot.sh PROJECT [CACHE]
#
# PROJECT holds ansible.cfg, inventory/ and playbooks/. CACHE (default build/ansible_chroot) keeps
# the Debian root. Needs root, debootstrap, dpkg-deb and the PyPI package `ansible`; ANSIBLE_BIN
# names the folder of its commands where they are not in PATH.
#
# Real: Ansible and its modules, apt and dpkg, systemctl enable, the files.
# Stubbed, all inside the roots:
#   apt's source   a file:// repository with an empty package for each name that the inventory
#                  installs, so that no network is needed; the units to enable come with them
#   the machine    os.uname() of Python answers with the architecture that the lab gives the host
#   hostname, modprobe   only write down how they were called: the kernel is the build machine's
#   systemctl start      systemd says itself that it ignores this in a chroot
#   the reboot     switched off by its variable; that it was asked for is checked
#   data disks     plain files where their devices would be; systemd does not mount in a chroot
#   boot partition a folder with a cmdline.txt as Raspberry Pi OS has it
set -euo pipefail

project=$(cd -- "${1:?usage: ansible_chroot.sh PROJECT [CACHE]}" && pwd)
repository=$(cd -- "$(dirname -- "$0")/../.." && pwd)
cache=${2:-$repository/build/ansible_chroot}
[ -z "${ANSIBLE_BIN:-}" ] || PATH=$ANSIBLE_BIN:$PATH
export ANSIBLE_CONFIG=$project/ansible.cfg ANSIBLE_NOCOLOR=1 ANSIBLE_HOST_KEY_CHECKING=0
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

die() { printf 'ansible_chroot: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die 'must run as root (chroot)'
for command in debootstrap dpkg-deb ansible-playbook ansible-inventory python3; do
  command -v "$command" >/dev/null || die "$command is missing"
done

# --- the Debian root, made once ----------------------------------------------------------------
base=$cache/bookworm
if [ ! -e "$base.ready" ]; then
  mkdir -p "$cache"
  rm -rf "$base"
  debootstrap --variant=minbase --include=python3,python3-apt,systemd,iproute2 bookworm "$base" \
    >"$cache/debootstrap.log" 2>&1 || die "debootstrap failed, see $cache/debootstrap.log"
  rm -rf "$base"/usr/share/{doc,man,locale,info} "$base"/var/lib/apt/lists/* \
    "$base"/var/cache/apt/archives/*.deb
  touch "$base.ready"
fi

work=$(mktemp -d "$cache/run.XXXXXX")
trap 'rm -rf -- "$work"' EXIT

ansible-inventory --inventory "$project/inventory" --list >"$work/inventory.json" 2>"$work/warnings"
[ ! -s "$work/warnings" ] || die "ansible-inventory warns: $(cat "$work/warnings")"

# --- roots, packages and the files that must come out, all from the inventory -------------------
cat >"$work/lab.py" <<'PYTHON'
import base64, hashlib, json, os, re, shutil, subprocess, sys

step, work, base = sys.argv[1:4]
inventory = json.load(open(f"{work}/inventory.json"))
variables = inventory["_meta"]["hostvars"]
groups = {host: {"all"} for host in variables}
parents = {child: parent for parent, g in inventory.items() for child in g.get("children", [])}
for name, group in inventory.items():
    for host in group.get("hosts", []):
        above = name
        while above:
            groups[host].add(above)
            above = parents.get(above)
MACHINES = {"amd64": "x86_64", "arm64": "aarch64", "armv7": "armv7l", "armv6": "armv6l"}


def template(value, host):
    """Enough of Jinja for what is compared here: the values have none."""
    assert "{{" not in str(value), value
    return value


def chosen():
    """Of the hosts with the same groups and architecture the one with most to do."""
    classes = {}
    for host in sorted(variables):
        key = (tuple(sorted(groups[host])), variables[host].get("base_architecture"))
        best = classes.get(key)
        if best is None or len(variables[host]) > len(variables[best]):
            classes[key] = host
    return sorted(classes.values())


def variable(host, name, default):
    if name.startswith("storage_client") and "storage_client" not in groups[host]:
        return default
    return template(variables[host].get(name, default), host)


# As the images have it; the second and third are what an edit may have left, and an old place.
CMDLINE = "console=serial0,115200 console=tty1 root=PARTUUID=1b2c3d4e-02 rootfstype=ext4 fsck.repair=yes rootwait"
STARTS = [
    ("boot/firmware", CMDLINE + "\n"),
    ("boot/firmware", CMDLINE + " cgroup_disable=memory cgroup_enable=cpuset cgroup_memory=0\ncgroup_memory=1 cgroup_enable=memory\n"),
    ("boot", CMDLINE),
]


def disks(host):
    return variable(host, "data_disk_mounts", []) if "data_disk" in groups[host] else []


def packages(host):
    names = {"ca-certificates", "curl"} if "base_packages" not in variables[host] else set()
    names |= set(variable(host, "base_packages", []))
    if variable(host, "base_automatic_updates", True):
        names.add("unattended-upgrades")
    if any(person["admin"] for person in variable(host, "base_people", [])):
        names.add("sudo")
    return names | set(variable(host, "storage_client_packages", []))


# The version has an epoch, or a library that breaks older versions of a package would give way.
def stub_package(folder, name, units):
    root = f"{work}/deb/{name}"
    os.makedirs(f"{root}/DEBIAN")
    with open(f"{root}/DEBIAN/control", "w") as control:
        control.write(f"Package: {name}\nVersion: 99:1\nArchitecture: all\nMaintainer: none\nDescription: stub\n")
    for unit in units:
        os.makedirs(f"{root}/usr/lib/systemd/system", exist_ok=True)
        with open(f"{root}/usr/lib/systemd/system/{unit}", "w") as out:
            out.write("[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n")
    deb = f"{folder}/{name}.deb"
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", "-Znone", root, deb], check=True, stdout=subprocess.DEVNULL)
    data = open(deb, "rb").read()
    return (f"Package: {name}\nVersion: 99:1\nArchitecture: all\nMaintainer: none\nDescription: stub\n"
            f"Filename: ./{name}.deb\nSize: {len(data)}\nSHA256: {hashlib.sha256(data).hexdigest()}\n\n")


def installed(root):
    status = open(f"{root}/var/lib/dpkg/status").read()
    return set(re.findall(r"^Package: (\S+)\nStatus: install ok installed", status, re.M))


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.islink(path):
        os.unlink(path)
    with open(path, "w") as out:
        out.write(text)
    os.chmod(path, mode)


def prepare():
    have = installed(base)
    for index, host in enumerate(chosen()):
        root = f"{work}/roots/{host}"
        os.makedirs(f"{work}/roots", exist_ok=True)
        subprocess.run(["cp", "-a", base, root], check=True)
        # Its index is not fresh, or apt would not look at the repository.
        os.utime(f"{root}/var/lib/apt/lists", (0, 0))
        repository = f"{root}/srv/stub"
        os.makedirs(repository)
        wanted = sorted(packages(host) - have)
        storage = [p for p in variable(host, "storage_client_packages", []) if p not in have]
        shutil.rmtree(f"{work}/deb", ignore_errors=True)
        index_text = ""
        for name in wanted:
            units = variable(host, "storage_client_services", []) if storage and name == storage[0] else []
            index_text += stub_package(repository, name, units)
        write(f"{repository}/Packages", index_text)
        write(f"{root}/etc/apt/sources.list", "deb [trusted=yes] file:/srv/stub ./\n")
        write(f"{root}/etc/hostname", "raspberrypi\n")
        write(f"{root}/etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\traspberrypi\n")
        # What the package would bring; the file is read back below.
        os.makedirs(f"{root}/etc/sudoers.d", exist_ok=True)
        write(f"{root}/usr/sbin/visudo", "#!/bin/sh\nexit 0\n", 0o755)
        for command in ("hostname", "modprobe"):
            write(f"{root}/usr/local/sbin/{command}", f'#!/bin/sh\necho {command} "$@" >>/var/log/stub-calls\n', 0o755)
        machine = MACHINES[variables[host]["base_architecture"]]
        write(f"{root}/usr/lib/python3.11/sitecustomize.py",
              "import os\n_uname = os.uname\n"
              f"os.uname = lambda: os.uname_result(tuple(_uname())[:4] + ({machine!r},))\n")
        if "raspberry_pi" in groups[host]:
            folder, line = STARTS[index % len(STARTS)]
            write(f"{root}/{folder}/cmdline.txt", line)
            write(f"{root}/{folder}/config.txt", "[cm5]\ndtoverlay=dwc2\n")
        for disk in disks(host):
            write(root + disk["device"], "")
    print(":".join(chosen()))


problems = []


def expect(host, what, found, wanted):
    if found != wanted:
        problems.append(f"{host}: {what}: found {found!r}, wanted {wanted!r}")


def read(host, path):
    try:
        return open(f"{work}/roots/{host}/{path}").read()
    except OSError as error:
        problems.append(f"{host}: {error}")
        return ""


def check_people(host):
    accounts = {line.split(":")[0]: line.split(":")[5] for line in read(host, "etc/passwd").splitlines()}
    for person in variable(host, "base_people", []):
        name = person["name"]
        expect(host, f"account of {name}", name in accounts, True)
        keys = read(host, f"{accounts.get(name, '/nowhere').lstrip('/')}/.ssh/authorized_keys").splitlines()
        expect(host, f"keys of {name}", [keys.count(key) for key in person["keys"]], [1] * len(person["keys"]))
        rule = f"{work}/roots/{host}/etc/sudoers.d/hlab-{name}"
        expect(host, f"sudo of {name}", os.path.exists(rule), person["admin"])
        if person["admin"]:
            expect(host, f"rule of {name}", read(host, f"etc/sudoers.d/hlab-{name}"), f"{name} ALL=(ALL:ALL) NOPASSWD: ALL\n")


def check_boot(host, index):
    flags = variable(host, "raspberry_pi_kernel_flags", [])
    dropped = variable(host, "raspberry_pi_dropped_kernel_flags", [])
    folder, before = STARTS[index % len(STARTS)]
    text = read(host, f"{folder}/cmdline.txt")
    if not flags and not dropped:
        expect(host, "cmdline.txt untouched", text, before)
        return
    expect(host, "lines of cmdline.txt", (text.count("\n"), text[-1:]), (1, "\n"))
    words = text.split()
    for flag in flags:
        expect(host, f"{flag} in cmdline.txt", words.count(flag), 1)
        name = flag.split("=")[0]
        if name != "cgroup_enable":
            expect(host, f"values of {name}", [w for w in words if w.split("=")[0] == name], [flag])
    for flag in dropped:
        expect(host, f"{flag} in cmdline.txt", words.count(flag), 0)
    expect(host, "what stood there before", words[:6], CMDLINE.split())


def check_host(host, index):
    v = lambda name, default=None: variable(host, name, default)
    name, domain, zone = v("base_hostname"), v("base_domain", ""), v("base_timezone")
    expect(host, "/etc/hostname", read(host, "etc/hostname"), name + "\n")
    own = [l for l in read(host, "etc/hosts").splitlines() if l.startswith("127.0.1.1")]
    expect(host, "/etc/hosts", own, [f"127.0.1.1\t{name}.{domain} {name}" if domain else f"127.0.1.1\t{name}"])
    expect(host, "localhost in /etc/hosts", "127.0.0.1\tlocalhost" in read(host, "etc/hosts"), True)
    expect(host, "/etc/localtime", os.readlink(f"{work}/roots/{host}/etc/localtime"), f"/usr/share/zoneinfo/{zone}")
    expect(host, "/etc/timezone", read(host, "etc/timezone"), zone + "\n")
    expect(host, "packages that are missing", sorted(packages(host) - installed(f"{work}/roots/{host}")), [])
    if v("base_automatic_updates", True):
        text = read(host, "etc/apt/apt.conf.d/20auto-upgrades")
        expect(host, "unattended upgrades", 'Unattended-Upgrade "1"' in text, True)
    calls = read(host, "var/log/stub-calls").splitlines()
    expect(host, "calls of hostname", calls.count("hostname -F /etc/hostname"), 1)
    modules = v("storage_client_kernel_modules", [])
    if modules:
        expect(host, "modules to load", read(host, "etc/modules-load.d/storage.conf").split(), modules)
        expect(host, "calls of modprobe", calls.count("modprobe --all " + " ".join(modules)), 1)
    for unit in v("storage_client_services", []):
        link = f"{work}/roots/{host}/etc/systemd/system/multi-user.target.wants/{unit}"
        expect(host, f"{unit} is enabled", os.path.islink(link), True)
    for folder in v("storage_client_directories", []):
        expect(host, folder, os.path.isdir(f"{work}/roots/{host}{folder}"), True)
    for disk in disks(host):
        unit = read(host, "etc/systemd/system/" + disk["unit"]).splitlines()
        expect(host, disk["unit"], [l for l in unit if l.startswith("W")],
               ["What=" + disk["device"], "Where=" + disk["path"], "WantedBy=local-fs.target"])
        link = f"{work}/roots/{host}/etc/systemd/system/local-fs.target.wants/{disk['unit']}"
        expect(host, f"{disk['unit']} is enabled", os.path.islink(link), True)
    check_people(host)
    if "raspberry_pi" in groups[host]:
        check_boot(host, index)
        lines = v("raspberry_pi_config_lines", [])
        config = read(host, STARTS[index % len(STARTS)][0] + "/config.txt").splitlines()
        expect(host, "start of config.txt", config[:2], ["[cm5]", "dtoverlay=dwc2"])
        expect(host, "lines of config.txt", [l for l in lines if config.count(l) != 1], [])
        if lines:
            expect(host, "config.txt section", config.index("[all]") < config.index(lines[0]), True)


def tree(host):
    """All of a root but what runs leave behind: paths, kinds, modes, owners and bytes."""
    root, digest = f"{work}/roots/{host}", hashlib.sha256()
    for folder, folders, files in os.walk(root):
        folders.sort()
        if folder == root:
            folders[:] = [f for f in folders if f not in ("tmp", "proc", "dev", "sys", "run", "root")]
        if folder == f"{root}/var":
            folders[:] = [f for f in folders if f not in ("log", "cache")]
        folders[:] = [f for f in folders if f != "__pycache__"]
        for name in sorted(files):
            path = os.path.join(folder, name)
            stat = os.lstat(path)
            data = os.readlink(path).encode() if os.path.islink(path) else open(path, "rb").read() if os.path.isfile(path) else b""
            digest.update(f"{path} {stat.st_mode} {stat.st_uid} {stat.st_gid} ".encode() + hashlib.sha256(data).digest())
    return digest.hexdigest()


def recap(log):
    found = re.findall(r"^(\S+)\s+: ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)", open(log).read(), re.M)
    return {host: tuple(map(int, rest)) for host, *rest in found}


def check_first():
    result, log = recap(f"{work}/first.log"), open(f"{work}/first.log").read()
    for index, host in enumerate(chosen()):
        if host not in result or result[host][2:] != (0, 0) or result[host][1] == 0:
            problems.append(f"{host}: the first run ended with {result.get(host)}")
        check_host(host, index)
    asked = any(variable(h, "raspberry_pi_kernel_flags", []) or variable(h, "raspberry_pi_config_lines", []) for h in chosen())
    expect("all", "a restart was asked for", "RUNNING HANDLER [raspberry_pi : Restart the machine]" in log, asked)
    json.dump({host: tree(host) for host in chosen()}, open(f"{work}/trees.json", "w"))


def check_second():
    result, trees = recap(f"{work}/second.log"), json.load(open(f"{work}/trees.json"))
    for host in chosen():
        if host not in result or result[host][1:] != (0, 0, 0):
            problems.append(f"{host}: the second run ended with {result.get(host)}")
        expect(host, "bytes of the root after the second run", tree(host), trees[host])


{"prepare": prepare, "first": check_first, "second": check_second}[step]()
for problem in problems:
    print(f"  {problem}", file=sys.stderr)
sys.exit(bool(problems))
PYTHON

hosts=$(python3 "$work/lab.py" prepare "$work" "$base")

run_play() {
  (cd -- "$project" && ansible-playbook --inventory inventory --limit "$hosts" \
    --extra-vars ansible_connection=community.general.chroot \
    --extra-vars "{\"ansible_host\": \"$work/roots/{{ inventory_hostname }}\"}" \
    --extra-vars '{"ansible_become": false, "raspberry_pi_reboot": false}' \
    --extra-vars 'ansible_python_interpreter=/usr/bin/python3' \
    playbooks/prepare.yml) >"$work/$1.log" 2>&1 || {
    cat "$work/$1.log" >&2
    die "the $1 run failed"
  }
}

for run in first second; do
  run_play "$run"
  python3 "$work/lab.py" "$run" "$work" "$base" || {
    grep -B1 -A12 '^changed' "$work/$run.log" >&2 || :
    die "the $run run did not do what it should"
  }
done
printf 'ansible_chroot: %s: prepared, checked, and unchanged by the second run\n' "${hosts//:/, }"
