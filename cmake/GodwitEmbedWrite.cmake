# SPDX-License-Identifier: Apache-2.0
# Run by the build for godwit_embed_migrations: writes OUTPUT, a C++ file that
# holds the files named in LIST, those that begin with PRE: and POST: apart. Every byte is written as \xNN, so that no quote,
# NUL, line end, trigraph or encoding means anything to the compiler; compilers
# read such literals much faster than lists of numbers.
cmake_minimum_required(VERSION 3.19)

set(chunk_size 4096)

# The bytes of hexadecimal digits as one C++ literal.
function(literal digits result)
  string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${digits}")
  set(${result} "\"${escaped}\"" PARENT_SCOPE)
endfunction()

# Appends `constexpr char kBytesN[] = …;` for one file, chunk by chunk: CMake
# copies a whole string to append to it.
function(append_bytes file number)
  file(SIZE ${file} size)
  file(APPEND ${OUTPUT}.new "constexpr char kBytes${number}[] = \"\"")
  set(offset 0)
  while(offset LESS size)
    file(READ ${file} digits OFFSET ${offset} LIMIT ${chunk_size} HEX)
    literal("${digits}" text)
    file(APPEND ${OUTPUT}.new "\n    ${text}")
    math(EXPR offset "${offset} + ${chunk_size}")
  endwhile()
  file(APPEND ${OUTPUT}.new ";\n\n")
endfunction()

file(STRINGS ${LIST} files)
file(WRITE ${OUTPUT}.new "// Written by godwit_embed_migrations; edits are lost.
#include \"${HEADER}\"

// Literals longer than the standard promises; the compilers take them.
#if defined(__clang__)
#pragma clang diagnostic ignored \"-Woverlength-strings\"
#endif

namespace ${NAMESPACE} {
")

set(rows "")
set(rows_PRE "")
set(rows_POST "")
set(number 0)
foreach(entry IN LISTS files)
  set(when "")
  set(file "${entry}")
  if(entry MATCHES "^(PRE|POST):(.*)$")
    set(when "_${CMAKE_MATCH_1}")
    set(file "${CMAKE_MATCH_2}")
  endif()
  if(number EQUAL 0)
    file(APPEND ${OUTPUT}.new "namespace {\n\n")
  endif()
  append_bytes(${file} ${number})
  get_filename_component(name ${file} NAME)
  string(HEX "${name}" digits)
  literal("${digits}" name_text)
  if(name MATCHES "^[A-Za-z0-9_.-]+$")
    set(name_text "\"${name}\"")
  endif()
  file(SHA256 ${file} checksum)
  string(APPEND rows${when}
    "    {${name_text}, {kBytes${number}, sizeof kBytes${number} - 1},\n     \"${checksum}\"},\n")
  math(EXPR number "${number} + 1")
endforeach()

if(FORMAT STREQUAL "auto")
  set(FORMAT "")
endif()
# The arrays, and how each is named in what is returned.
function(append_array suffix name result)
  if(rows${suffix} STREQUAL "")
    set(${result} "{}" PARENT_SCOPE)
    return()
  endif()
  file(APPEND ${OUTPUT}.new "constexpr ::godwit::EmbeddedMigration ${name}[] = {\n${rows${suffix}}};\n\n")
  set(${result} "${name}" PARENT_SCOPE)
endfunction()
append_array("" kFiles span)
append_array(_PRE kPre pre)
append_array(_POST kPost post)
set(assignments "")
foreach(part pre post)
  if(NOT ${part} STREQUAL "{}")
    string(APPEND assignments "  all.${part} = ${${part}};\n")
  endif()
endforeach()
if(NOT number EQUAL 0)
  file(APPEND ${OUTPUT}.new "}  // namespace\n")
endif()
file(APPEND ${OUTPUT}.new "
::godwit::Migrations ${NAME}() {
  ::godwit::Migrations all{${span}, \"${FORMAT}\"};
${assignments}  return all;
}

}  // namespace ${NAMESPACE}
")
file(RENAME ${OUTPUT}.new ${OUTPUT})
