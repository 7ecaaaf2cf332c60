# shellcheck shell=bash

help_bench() {
  cat <<'EOF'
./dev bench [ARGUMENT...]

Builds the release, then runs bench/run.sh with the arguments: speed, peak memory and growth beside other programs,
then what graph, claims and placement take beside parsing (--stages [N]: only that), then how the time grows where a
lab says one thing twice as often (--growth [N]: only that).
All but --growth need ../shared/bench beside the checkout.
EOF
}

run_bench() {
  [ -f bench/run.sh ] || fail "there is no benchmark in this checkout yet (bench/run.sh)"
  scripts/setup/setup.sh bench
  build_preset release
  cmake --build build/release --target hlab_stages
  bash bench/run.sh "$@"
}
