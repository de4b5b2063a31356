# SPDX-License-Identifier: Apache-2.0
# godwit_embed_migrations in a project of its own, built again after each change
# to the folder, never configured by hand.
#   cmake -D SOURCE=… -D WORK=… -D GENERATOR=… -D COMPILER=… -P embed_test.cmake
set(migrations ${WORK}/migrations)
set(build ${WORK}/build)

function(run)
  execute_process(COMMAND ${ARGV} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
  if(status)
    message(FATAL_ERROR "failed: ${ARGV}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# Builds, and expects the program to hold just what is in the folder.
function(expect_in_step when)
  run(${CMAKE_COMMAND} --build ${build})
  run(${build}/consumer)
  set(expected "")
  file(GLOB files ${migrations}/*.sql)
  foreach(file IN LISTS files)
    file(SHA256 ${file} checksum)
    get_filename_component(name ${file} NAME)
    string(APPEND expected "${checksum}  ${name}\n")
  endforeach()
  string(APPEND expected "pairs 0\n")
  if(NOT output STREQUAL expected)
    message(FATAL_ERROR "${when}: the program holds\n${output}expected\n${expected}")
  endif()
endfunction()

# Also what CMake's text functions cannot write: NUL and bytes that are no UTF-8.
function(write_bytes file)
  execute_process(COMMAND printf "SELECT 'it''s \"q\" \\\\\\\\ ??/ %%s';\\r\\n-- \\000\\377\\376\\n"
                  OUTPUT_FILE ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${migrations}/empty)
write_bytes(${migrations}/1_bytes.sql)
file(WRITE ${migrations}/2_empty.sql "")
file(WRITE ${migrations}/README.md "not embedded")
string(REPEAT "INSERT INTO t VALUES (1);\n" 20000 rows)
file(WRITE ${migrations}/3_half_a_megabyte.sql "${rows}")

run(${CMAKE_COMMAND} -S ${SOURCE}/tests/architecture/embed/consumer -B ${build} -G ${GENERATOR}
    -D GODWIT_SOURCE_DIR=${SOURCE} -D MIGRATIONS=${migrations} -D CMAKE_CXX_COMPILER=${COMPILER})
expect_in_step("after the first build")

file(MAKE_DIRECTORY ${WORK}/written)
run(${build}/consumer ${WORK}/written)
file(GLOB names RELATIVE ${migrations} ${migrations}/*.sql)
foreach(name IN LISTS names)
  run(${CMAKE_COMMAND} -E compare_files ${migrations}/${name} ${WORK}/written/${name})
endforeach()

file(WRITE ${migrations}/4_added.sql "SELECT 4;\n")
expect_in_step("after a file was added")
file(WRITE ${migrations}/4_added.sql "SELECT 5;\n")
expect_in_step("after a file was changed")
file(REMOVE ${migrations}/2_empty.sql)
expect_in_step("after a file was deleted")
file(RENAME ${migrations}/4_added.sql ${migrations}/5_renamed.sql)
expect_in_step("after a file was renamed")

run(${CMAKE_COMMAND} --build ${build})
if(output MATCHES "Embedding")
  message(FATAL_ERROR "nothing changed, and the files were embedded again:\n${output}")
endif()
