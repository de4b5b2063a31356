# SPDX-License-Identifier: Apache-2.0
# Nettle::Nettle: of it only SHA-2 is used, so that linked statically, where there
# is an archive, it costs some kilobytes.
find_library(NETTLE_LIBRARY NAMES libnettle.a nettle)
find_path(NETTLE_INCLUDE_DIR nettle/sha2.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Nettle REQUIRED_VARS NETTLE_LIBRARY NETTLE_INCLUDE_DIR)
mark_as_advanced(NETTLE_LIBRARY NETTLE_INCLUDE_DIR)
if(Nettle_FOUND AND NOT TARGET Nettle::Nettle)
  add_library(Nettle::Nettle UNKNOWN IMPORTED)
  set_target_properties(Nettle::Nettle PROPERTIES
    IMPORTED_LOCATION ${NETTLE_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${NETTLE_INCLUDE_DIR})
endif()
