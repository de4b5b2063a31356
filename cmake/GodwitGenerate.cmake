# SPDX-License-Identifier: Apache-2.0
# Compiles the code that godwit writes from annotated queries into a program.
#
#   godwit_generate(TARGET app CONFIG sqlc.yaml)
#
# The code stands in the folders that CONFIG names with `out:`, and belongs into
# version control beside godwit.lock: building needs no database then. Where
# queries or schema have changed, the build writes it anew before it compiles;
# files that stay the same are not touched. The first time it is
# `godwit generate -f sqlc.yaml`. The target links godwit::runtime.

function(godwit_generate)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;CONFIG" "")
  foreach(needed TARGET CONFIG)
    if(NOT arg_${needed})
      message(FATAL_ERROR "godwit_generate: ${needed} is missing")
    endif()
  endforeach()
  get_filename_component(config ${arg_CONFIG} ABSOLUTE)
  get_filename_component(folder ${config} DIRECTORY)
  if(NOT EXISTS ${config})
    message(FATAL_ERROR "godwit_generate: there is no file ${config}")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${config})

  # Where the code goes: `out: src/db`, alone on its line or in braces.
  file(STRINGS ${config} lines REGEX "[ {]out: *[^ ]")
  set(files)
  foreach(line ${lines})
    string(REGEX REPLACE "^.*[ {]out: *[\"']?([^ ,}\"']+).*$" "\\1" out "${line}")
    file(GLOB found CONFIGURE_DEPENDS ${folder}/${out}/*.cc)
    list(APPEND files ${found})
  endforeach()
  if(NOT files)
    message(FATAL_ERROR "godwit_generate: no code is there yet; run 'godwit generate -f ${arg_CONFIG}'")
  endif()
  target_sources(${arg_TARGET} PRIVATE ${files})

  if(TARGET godwit)
    set(program godwit)
  else()
    find_program(GODWIT_PROGRAM godwit)
    set(program ${GODWIT_PROGRAM})
  endif()
  if(NOT program)
    return()  # the code is compiled as it stands
  endif()
  # One target may have code of several configurations.
  set(name ${arg_TARGET}_generated)
  set(number 1)
  while(TARGET ${name})
    math(EXPR number "${number} + 1")
    set(name ${arg_TARGET}_generated_${number})
  endwhile()
  set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${name}.stamp)
  add_custom_command(OUTPUT ${stamp}
    COMMAND ${program} generate --quiet -f ${config} --depfile ${stamp}.d
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${config} ${program} DEPFILE ${stamp}.d
    COMMENT "Looking whether the code of ${arg_CONFIG} is up to date" VERBATIM)
  add_custom_target(${name} DEPENDS ${stamp})
  add_dependencies(${arg_TARGET} ${name})
endfunction()
