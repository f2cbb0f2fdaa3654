# room(NAME DIRECTORY NEEDS ...): the sources of one directory, less its
# main.c, as a static library.  A room that has no source yet is only a name.
function(room name directory)
  cmake_parse_arguments(ROOM "" "" "NEEDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${directory}/*.c
       ${PROJECT_SOURCE_DIR}/${directory}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.c$")
  if(sources)
    add_library(${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${name} ${scope} ${PROJECT_SOURCE_DIR}/common
                             ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} ${scope} ${ROOM_NEEDS})
endfunction()

# program(NAME ROOM): the room's main.c.
function(program name room)
  get_target_property(kind ${room} TYPE)
  set(directory ${room})
  if(EXISTS ${PROJECT_SOURCE_DIR}/${directory}/main.c)
    add_executable(${name} ${PROJECT_SOURCE_DIR}/${directory}/main.c)
    target_link_libraries(${name} ${room})
    set(where ${CMAKE_INSTALL_SBINDIR})
    if(name STREQUAL "kiphan")
      set(where ${CMAKE_INSTALL_BINDIR})
    endif()
    set(component kiphan)
    if(name STREQUAL "kiphan-worker")
      set(component kiphan-worker)
    endif()
    install(TARGETS ${name} RUNTIME DESTINATION ${where} COMPONENT ${component})
  endif()
endfunction()

# unit_tests(): each tests/unit/<room>/test_<module>.c is a test of its own,
# linked with its room and cmocka.
function(unit_tests)
  if(NOT CMOCKA_FOUND)
    message(STATUS "cmocka is not installed: unit tests are not built")
    return()
  endif()
  file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/*/test_*.c)
  foreach(test ${tests})
    get_filename_component(module ${test} NAME_WE)
    get_filename_component(directory ${test} DIRECTORY)
    get_filename_component(room ${directory} NAME)
    set(target ${room}_${module})
    # What several tests of a room share lies beside them.
    file(GLOB helpers CONFIGURE_DEPENDS ${directory}/*.c)
    list(FILTER helpers EXCLUDE REGEX "/test_[^/]*\\.c$")
    add_executable(${target} ${test} ${helpers})
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                          ${CMAKE_BINARY_DIR}/tests)
    target_compile_definitions(${target} PRIVATE
      SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} ${room} PkgConfig::CMOCKA)
    add_test(NAME ${room}.${module} COMMAND ${target})
  endforeach()
endfunction()

# benches(): each bench/bench_<room>.c is a program of its own, not a test.
function(benches)
  file(GLOB benches CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/bench_*.c)
  foreach(bench ${benches})
    get_filename_component(target ${bench} NAME_WE)
    string(REGEX REPLACE "^bench_([a-z]+).*" "\\1" room ${target})
    add_executable(${target} ${bench})
    target_link_libraries(${target} ${room})
  endforeach()
endfunction()
