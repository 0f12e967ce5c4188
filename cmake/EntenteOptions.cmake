# Compiler settings that every target of ours takes from one interface target, entente_flags.

option(ENTENTE_BUILD_TESTS "Build the tests" ON)
option(ENTENTE_BUILD_BENCH "Build the benchmarks" ON)
option(ENTENTE_BUILD_FUZZERS "Build the fuzz targets (clang only)" OFF)
option(ENTENTE_COVERAGE "Instrument for coverage" OFF)
set(ENTENTE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(ENTENTE_CCACHE ccache)
if(ENTENTE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${ENTENTE_CCACHE}")
endif()

add_library(entente_flags INTERFACE)
# What is installed (cmake/EntenteInstall.cmake) brings its headers along, and none of these warnings.
target_include_directories(entente_flags INTERFACE "$<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}>" "$<INSTALL_INTERFACE:include/entente>")
set(entente_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Woverloaded-virtual
  -Wnull-dereference -Wduplicated-cond -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  list(APPEND entente_warnings -Wno-unknown-warning-option)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Both report on inlined library code rather than on ours (g++ 12 with sanitizers or -O3).
  list(APPEND entente_warnings -Wno-null-dereference -Wno-maybe-uninitialized)
endif()
target_compile_options(entente_flags INTERFACE "$<BUILD_INTERFACE:${entente_warnings}>")

# Runtime settings that must hold for libraries and programs alike.
if(ENTENTE_SANITIZE)
  add_compile_options(-fsanitize=${ENTENTE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ENTENTE_SANITIZE})
endif()
if(ENTENTE_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
if(NOT ENTENTE_SANITIZE)
  find_program(ENTENTE_MOLD mold)
  if(ENTENTE_MOLD)
    add_link_options(-fuse-ld=mold)
  endif()
endif()
