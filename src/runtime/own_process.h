// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace godwit::internal {

// What the databases' libraries have to be told once a process, before their
// first use. Only for a program that is godwit's own: in others it is not ours
// to say. SQLite does not count its memory then, which saves a lock at each
// allocation. https://www.sqlite.org/c3ref/c_config_covering_index_scan.html
void TuneOwnProcess();

}  // namespace godwit::internal
