# shellcheck shell=bash

help_lint() {
  cat <<'EOF'
./dev lint [--all]

clang-format, clang-tidy on what changed since the upstream branch (--all: on everything),
shellcheck, folder layers, file sizes, and names of services or of the example in C++.
EOF
}

# shellcheck source=scripts/dev/fmt.sh
. scripts/dev/fmt.sh

lint_failed=()
lint_step() {
  local name=$1
  shift
  heading "$name"
  if "$@"; then good "ok"; else lint_failed+=("$name"); fi
}

changed_cpp() {
  local base
  base=$(git merge-base HEAD '@{upstream}' 2>/dev/null || git rev-parse 'HEAD~1' 2>/dev/null || echo HEAD)
  {
    git diff --name-only "$base" -- 'compiler/*.cpp' 'emit/*.cpp'
    git ls-files -o --exclude-standard -- 'compiler/*.cpp' 'emit/*.cpp'
  } | sort -u | while read -r file; do [ -f "$file" ] && printf '%s\n' "$file"; done
}

tidy() {
  local files
  if [ "$1" = --all ]; then
    mapfile -t files < <(cpp_sources | grep -E '^(compiler|emit)/.*\.cpp$')
  else
    mapfile -t files < <(changed_cpp)
  fi
  [ "${#files[@]}" -gt 0 ] || { note "nothing changed"; return 0; }
  if [ ! -f build/release/compile_commands.json ]; then
    [ -f CMakeLists.txt ] || { note "no CMakeLists.txt yet"; return 0; }
    build_preset release >/dev/null || return 1
  fi
  note "${#files[@]} files"
  printf '%s\0' "${files[@]}" |
    xargs -0 -n 4 -P "${HLAB_JOBS:-$(nproc)}" clang-tidy -p build/release --quiet 2>/dev/null
}

format_check() {
  local files
  mapfile -t files < <(cpp_sources)
  [ "${#files[@]}" -eq 0 ] || clang-format --dry-run -Werror "${files[@]}"
}

shell_check() {
  local files
  mapfile -t files < <(git ls-files -co --exclude-standard -- dev '.ci/*' '*.sh' ':!tests/cases' ':!tests/golden')
  shellcheck -x "${files[@]}"
}

hlab_check() {
  local files
  mapfile -t files < <(hlab_sources)
  if [ "${#files[@]}" -eq 0 ] || [ ! -x build/release/hlab ]; then
    note "no .hlab files, or no build/release/hlab"
    return 0
  fi
  build/release/hlab fmt --check "${files[@]}"
}

run_lint() {
  local which=changed
  case "${1:-}" in '') ;; --all) which=--all ;; *) wrong_use "lint knows --all only" ;; esac
  scripts/setup/setup.sh lint
  lint_step "clang-format" format_check
  lint_step "hlab fmt --check" hlab_check
  lint_step "shellcheck" shell_check
  lint_step "layers" python3 scripts/check_layers.py
  lint_step "sizes" python3 scripts/check_sizes.py
  lint_step "names" python3 scripts/check_names.py
  lint_step "clang-tidy" tidy "$which"
  printf '\n'
  [ "${#lint_failed[@]}" -eq 0 ] || fail "lint: ${lint_failed[*]}"
  good "lint: all fine"
}
