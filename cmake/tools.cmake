# Programs that only tests run.
function(test_tool name)
  add_executable(${name} ${PROJECT_SOURCE_DIR}/tests/tools/${name}.c)
  target_link_libraries(${name} ${ARGN})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                        ${CMAKE_BINARY_DIR}/tests)
endfunction()

test_tool(read-settings settings)
test_tool(send-one workers)
test_tool(import-list intake)
add_test(NAME docs.settings COMMAND ${PROJECT_SOURCE_DIR}/scripts/check-docs
         $<TARGET_FILE:read-settings>)

add_library(killer SHARED ${PROJECT_SOURCE_DIR}/tests/tools/killer.c)
target_link_libraries(killer PRIVATE PkgConfig::SQLITE PkgConfig::CURL)
set_target_properties(killer PROPERTIES LIBRARY_OUTPUT_DIRECTORY
                      ${CMAKE_BINARY_DIR}/tests)
