# SPDX-License-Identifier: Apache-2.0
# How every target of this project is built, and the one way to declare a module.

find_program(GODWIT_CCACHE ccache)
if(GODWIT_CCACHE AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${GODWIT_CCACHE})
endif()
find_program(GODWIT_MOLD mold)

add_library(godwit_build INTERFACE)
target_compile_features(godwit_build INTERFACE cxx_std_20)
target_include_directories(godwit_build INTERFACE
  ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
target_compile_options(godwit_build INTERFACE
  -ffunction-sections -fdata-sections  # so that a program can leave out what it does not call
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees overlaps in std::string's own code at -O2 that are not there (PR 105651).
  target_compile_options(godwit_build INTERFACE -Wno-restrict)
endif()
if(GODWIT_WERROR)
  target_compile_options(godwit_build INTERFACE -Werror)
endif()
if(GODWIT_SANITIZE)
  # What sanitizers add hides initialisations from g++, std::stop_source's first.
  target_compile_options(godwit_build INTERFACE -fsanitize=${GODWIT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -Wno-maybe-uninitialized)
  target_link_options(godwit_build INTERFACE -fsanitize=${GODWIT_SANITIZE})
endif()
if(GODWIT_MOLD AND PROJECT_IS_TOP_LEVEL)
  target_link_options(godwit_build INTERFACE -fuse-ld=mold)
endif()
target_compile_definitions(godwit_build INTERFACE GODWIT_VERSION="${PROJECT_VERSION}")

# Which engines are built: for the few files that ask, so that the others compile
# to the same in every configuration.
add_library(godwit_engines INTERFACE)
target_compile_definitions(godwit_engines INTERFACE
  GODWIT_HAS_SQLITE=$<BOOL:${GODWIT_SQLITE}>
  GODWIT_HAS_POSTGRESQL=$<BOOL:${GODWIT_POSTGRESQL}>)

# godwit_module(NAME [DEPENDS module…] [LINKS target…] [PRIVATE target…] [SOURCES file…])
# Makes the static library godwit_NAME of the folder's *.cc (or of SOURCES), and
# the test godwit_NAME_test of its *_test.cc.
function(godwit_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LINKS;PRIVATE;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  if(arg_SOURCES)
    set(sources ${arg_SOURCES})
  endif()
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  if(NOT GODWIT_SQLITE)
    list(FILTER sources EXCLUDE REGEX "/sqlite[^/]*\\.cc$")
    list(FILTER tests EXCLUDE REGEX "/sqlite[^/]*\\.cc$")
  endif()
  if(NOT GODWIT_POSTGRESQL)
    list(FILTER sources EXCLUDE REGEX "/postgres[^/]*\\.cc$")
    list(FILTER tests EXCLUDE REGEX "/postgres[^/]*\\.cc$")
  endif()
  add_library(godwit_${name} STATIC ${sources})
  set_target_properties(godwit_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_features(godwit_${name} PUBLIC cxx_std_20)
  list(TRANSFORM arg_DEPENDS PREPEND godwit_)
  target_link_libraries(godwit_${name} PUBLIC ${arg_DEPENDS} ${arg_LINKS} PRIVATE
    $<BUILD_INTERFACE:godwit_build> ${arg_PRIVATE})
  target_include_directories(godwit_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  if(GODWIT_TESTS AND GODWIT_UNIT_TESTS AND tests)
    godwit_test(godwit_${name}_test SOURCES ${tests} LINKS godwit_${name} ${arg_PRIVATE})
  endif()
endfunction()

# godwit_test(NAME SOURCES file… LINKS target… [LABELS label…])
function(godwit_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} godwit_build GTest::gmock GTest::gtest_main)
  # Only for the files that ask: the others compile to the same in every clone.
  foreach(source ${arg_SOURCES})
    file(STRINGS ${source} asks REGEX "GODWIT_SOURCE_DIR" LIMIT_COUNT 1)
    if(asks)
      set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS GODWIT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    endif()
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600 LABELS "${arg_LABELS}")
endfunction()
