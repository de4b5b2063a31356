# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where: libraries, headers, the command, and what
# find_package, pkg-config, man and shells look for.
include(CMakePackageConfigHelpers)

set(cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/godwit)

# The libraries, under the names that a program links.
set(modules)
foreach(module command state migrate engine sql runtime base)
  if(TARGET godwit_${module})
    list(APPEND modules ${module})
    set_target_properties(godwit_${module} PROPERTIES EXPORT_NAME module_${module})
  endif()
endforeach()
set_target_properties(godwit_runtime PROPERTIES EXPORT_NAME runtime)
set_target_properties(godwit_application PROPERTIES EXPORT_NAME migrate)
set_target_properties(godwit_all PROPERTIES EXPORT_NAME godwit)
list(TRANSFORM modules PREPEND godwit_ OUTPUT_VARIABLE libraries)
install(TARGETS ${libraries} godwit_application godwit_all EXPORT godwit)
install(EXPORT godwit NAMESPACE godwit:: DESTINATION ${cmake_folder} FILE godwitTargets.cmake)
install(DIRECTORY include/godwit DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

configure_package_config_file(cmake/godwitConfig.cmake.in ${PROJECT_BINARY_DIR}/godwitConfig.cmake
  INSTALL_DESTINATION ${cmake_folder})
# Before 1.0 a minor version may break.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/godwitConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/godwitConfig.cmake ${PROJECT_BINARY_DIR}/godwitConfigVersion.cmake
  cmake/GodwitEmbed.cmake cmake/GodwitEmbedWrite.cmake cmake/GodwitGenerate.cmake
  cmake/FindNettle.cmake
  DESTINATION ${cmake_folder})

# godwit_pkg_config(NAME DESCRIPTION text [MODULES module…] [REQUIRES package…])
# The libraries are archives, so that what they need is needed by every link.
function(godwit_pkg_config name)
  cmake_parse_arguments(arg "" "DESCRIPTION" "MODULES;REQUIRES" ${ARGN})
  set(description ${arg_DESCRIPTION})
  list(JOIN arg_REQUIRES ", " requires)
  list(TRANSFORM arg_MODULES PREPEND -lgodwit_)
  list(JOIN arg_MODULES " " libs)
  if(NOT arg_REQUIRES MATCHES godwit)
    string(APPEND libs " ${nettle} ${CMAKE_THREAD_LIBS_INIT}")
  endif()
  file(RELATIVE_PATH prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  string(REGEX REPLACE "/$" "" prefix ${prefix})
  configure_file(cmake/godwit.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

set(nettle -lnettle)
if(NETTLE_LIBRARY MATCHES "\\.a$")
  set(nettle "-l:libnettle.a -Wl,--exclude-libs,libnettle.a")
endif()
set(engines)
if(GODWIT_SQLITE)
  list(APPEND engines sqlite3)
endif()
if(GODWIT_POSTGRESQL)
  list(APPEND engines libpq)
endif()
godwit_pkg_config(godwit-runtime DESCRIPTION "Connections, statements, transactions and pools for SQLite and PostgreSQL"
  MODULES runtime base REQUIRES ${engines})
list(REMOVE_ITEM modules runtime base)
godwit_pkg_config(godwit-migrate DESCRIPTION "Migrations that a program applies to its own database"
  MODULES ${modules} REQUIRES godwit-runtime)
godwit_pkg_config(godwit DESCRIPTION "${PROJECT_DESCRIPTION}" REQUIRES godwit-migrate)

install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(GODWIT_COMMAND)
  install(TARGETS godwit)
  set(pages ${PROJECT_BINARY_DIR}/pages)
  install(FILES ${pages}/godwit.1 ${pages}/godwit-migrate.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${pages}/godwit.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME godwit)
  install(FILES ${pages}/_godwit DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${pages}/godwit.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
