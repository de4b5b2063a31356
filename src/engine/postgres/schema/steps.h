// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/postgres/schema/fates.h"
#include "schema/plan.h"

namespace godwit::engine::pg {

struct Step {
  enum class Action {
    kRetire,  // gives the name free
    kDrop,
    kAlter,
    kCreate,
    kCopy,  // the rows of a table that was made again
  };
  Action action = Action::kAlter;
  const Object* from = nullptr;
  const Object* to = nullptr;
  std::vector<std::string> sql;
  std::vector<std::string> hazards;
  bool retired = false;  // a drop of what another thing has taken the place of
  std::vector<std::string> lost;  // columns that have no place there
  bool on_new = false;            // of nothing that was there before

  const Object& object() const { return to != nullptr ? *to : *from; }
};

// An edge: the first before the second.
struct StepGraph {
  std::vector<Step> steps;
  std::vector<std::pair<std::size_t, std::size_t>> before;
  std::vector<std::pair<std::size_t, std::size_t>> better_before;
};

StepGraph MakeSteps(const Fates& fates, const schema::PlanOptions& options);

// An order that keeps all of `before`, and of `better_before` what can be kept.
std::vector<std::size_t> Order(const StepGraph& graph);

}  // namespace godwit::engine::pg
