# shellcheck shell=bash

help_build() {
  cat <<EOF
./dev build [PRESET] [TARGET...]

Installs what building needs, configures and builds into build/PRESET (default: release).
The program of the release build is build/release/hlab.

Presets: $(presets | tr '\n' ' ')
HLAB_JOBS=n limits the number of compilers that run at once.
EOF
}

run_build() {
  local preset=${1:-release}
  [ $# -gt 0 ] && shift
  presets | grep -qx -- "$preset" ||
    wrong_use "there is no preset \"$preset\"; there are: $(presets | tr '\n' ' ')"
  case "$preset" in
    clang-release | fuzz) scripts/setup/setup.sh lint ;;
    *) scripts/setup/setup.sh build ;;
  esac
  local targets=()
  [ $# -gt 0 ] && targets=(--target "$@")
  build_preset "$preset" "${targets[@]}"
  [ "$preset" = release ] && [ -x build/release/hlab ] && note "build/release/hlab is ready"
  return 0
}
