# shellcheck shell=bash

help_setup() {
  cat <<'EOF'
./dev setup [build|lint|all]

Installs on Debian 12, once; a second call finds all there and is done at once.
  build   the Debian packages that building needs (what ./dev build and ./dev demo ask for)
  lint    these and the linters
  all     these, a Python environment and the consumers of the output under build/tools (default)
The lists are in scripts/setup/.
EOF
}

run_setup() {
  local part=${1:-all}
  case "$part" in build | lint | all) ;; *) wrong_use "setup knows build, lint and all, not \"$part\"" ;; esac
  scripts/setup/setup.sh "$part"
  [ "$part" = all ] && note "everything is there: build/tools/bin, build/tools/venv"
  return 0
}
