# shellcheck shell=bash

help_test() {
  cat <<'EOF'
./dev test [--all | --quick]

  (default)  checks of the sources; release build and its tests; the example's output given to its
             real consumers; the tests again under the address and undefined-behaviour sanitizers
  --quick    the release build and its tests only
  --all      also clang, clang-tidy, long properties and a minute of each fuzz target

Ends with a summary; the exit status is 0 only if every step passed.
EOF
}

step_names=() step_results=() step_seconds=()

# Runs one step and remembers how it went; later steps still run, so that one look shows all.
step() {
  local name=$1 started=$SECONDS result=ok
  shift
  heading "$name"
  # A step of its own shell: one that gives up with `fail` ends itself, not the others.
  ("$@") || result=FAILED
  step_names+=("$name") step_results+=("$result") step_seconds+=("$((SECONDS - started))")
  [ "$result" = ok ] || printf '%s%s FAILED%s\n' "${red:-}" "$name" "${plain:-}"
  [ "$result" = ok ]
}

run_ctest() {
  local preset=$1
  shift
  ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "${HLAB_JOBS:-$(nproc)}" \
    --timeout 2700 "$@" </dev/null
}

check_sources() {
  python3 scripts/check_layers.py && python3 scripts/check_sizes.py && python3 scripts/check_names.py
}

# The driver of the consumers must refuse what it is there to refuse.
driver_tests() {
  local python=build/tools/venv/bin/python
  "$python" tests/external/test_run.py && "$python" tests/external/nix_eval/test_check_nix_tree.py
}

# Scalars that the unit tests wrote as YAML, read by an independent YAML 1.1 and a 1.2 reader.
# The tests leave them as build/release/*.scalars.jsonl.
yaml_scalars() {
  local files=(build/release/*.scalars.jsonl)
  if [ ! -e "${files[0]}" ]; then
    warn "no test wrote scalars for the YAML readers (build/release/*.scalars.jsonl)"
    [ "${CI:-}" != true ]
    return
  fi
  build/tools/venv/bin/python tests/external/yaml_readers.py "${files[@]}"
}

# TOML, INI and dotenv that the unit tests wrote, read by the real readers of these formats.
format_readers() {
  build/tools/venv/bin/python -B tests/external/format_readers.py build/release/*.formats.jsonl
}

# Each lab's tree goes to its consumers: the examples, and the labs that tests made at random.
consumers() {
  local lab name tree failed=0 seen=0
  for lab in examples/*/ build/release/labs/*/; do
    [ -d "$lab" ] || continue
    compgen -G "$lab*.hlab" >/dev/null || continue
    seen=1
    name=$(basename "$lab")
    tree=build/consumers/$name
    rm -rf "$tree" && mkdir -p build/consumers
    note "hlab build $lab --out $tree"
    build/release/hlab build "$lab" --out "$tree" || { failed=1; continue; }
    build/tools/venv/bin/python tests/external/run.py --tree "$tree" --lab "$lab" \
      --hlab build/release/hlab --json "build/consumers/$name.json" || failed=1
  done
  [ "$seen" = 1 ] || { warn "there is no lab under examples/"; return 1; }
  [ "$failed" = 0 ]
}

# The first play really runs, twice, in Debian roots of its own (tests/external/ansible_chroot.sh).
first_play() {
  local project
  project=$(find build/consumers/nixos-pi-argocd -name ansible.cfg -printf '%h\n' -quit 2>/dev/null)
  [ -n "$project" ] || { warn "the example emits no Ansible project"; return 1; }
  if [ "$(id -u)" != 0 ]; then
    warn "only root can run the first play in a root of its own: skipped"
    [ "${CI:-}" != true ]
    return
  fi
  tests/external/ansible_chroot.sh "$project" </dev/null
}

sanitized() {
  # Frames that wait for their reuse are searched one by one: many of them make deep chains quadratic.
  local frames=detect_stack_use_after_return=1:min_uar_stack_size_log=16:max_uar_stack_size_log=16
  export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:$frames
  export UBSAN_OPTIONS=print_stacktrace=1
  build_preset asan && run_ctest asan -LE 'long|external|release-only'
}

everything_else() {
  step "clang build" build_preset clang-release &&
    step "tests of the clang build" run_ctest clang-release -LE long
  step "long tests" run_ctest release -L long
  # shellcheck source=scripts/dev/lint.sh
  . scripts/dev/lint.sh
  step "clang-tidy, every file" tidy --all
  # shellcheck source=scripts/dev/fuzz.sh
  . scripts/dev/fuzz.sh
  step "fuzz, a minute each" run_fuzz 60
}

summary() {
  local i passed=0 failed=0
  heading "Summary"
  for i in "${!step_names[@]}"; do
    if [ "${step_results[i]}" = ok ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    printf '  %-6s %5d s  %s\n' "${step_results[i]}" "${step_seconds[i]}" "${step_names[i]}"
  done
  printf '  %13s  in all, on %s cores\n\n' "$SECONDS s" "$(nproc)"
  if [ "$failed" = 0 ]; then good "All steps passed."; else printf '%s%d of %d steps failed.%s\n' "$red" "$failed" "$((passed + failed))" "$plain"; fi
  [ "$failed" = 0 ]
}

run_test() {
  local mode=${1:-}
  case "$mode" in '' | --all | --quick) ;; *) wrong_use "test knows --all and --quick, not \"$mode\"" ;; esac
  if [ "$mode" = --quick ]; then
    step "set-up" scripts/setup/setup.sh build || { summary; exit 1; }
  else
    step "set-up" scripts/setup/setup.sh all || { summary; exit 1; }
    step "layers, sizes, names" check_sources || true
    step "tests of the consumers' driver" driver_tests || true
  fi
  if step "release build" build_preset release; then
    step "tests of the release build" run_ctest release -LE long || true
    if [ "$mode" != --quick ]; then
      step "YAML scalars against two readers" yaml_scalars || true
      step "TOML, INI and dotenv against their readers" format_readers || true
      step "every emitted file to its consumer" consumers || true
      step "Ansible's first play, run twice" first_play || true
    fi
  fi
  if [ "$mode" != --quick ]; then
    step "tests under the sanitizers" sanitized || true
  fi
  [ "$mode" = --all ] && { everything_else || true; }
  summary
}
