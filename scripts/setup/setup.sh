#!/usr/bin/env bash
# Installs what hlab's development needs: setup.sh build|lint|all|bench. Each part looks first and does
# nothing when all is there, so calling this before every build costs a few milliseconds.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
lists="$root/scripts/setup"
tools="$root/build/tools"
stamps="$root/build/.setup"

say() { printf '%s\n' "setup: $*" >&2; }

listed() { grep -hvE '^[[:space:]]*(#|$)' "$@"; }

# A stamp is the hash of a list together with the machine it was installed on.
stamp_of() {
  local part=$1
  shift
  printf '%s/%s-%s' "$stamps" "$part" \
    "$(cat "$@" /etc/machine-id /etc/os-release "${BASH_SOURCE[0]}" 2>/dev/null | sha256sum | cut -c1-16)"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "need root for: $*"
    return 1
  fi
}

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      printf '%s\n' "$package"
  done
}

apt_part() {
  local stamp packages missing
  stamp=$(stamp_of apt "$@")
  [ -e "$stamp" ] && return
  mapfile -t packages < <(listed "$@")
  mapfile -t missing < <(missing_packages "${packages[@]}")
  if [ "${#missing[@]}" -gt 0 ]; then
    if ! command -v apt-get >/dev/null; then
      say "this is made for Debian 12; install the like of: ${missing[*]}"
      return 1
    fi
    say "apt: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update </dev/null >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
      "${missing[@]}" </dev/null >&2
  fi
  mkdir -p "$stamps" && touch "$stamp"
}

python_part() {
  local stamp
  stamp=$(stamp_of python "$lists/python.txt")
  [ -e "$stamp" ] && [ -x "$tools/venv/bin/python" ] && return
  say "python: $(listed "$lists/python.txt" | tr '\n' ' ')"
  mkdir -p "$tools"
  /usr/bin/python3 -m venv "$tools/venv"
  "$tools/venv/bin/python" -m pip install -q --disable-pip-version-check \
    -r "$lists/python.txt" </dev/null >&2
  mkdir -p "$stamps" && touch "$stamp"
}

# One program out of a Debian package: installing the whole of Prometheus would start a server, and
# building promtool alone takes longer than building hlab.
promtool_part() {
  [ -x "$tools/bin/promtool" ] && return
  local work="$tools/deb"
  rm -rf "$work" && mkdir -p "$work/files" "$tools/bin"
  (
    cd "$work"
    apt-get -q download prometheus >/dev/null 2>&1 ||
      { as_root apt-get -q update && apt-get -q download prometheus; } </dev/null >&2
    dpkg-deb -x prometheus_*.deb files
  )
  cp "$work/files/usr/bin/promtool" "$tools/bin/promtool"
  rm -rf "$work"
  say "promtool unpacked"
}

# Go with nothing of the person's own set-up.
in_go() {
  env -u GOROOT GOTOOLCHAIN=local GOFLAGS=-mod=mod CGO_ENABLED=0 GOWORK=off "$tools/venv/bin/go" "$@"
}

# A module with this one requirement, and not `go install`: that would write outside build/.
go_tool() {
  local name=$1 package=$2 version=$3
  local mark="$tools/bin/.$name-$version"
  [ -e "$mark" ] && [ -x "$tools/bin/$name" ] && return
  local work="$tools/go/$name" started=$SECONDS
  rm -rf "$work" && mkdir -p "$work" "$tools/bin"
  (
    cd "$work"
    in_go mod init "tools/$name" >/dev/null 2>&1
    if ! { in_go get "$package@$version" &&
      in_go build -trimpath -ldflags='-s -w' -o "$tools/bin/$name" "$package"; } >log 2>&1; then
      tail -n 20 log >&2
      say "could not build $name $version"
      exit 1
    fi
  )
  touch "$mark"
  say "$name $version built in $((SECONDS - started)) s"
}

go_part() {
  local name package version
  while read -r name package version; do
    go_tool "$name" "$package" "$version" </dev/null
  done < <(listed "$lists/go-tools.txt")
}

# A reader as a program of its own: tests/external/READER/main.go with the one package that it needs.
go_reader() {
  local folder=$1 package=$2 version=$3 name=${1//_/-}
  local source="$root/tests/external/$folder" work="$tools/go/$name"
  local mark="$tools/bin/.$name-$version"
  [ -e "$mark" ] && [ "$mark" -nt "$source/main.go" ] && [ -x "$tools/bin/$name" ] && return
  rm -rf "$work" && mkdir -p "$work" "$tools/bin" && cp "$source/main.go" "$work"
  (
    cd "$work"
    in_go mod init "tools/$name" >/dev/null 2>&1
    if ! { in_go get "$package@$version" &&
      in_go build -trimpath -ldflags='-s -w' -o "$tools/bin/$name" .; } >log 2>&1; then
      tail -n 20 log >&2
      exit 1
    fi
  )
  touch "$mark"
  say "$name built"
}

# Docker Compose's reader of dotenv, and Tailscale's of HuJSON.
readers_part() {
  go_reader compose_dotenv github.com/compose-spec/compose-go/v2/dotenv v2.16.2
  go_reader hujson_reader github.com/tailscale/hujson v0.0.0-20260727124030-b80ff77dac4f
}

# The peers of the benchmark that npm has; without npm they are left out of the table.
npm_peers_part() {
  local stamp packages
  stamp=$(stamp_of npm "$lists/npm-bench.txt")
  [ -e "$stamp" ] && [ -d "$tools/peers/node_modules" ] && return
  command -v npm >/dev/null || missing_npm || return 0
  mapfile -t packages < <(listed "$lists/npm-bench.txt")
  mkdir -p "$tools/peers"
  say "npm: ${packages[*]}"
  (cd "$tools/peers" && npm install --silent --no-audit --no-fund --no-save --prefix . "${packages[@]}" </dev/null >&2)
  mkdir -p "$stamps" && touch "$stamp"
}

missing_npm() {
  say "npm: installing it"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends npm </dev/null >&2 && return
  say "no npm: node-yaml, pkl and dhall are left out"
  return 1
}

case "${1:-all}" in
  build) apt_part "$lists/apt-build.txt" ;;
  lint) apt_part "$lists/apt-build.txt" "$lists/apt-test.txt" ;;
  all)
    apt_part "$lists/apt-build.txt" "$lists/apt-test.txt"
    python_part
    promtool_part
    go_part
    readers_part
    ;;
  bench)
    apt_part "$lists/apt-build.txt" "$lists/apt-test.txt" "$lists/apt-bench.txt"
    python_part
    go_part
    npm_peers_part
    ;;
  *)
    say "usage: setup.sh build|lint|all|bench"
    exit 2
    ;;
esac
