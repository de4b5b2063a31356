// SPDX-License-Identifier: Apache-2.0
#include "command/table.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::command {

void Table::Add(std::vector<Cell> row) {
  for (Cell& cell : row) cell.text = Printable(cell.text);
  rows_.push_back(std::move(row));
}

std::string Table::Show(const Terminal& terminal) const {
  std::vector<std::size_t> widths;
  for (const std::string& heading : headings_)
    widths.push_back(CodePoints(heading));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], CodePoints(row[i].text));
  }
  std::string out;
  const auto add = [&](std::size_t column, const std::string& text,
                       Colour colour) {
    if (terminal.colours_out)
      out += terminal.Out(colour, text);
    else
      out += text;
    if (column + 1 == headings_.size())
      out += '\n';
    else
      out.append(widths[column] - CodePoints(text) + 2, ' ');
  };
  for (std::size_t i = 0; i < headings_.size(); ++i)
    add(i, headings_[i], Colour::kBold);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      add(i, row[i].text, row[i].colour);
  }
  return out;
}

}  // namespace godwit::command
