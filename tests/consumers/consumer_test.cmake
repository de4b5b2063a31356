# SPDX-License-Identifier: Apache-2.0
# Builds and runs a user's project.
#   cmake -D KIND=… -D EXTENT=small|all -D SOURCE=… -D PREFIX=… -D WORK=… -D COMPILER=… -D LAUNCHER=…
#         -D STANDARD=… -P consumer_test.cmake
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

set(arguments -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
  -D CMAKE_CXX_STANDARD=${STANDARD} -D CMAKE_CXX_STANDARD_REQUIRED=ON)
if(KIND STREQUAL "fetch_content")
  list(APPEND arguments -D GODWIT_SOURCE_DIR=${SOURCE} -D GODWIT_WERROR=ON)
else()
  list(APPEND arguments -D CMAKE_PREFIX_PATH=${PREFIX})
  file(GLOB_RECURSE pc ${PREFIX}/godwit.pc)
  get_filename_component(folder ${pc} DIRECTORY)
  set(ENV{PKG_CONFIG_PATH} ${folder})
endif()
if(EXTENT STREQUAL "small")
  list(APPEND arguments -D GODWIT_POSTGRESQL=OFF -D CMAKE_BUILD_TYPE=Release
    -D CMAKE_CXX_FLAGS_RELEASE=-O2 -D CMAKE_EXE_LINKER_FLAGS=-Wl,--gc-sections,-s)
else()
  list(APPEND arguments -D CMAKE_BUILD_TYPE=None)
endif()

if(NOT KIND STREQUAL "fetch_content")  # nothing is remembered of an older installation
  file(REMOVE_RECURSE ${WORK}/build)
endif()
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/${KIND} -B ${WORK}/build -G Ninja ${arguments})
run(${CMAKE_COMMAND} --build ${WORK}/build --parallel 2)

file(REMOVE ${WORK}/start.db ${WORK}/program.db)
run(${WORK}/build/runtime sqlite::memory:)
expect("${output}" "^42\n$")
run(${WORK}/build/start sqlite:${WORK}/start.db)
expect("${output}" "^1\n$")
run(${WORK}/build/program sqlite:${WORK}/program.db migrate status --json)
expect("${output}" "\"pending\":1")
run(${WORK}/build/program sqlite:${WORK}/program.db)
expect("${output}" "^godwit in C\\+\\+20[0-9][0-9]\n$")
run(${WORK}/build/program sqlite:${WORK}/program.db migrate down)
expect("${output}" "^reverted  1 words")

if(EXTENT STREQUAL "small")
  foreach(program start program)
    file(SIZE ${WORK}/build/${program} size)
    message(STATUS "${program}: ${size} bytes")
    if(size GREATER 2000000)
      message(FATAL_ERROR "${program} has ${size} bytes; for SQLite alone it may have 2 MB")
    endif()
    run(ldd ${WORK}/build/${program})
    expect("${output}" "libsqlite3")
    foreach(library yaml pg_query libpq CLI fmt)
      if(output MATCHES "${library}")
        message(FATAL_ERROR "${program} links ${library}:\n${output}")
      endif()
    endforeach()
  endforeach()
endif()
