# entente_library(graph_model HEADERS ... SOURCES ... USES ...)
#   One folder, one library: target entente_<name>, alias entente::<name>. Headers go into a file set, so that
#   the target all_verify_interface_header_sets compiles each of them alone.
function(entente_library name)
  cmake_parse_arguments(ARG "" "" "HEADERS;SOURCES;USES" ${ARGN})
  if(ARG_SOURCES)
    add_library(entente_${name} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(entente_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(entente::${name} ALIAS entente_${name})
  target_sources(entente_${name} ${scope} FILE_SET HEADERS BASE_DIRS "${CMAKE_SOURCE_DIR}" FILES ${ARG_HEADERS})
  target_link_libraries(entente_${name} ${scope} entente_flags ${ARG_USES})
endfunction()

# entente_test(base_edtf SOURCES edtf_test.cc USES entente::base)
#   One Catch2 program; each test case becomes a ctest test.
function(entente_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PROPERTIES" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  target_link_libraries(${name}_test PRIVATE entente_test_main ${ARG_USES})
  # Catch2's header costs more than most tests: it is read once for several files.
  set_target_properties(${name}_test PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  # Instrumented assertions are slow to compile and gain nothing from being optimised: what they test is.
  if(ENTENTE_SANITIZE)
    target_compile_options(${name}_test PRIVATE -O0)
  endif()
  catch_discover_tests(${name}_test TEST_PREFIX "${name}: " PROPERTIES TIMEOUT 300 ${ARG_PROPERTIES})
endfunction()
