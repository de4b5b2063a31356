// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace godwit::codegen {

// "user_accounts" → "UserAccounts".
std::string CamelCase(std::string_view name);
// "user_accounts" → "user_account", "statuses" → "status": English, as far as
// endings tell.
std::string Singular(std::string_view name);
// "in_progress" → "kInProgress".
std::string Constant(std::string_view label);
// What C++ takes as a name: other characters become underscores, a keyword
// gets one behind it. `otherwise` stands for what leaves nothing.
std::string Identifier(std::string_view name, std::string_view otherwise);

// Gives every name once: "id", "id_2", …
class UniqueNames {
 public:
  std::string Take(std::string name);

 private:
  std::set<std::string> taken_;
};

}  // namespace godwit::codegen
