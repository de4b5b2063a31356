// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "godwit/connection.h"
#include "schema_model.h"

namespace godwit::property {

// Where the property is asked: new, empty databases.
struct Bench {
  Words words;
  std::function<Connection()> open;
};

struct Figures {
  int pairs = 0;
  int empty = 0;  // with nothing to do
  int statements = 0;
  int refused = 0;  // because of the rows
};

// From `a` with its rows to `b`: where the questions about the rows find
// nothing, the plan runs, arrives, and leaves the values of untouched columns
// as they were; where they find something, it fails and changes nothing.
// Throws std::runtime_error saying what does not hold.
void CheckWay(const Bench& bench, const Model& a, const Model& b,
              Figures& figures);

}  // namespace godwit::property
