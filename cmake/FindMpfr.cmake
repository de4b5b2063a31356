# SPDX-License-Identifier: Apache-2.0
# Mpfr::Mpfr: numbers of any precision, with GMP below them.
find_library(MPFR_LIBRARY NAMES libmpfr.a mpfr)
find_library(GMP_LIBRARY NAMES libgmp.a gmp)
find_path(MPFR_INCLUDE_DIR mpfr.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Mpfr REQUIRED_VARS MPFR_LIBRARY GMP_LIBRARY MPFR_INCLUDE_DIR)
mark_as_advanced(MPFR_LIBRARY GMP_LIBRARY MPFR_INCLUDE_DIR)
if(Mpfr_FOUND AND NOT TARGET Mpfr::Mpfr)
  add_library(Mpfr::Mpfr UNKNOWN IMPORTED)
  set_target_properties(Mpfr::Mpfr PROPERTIES
    IMPORTED_LOCATION ${MPFR_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${MPFR_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES ${GMP_LIBRARY})
endif()
