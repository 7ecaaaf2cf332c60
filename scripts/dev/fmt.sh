# shellcheck shell=bash

help_fmt() {
  cat <<'EOF'
./dev fmt [FILE...]

Formats C++ with clang-format and .hlab with `hlab fmt`. Without files: all of them.
EOF
}

cpp_sources() {
  git ls-files -co --exclude-standard -- '*.cpp' '*.h' ':!tests/cases' | while read -r file; do
    [ -f "$file" ] && printf '%s\n' "$file"
  done
}
# Cases are about text as it stands, faults included: they are not formatted.
hlab_sources() { git ls-files -co --exclude-standard -- 'stdlib/*.hlab' 'examples/*.hlab'; }

run_fmt() {
  scripts/setup/setup.sh lint
  local cpp=() hlab=() file
  if [ $# -gt 0 ]; then
    for file in "$@"; do
      case "$file" in *.cpp | *.h) cpp+=("$file") ;; *.hlab) hlab+=("$file") ;; esac
    done
  else
    mapfile -t cpp < <(cpp_sources)
    mapfile -t hlab < <(hlab_sources)
  fi
  [ "${#cpp[@]}" -gt 0 ] && clang-format -i "${cpp[@]}"
  if [ "${#hlab[@]}" -gt 0 ]; then
    if [ -x build/release/hlab ]; then
      build/release/hlab fmt "${hlab[@]}"
    else
      warn "no build/release/hlab: .hlab files stay as they are (./dev build first)"
    fi
  fi
  note "${#cpp[@]} C++ files, ${#hlab[@]} .hlab files"
}
