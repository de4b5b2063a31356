// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/written.h"

#include "base/text.h"

namespace godwit::migrate {

namespace {

// A line end in a name must not end the comment.
std::string Comments(const std::vector<std::string>& comments) {
  std::string text;
  for (const std::string& comment : comments)
    text += Cat("-- ", Printable(comment), '\n');
  return text;
}

}  // namespace

std::string WayText(const Written::Way& way, std::string_view begin,
                    std::string_view end) {
  std::string text = Comments(way.comments);
  for (const Written::Statement& statement : way.statements) {
    const bool block =
        !begin.empty() && statement.sql.find(';') != std::string::npos;
    text += Comments(statement.comments);
    if (block) text += Cat(begin, '\n');
    text += Cat(statement.sql, ";\n");
    if (block) text += Cat(end, '\n');
  }
  return text;
}

}  // namespace godwit::migrate
