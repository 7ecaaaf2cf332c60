#!/usr/bin/env bash
# stages.sh [N]: what graph, claims and placement take beside parsing, on the benchmark's fleet of N services and on
# the same fleet in the kinds of hlab's own library. Needs ../shared/bench and build/release/bench/hlab_stages.
# Exit status 1 where they take longer than parsing on the benchmark's fleet.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/.." && pwd)
services=${1:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$top/../shared/bench/peers/gen.py" "$services" "$work" --only jsonnet
python3 "$here/generate.py" "$work/fleet.json" "$work/fleet"
python3 "$here/native.py" "$work/fleet.json" "$work/native"
stages="${STAGES:-$top/build/release/bench/hlab_stages}"
printf '\nstages of fleet(%s), processor time\n' "$services"
held=0
"$stages" "$work/fleet" || held=$?
printf '\nstages of the same in the kinds of the library: pins, selectors, taints, ports, disks, copies\n'
"$stages" "$work/native" || [ $? = 1 ]
exit "$held"
