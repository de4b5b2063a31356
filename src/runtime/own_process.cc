// SPDX-License-Identifier: Apache-2.0
#include "runtime/own_process.h"

#if GODWIT_HAS_SQLITE
#include <sqlite3.h>
#endif

namespace godwit::internal {

void TuneOwnProcess() {
#if GODWIT_HAS_SQLITE
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
#endif
}

}  // namespace godwit::internal
