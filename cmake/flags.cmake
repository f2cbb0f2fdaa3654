# How everything is compiled: many warnings, a hardened binary.
add_compile_definitions(_GNU_SOURCE KIPHAN_VERSION="${PROJECT_VERSION}")
set(warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wformat=2 -Wundef -Wvla -Wcast-qual -Wwrite-strings -Wpointer-arith
    -Wswitch-enum -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough)
set(c_warnings -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition)
foreach(warning ${warnings} ${c_warnings})
  add_compile_options($<$<COMPILE_LANGUAGE:C>:${warning}>)
endforeach()
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wall> $<$<COMPILE_LANGUAGE:CXX>:-Wextra>)

option(STRICT "treat warnings as errors (CI)" OFF)
if(STRICT)
  add_compile_options(-Werror)
endif()

# Asserts are kept in every build: a bug must not write to the store.
string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_RELWITHDEBINFO "${CMAKE_C_FLAGS_RELWITHDEBINFO}")
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")

option(SANITIZE "address and undefined-behaviour sanitizers" OFF)
if(SANITIZE)
  add_compile_options(-O1 -g -fno-omit-frame-pointer
    -fsanitize=address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
else()
  add_compile_options(-O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
    -fstack-protector-strong -fstack-clash-protection)
  include(CheckCCompilerFlag)
  check_c_compiler_flag(-ftrivial-auto-var-init=zero HAVE_AUTO_INIT) # not clang 14
  if(HAVE_AUTO_INIT)
    add_compile_options($<$<COMPILE_LANGUAGE:C>:-ftrivial-auto-var-init=zero>)
  endif()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  add_link_options(-pie -Wl,-z,relro,-z,now)
endif()
