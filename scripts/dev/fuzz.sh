# shellcheck shell=bash

help_fuzz() {
  cat <<'EOF'
./dev fuzz [TARGET] [SECONDS]

Builds the libFuzzer programs (preset fuzz) and runs each for SECONDS (default 60), or one of
them. Inputs that were found are kept in build/fuzz/corpus/TARGET, faults in build/fuzz/faults.
EOF
}

# Runs one fuzzer over its kept corpus and the labs of the checkout; fails when it finds a fault.
fuzz_one() {
  local program=$1 seconds=$2 name corpus
  name=$(basename "$program")
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus" build/fuzz/faults
  local seeds=()
  for dir in "tests/fuzz/seeds/$name" tests/cases examples stdlib; do
    [ -d "$dir" ] && seeds+=("$dir")
  done
  local dictionary=()
  [ -f tests/fuzz/hlab.dict ] && dictionary=(-dict=tests/fuzz/hlab.dict)
  heading "$name, $seconds s"
  "$program" "${dictionary[@]}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix=build/fuzz/faults/ "$corpus" "${seeds[@]}" </dev/null
}

run_fuzz() {
  local wanted='' seconds=60
  case "${1:-}" in '' | *[!0-9]*) wanted=${1:-} && seconds=${2:-60} ;; *) seconds=$1 ;; esac
  [ -d tests/fuzz ] || fail "there are no fuzz targets in this checkout yet (tests/fuzz)"
  scripts/setup/setup.sh lint
  build_preset fuzz || return 1
  local program found=0 failed=0
  for program in build/fuzz/fuzz/*; do
    if [ ! -f "$program" ] || [ ! -x "$program" ]; then continue; fi
    [ -z "$wanted" ] || [ "$(basename "$program")" = "$wanted" ] || continue
    found=1
    fuzz_one "$program" "$seconds" || failed=1
  done
  [ "$found" = 1 ] || fail "no fuzz target${wanted:+ named $wanted}"
  [ "$failed" = 0 ] || fail "faults were found: see build/fuzz/faults"
}
