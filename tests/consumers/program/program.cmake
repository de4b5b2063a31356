# SPDX-License-Identifier: Apache-2.0
# The programs, with the targets and the function that each way to godwit brings:
# consumer_programs(MIGRATE target RUNTIME target).
function(consumer_programs)
  cmake_parse_arguments(arg "" "MIGRATE;RUNTIME" "" ${ARGN})
  set(folder ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Werror)
  add_executable(runtime ${folder}/runtime.cc)
  target_link_libraries(runtime PRIVATE ${arg_RUNTIME})
  foreach(program program start)
    add_executable(${program} ${folder}/${program}.cc)
    target_link_libraries(${program} PRIVATE ${arg_MIGRATE})
    godwit_embed_migrations(TARGET ${program} DIR ${folder}/migrations NAMESPACE program::db)
  endforeach()
endfunction()
