// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "command/command.h"

namespace godwit::command {

std::string Program::Called(std::string_view group,
                            std::string_view verb) const {
  std::string out = offered;
  if (!is_application()) out = Cat(name, group.empty() ? "" : " ", group);
  return verb.empty() ? out : Cat(out, ' ', verb);
}

bool Program::Takes(const Command& command, const FlagRow& row) const {
  if (row.set == kProject) return !is_application();
  return row.set == kEvery || (command.flags & row.set) != 0;
}

const Command* Program::Find(std::string_view group,
                             std::string_view verb) const {
  for (const Command& command : commands) {
    if (command.group == group && command.name == verb) return &command;
  }
  return nullptr;
}

}  // namespace godwit::command
