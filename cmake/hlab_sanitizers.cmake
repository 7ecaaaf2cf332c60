# hlab_sanitizers(): call once, at the top, before any target exists. Every target of the build,
# generated code included, then has the sanitizers of HLAB_SANITIZE; a mixed build reports errors
# that are none. hlab_fuzz_target(<name> <source>...) makes a libFuzzer program where HLAB_FUZZ is on.

set(HLAB_SANITIZE "" CACHE STRING "Sanitizers for the whole build, e.g. address,undefined")
option(HLAB_FUZZ "Build the libFuzzer targets (clang only)" OFF)

macro(hlab_sanitizers)
  if(HLAB_SANITIZE)
    add_compile_options(
      -fsanitize=${HLAB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${HLAB_SANITIZE})
  endif()
  if(HLAB_FUZZ)
    # Coverage for the fuzzer everywhere, its main() only in the targets made below.
    add_compile_options(-fsanitize=fuzzer-no-link)
    add_link_options(-fsanitize=fuzzer-no-link)
  endif()
endmacro()

function(hlab_fuzz_target name)
  if(NOT HLAB_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARGN})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
endfunction()
