# shellcheck shell=bash
# What every command of ./dev speaks with, and the two steps that they share.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' yellow=$'\e[33m' dim=$'\e[2m' plain=$'\e[0m'
else
  bold='' green='' red='' yellow='' dim='' plain=''
fi

heading() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
note() { printf '%s%s%s\n' "$dim" "$*" "$plain"; }
warn() { printf '%swarning:%s %s\n' "$yellow" "$plain" "$*" >&2; }
fail() {
  printf '%serror:%s %s\n' "$red" "$plain" "$*" >&2
  exit 1
}
good() { printf '%s%s%s\n' "$green" "$*" "$plain"; }

wrong_use() {
  printf 'dev: %s\n' "$*" >&2
  exit 2
}

presets() { sed -n 's/.*"displayName".*//; s/^      "name": "\(.*\)",$/\1/p' CMakePresets.json | grep -v '^base$'; }

# Configures once and when the presets change, then builds; what else changes CMake sees by itself.
build_preset() {
  local preset=$1
  shift
  if [ ! -f CMakeLists.txt ]; then fail "there is no CMakeLists.txt yet: nothing to build"; fi
  if [ ! -f "build/$preset/build.ninja" ] || [ CMakePresets.json -nt "build/$preset/CMakeCache.txt" ]; then
    cmake --preset "$preset" </dev/null || return 1
  fi
  cmake --build "build/$preset" -j "${HLAB_JOBS:-$(nproc)}" "$@" </dev/null
}
