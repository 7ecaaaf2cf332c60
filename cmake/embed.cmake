# hlab_embed(TARGET <library> NAME <name> ROOT <folder> PATTERNS <glob>...)
# Makes a static library whose header "embedded/<name>.h" declares
#   std::span<const hlab::embedded::EmbeddedFile> hlab::embedded::<name>_files();
# sorted by path. Built again when a file changes, appears or goes.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(hlab_embed)
  cmake_parse_arguments(ARG "" "TARGET;NAME;ROOT" "PATTERNS" ${ARGN})
  set(globs "")
  foreach(pattern IN LISTS ARG_PATTERNS)
    list(APPEND globs "${ARG_ROOT}/${pattern}")
  endforeach()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${globs})
  list(SORT files)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded_${ARG_NAME}")
  set(list_file "${out}/files.txt")
  string(REPLACE ";" "\n" lines "${files}")
  file(CONFIGURE OUTPUT "${list_file}" CONTENT "${lines}\n" @ONLY)
  set(script "${PROJECT_SOURCE_DIR}/scripts/embed_files.py")
  add_custom_command(
    OUTPUT "${out}/embedded/${ARG_NAME}.h" "${out}/${ARG_NAME}.cpp"
    COMMAND Python3::Interpreter "${script}" --name "${ARG_NAME}" --root "${ARG_ROOT}"
            --list "${list_file}" --out "${out}"
    DEPENDS "${script}" "${list_file}" ${files}
    VERBATIM)
  add_library(${ARG_TARGET} STATIC "${out}/${ARG_NAME}.cpp" "${out}/embedded/${ARG_NAME}.h")
  target_include_directories(${ARG_TARGET} PUBLIC "${out}" "${PROJECT_SOURCE_DIR}")
  target_compile_features(${ARG_TARGET} PUBLIC cxx_std_20)
endfunction()
