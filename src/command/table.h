// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "command/terminal.h"

namespace godwit::command {

// A table for people: a heading, columns as wide as their widest cell.
class Table {
 public:
  struct Cell {
    std::string text;
    Colour colour = Colour::kNone;
  };

  explicit Table(std::vector<std::string> headings)
      : headings_(std::move(headings)) {}
  void Add(std::vector<Cell> row);
  std::string Show(const Terminal& terminal) const;

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace godwit::command
