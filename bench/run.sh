#!/usr/bin/env bash
# run.sh [N...]: hlab beside the peers that are on this machine, over the same fleet, in one run.
# Prints wall time (median), the ratio to a C program that writes the same bytes, peak memory, and how
# each grows from one size to the next. Needs ../shared/bench (the peers' programs) and build/release/hlab.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/.." && pwd)
peers=$top/../shared/bench/peers
if [ "${1:-}" = --growth ]; then exec python3 "$here/growth.py" "${@:2}"; fi
if [ ! -d "$peers" ]; then
  echo "bench: ../shared/bench is not beside this checkout, so there are no peers to compare with." >&2
  exit 1
fi
export PEERTOOLS="${PEERTOOLS:-$top/build/tools/peers}"
export HELM="${HELM:-$top/build/tools/bin/helm}"
python="$top/build/tools/venv/bin/python" # has the packages of the Python peer
[ -x "$python" ] || python=python3
if [ "${1:-}" = --stages ]; then exec "$here/stages.sh" "${@:2}"; fi
"$python" "$here/compare.py" --hlab "${HLAB:-$top/build/release/hlab}" --peers "$peers" "$@"
[ $# -eq 0 ] || exit 0
"$here/stages.sh" || held=$?
printf '\n'
python3 "$here/growth.py"
exit "${held:-0}"
