# hlab_antlr_parser(GRAMMAR <file.g4> OUTPUT <variable>): generates the parser at build, into the
# current binary folder. Neither visitor nor listener: the actions build the tree.
find_program(ANTLR4_TOOL antlr4 REQUIRED)
find_path(ANTLR4_INCLUDE_DIR antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_LIBRARY antlr4-runtime REQUIRED)

function(hlab_antlr_parser)
  cmake_parse_arguments(ARG "" "GRAMMAR;OUTPUT" "" ${ARGN})
  get_filename_component(name ${ARG_GRAMMAR} NAME_WE)
  set(sources ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  add_custom_command(
    OUTPUT ${sources} ${CMAKE_CURRENT_BINARY_DIR}/${name}.h
    COMMAND ${ANTLR4_TOOL} -Dlanguage=Cpp -no-listener -no-visitor -Werror
            -o ${CMAKE_CURRENT_BINARY_DIR} ${ARG_GRAMMAR}
    # A rule's context is always of the rule's own type; later versions of ANTLR write it so too.
    COMMAND sed -i "s/dynamic_cast</static_cast</g" ${sources}
    DEPENDS ${ARG_GRAMMAR}
    VERBATIM)
  set(${ARG_OUTPUT} ${sources} PARENT_SCOPE)
endfunction()
