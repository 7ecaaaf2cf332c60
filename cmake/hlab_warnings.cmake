# hlab_warnings(<target>...): what our own code is compiled with. Generated code (the grammar) is
# not given to it, since ANTLR's output is not warning-free.

option(HLAB_WERROR "Treat warnings as errors" ON)

function(hlab_warnings)
  foreach(target IN LISTS ARGN)
    target_compile_options(
      ${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough)
    if(HLAB_WERROR)
      target_compile_options(${target} PRIVATE -Werror)
    endif()
  endforeach()
endfunction()
