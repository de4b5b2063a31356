# SPDX-License-Identifier: Apache-2.0
# Compiles a folder of migrations into a program.
#
#   godwit_embed_migrations(TARGET app DIR db/migrations NAMESPACE app::db
#                           [NAME Migrations] [FORMAT goose|pairs|dbmate|flyway|plain]
#                           [PRE FILE…] [POST FILE…])
#
# adds to the target the function `godwit::Migrations app::db::Migrations()`,
# declared in "app/db/migrations.h": the namespace is the folder, NAME in lower
# case with underscores the file. The target links godwit::migrate; the call
# stands in the CMakeLists.txt that makes the target.
#
# PRE and POST are files of SQL that run before the migrations and after them
# (Migrations::pre, Migrations::post).
#
# All *.sql files of the folder itself are in it, subfolders are not. A file that
# is changed, added or deleted is noticed by the next build. CMake reads and
# hashes the files itself: no other tool is needed, and starting the program
# hashes nothing.

function(godwit_embed_migrations)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;DIR;NAMESPACE;NAME;FORMAT" "PRE;POST")
  _godwit_embed_check()
  if(NOT arg_NAME)
    set(arg_NAME Migrations)
  endif()
  get_filename_component(folder ${arg_DIR} ABSOLUTE)
  if(NOT IS_DIRECTORY ${folder})
    message(FATAL_ERROR "godwit_embed_migrations: there is no folder ${folder}")
  endif()

  set(script ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/GodwitEmbedWrite.cmake)

  # The folder is listed again at each build. The list is a file, so that a
  # deleted migration, which is no input any more, still makes the source old.
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
  string(REPLACE "::" "/" path ${arg_NAMESPACE})
  string(REGEX REPLACE "([a-z0-9])([A-Z])" "\\1_\\2" stem ${arg_NAME})
  string(TOLOWER ${stem} stem)
  set(root ${CMAKE_CURRENT_BINARY_DIR}/godwit_embed/${arg_TARGET})
  set(base ${root}/${path}/${stem})
  string(REPLACE ";" "\n" list "${files}")
  set(scripts ${files})
  foreach(when PRE POST)
    foreach(file IN LISTS arg_${when})
      get_filename_component(file ${file} ABSOLUTE)
      if(NOT EXISTS ${file})
        message(FATAL_ERROR "godwit_embed_migrations: there is no file ${file}")
      endif()
      string(APPEND list "\n${when}:${file}")
      list(APPEND scripts ${file})
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT ${base}.list CONTENT "@list@\n" @ONLY)
  file(CONFIGURE OUTPUT ${base}.h @ONLY CONTENT [[
// Written by godwit_embed_migrations; edits are lost.
#pragma once

#include <godwit/migrations.h>

namespace @arg_NAMESPACE@ {

// The files of @arg_DIR@ as they were when the program was built.
::godwit::Migrations @arg_NAME@();

}  // namespace @arg_NAMESPACE@
]])

  add_custom_command(
    OUTPUT ${base}.cc
    COMMAND ${CMAKE_COMMAND} -D LIST=${base}.list -D OUTPUT=${base}.cc -D HEADER=${path}/${stem}.h
            -D NAMESPACE=${arg_NAMESPACE} -D NAME=${arg_NAME} -D FORMAT=${arg_FORMAT}
            -P ${script}
    DEPENDS ${scripts} ${base}.list ${script}
    COMMENT "Embedding the migrations of ${arg_DIR}"
    VERBATIM)
  target_sources(${arg_TARGET} PRIVATE ${base}.cc)
  target_include_directories(${arg_TARGET} PUBLIC $<BUILD_INTERFACE:${root}>)
endfunction()

# The arguments of the caller, in its scope.
macro(_godwit_embed_check)
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "godwit_embed_migrations: unknown argument ${arg_UNPARSED_ARGUMENTS}; "
      "it takes TARGET, DIR, NAMESPACE, NAME, FORMAT, PRE and POST")
  endif()
  foreach(needed TARGET DIR NAMESPACE)
    if(NOT arg_${needed})
      message(FATAL_ERROR "godwit_embed_migrations: ${needed} is missing")
    endif()
  endforeach()
  if(NOT TARGET ${arg_TARGET})
    message(FATAL_ERROR "godwit_embed_migrations: there is no target ${arg_TARGET} yet; "
      "call it after add_executable or add_library")
  endif()
  if(NOT arg_NAMESPACE MATCHES "^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*$")
    message(FATAL_ERROR "godwit_embed_migrations: NAMESPACE ${arg_NAMESPACE} is no C++ namespace")
  endif()
  if(arg_NAME AND NOT arg_NAME MATCHES "^[A-Za-z_][A-Za-z0-9_]*$")
    message(FATAL_ERROR "godwit_embed_migrations: NAME ${arg_NAME} is no C++ name")
  endif()
  if(arg_FORMAT AND NOT arg_FORMAT MATCHES "^(auto|goose|pairs|dbmate|flyway|plain)$")
    message(FATAL_ERROR "godwit_embed_migrations: unknown FORMAT ${arg_FORMAT}; "
      "it is goose, pairs, dbmate, flyway or plain, or left out to be found from the files")
  endif()
endmacro()
