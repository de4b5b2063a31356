// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace godwit::cli {

// Overwrites the databases' DSNs in the arguments of the process itself: they
// may hold a password, and `ps` shows the arguments to everybody. Call it when
// they have been read.
void HideDsns(int count, char** arguments);

}  // namespace godwit::cli
