# SPDX-License-Identifier: Apache-2.0
# Builds godwit and installs it; what is installed is complete.
#   cmake -D SOURCE=… -D PREFIX=… -D WORK=… -D COMPILER=… -D LAUNCHER=… -P install_test.cmake
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

file(REMOVE_RECURSE ${PREFIX})
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK} -G Ninja -D CMAKE_CXX_COMPILER=${COMPILER}
    -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -D CMAKE_INSTALL_PREFIX=${PREFIX}
    -D CMAKE_BUILD_TYPE=None -D GODWIT_TESTS=OFF -D GODWIT_EXAMPLES=OFF)
run(${CMAKE_COMMAND} --build ${WORK} --parallel 2)
run(${CMAKE_COMMAND} --install ${WORK})

run(${PREFIX}/bin/godwit version)
expect("${output}" "^godwit [0-9.]+\n$")
file(GLOB_RECURSE installed RELATIVE ${PREFIX} ${PREFIX}/*)
foreach(file include/godwit/migrate_command.h /godwitConfig.cmake /godwitConfigVersion.cmake
        /GodwitEmbed.cmake /GodwitEmbedWrite.cmake /pkgconfig/godwit.pc /pkgconfig/godwit-migrate.pc
        /pkgconfig/godwit-runtime.pc /LICENSE man1/godwit.1 man1/godwit-migrate.1
        bash-completion/completions/godwit zsh/site-functions/_godwit fish/vendor_completions.d/godwit.fish)
  expect("${installed}" "${file}(;|$)")
endforeach()

# It may be moved, and needs nothing of where it was built.
file(GLOB_RECURSE texts ${PREFIX}/*.cmake ${PREFIX}/*.pc)
foreach(file IN LISTS texts)
  file(READ ${file} text)
  foreach(folder ${SOURCE} ${WORK} ${PREFIX})
    string(FIND "${text}" "${folder}/" at)
    if(NOT at EQUAL -1)
      message(FATAL_ERROR "${file} names ${folder}")
    endif()
  endforeach()
endforeach()
