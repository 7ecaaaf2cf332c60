# The libraries that the program is made of: HLAB_FMT, HLAB_YAML_CPP, HLAB_ANTLR4.
#
# With HLAB_STATIC they go into the program, and the C++ runtime as well. It then starts in two thirds of
# the time (a third of a small `check` was spent on joining shared libraries) and runs on any machine
# with its libc. Debian has no static fmt, so its one source file is compiled here.

option(HLAB_STATIC "Put the libraries into the program" OFF)

find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
set(HLAB_FMT fmt::fmt)
set(HLAB_YAML_CPP yaml-cpp)
set(HLAB_ANTLR4 ${ANTLR4_LIBRARY})

if(HLAB_STATIC)
  find_library(HLAB_YAML_CPP_ARCHIVE libyaml-cpp.a REQUIRED)
  find_library(HLAB_ANTLR4_ARCHIVE libantlr4-runtime.a REQUIRED)
  set(HLAB_YAML_CPP ${HLAB_YAML_CPP_ARCHIVE})
  set(HLAB_ANTLR4 ${HLAB_ANTLR4_ARCHIVE})
  add_library(hlab_fmt STATIC ${PROJECT_SOURCE_DIR}/cmake/fmt_static.cpp)
  target_compile_definitions(hlab_fmt INTERFACE FMT_SHARED)  # one set of objects for both ways to link
  set(HLAB_FMT hlab_fmt)
  add_link_options(-static-libstdc++ -static-libgcc)
endif()
