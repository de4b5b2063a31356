// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace godwit::command {

// Overwrites the databases' DSNs in the arguments of the process itself: they
// may hold a password, and `ps` shows the arguments to everybody. Call it when
// they have been read.
void HideDsns(int count, char** arguments);

// The same for an application, which reads its arguments by itself: its DSN and
// those among the words are overwritten wherever they stand as an argument or
// behind the '=' of one, if they may hold a password.
void HideInProcessTitle(std::string_view dsn,
                        std::span<const std::string> words);

// Overwrites the secrets in these words, each ended by a NUL.
void HideWords(std::span<char> area, std::span<const std::string> secrets);

}  // namespace godwit::command
