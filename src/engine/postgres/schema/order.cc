// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>

#include "engine/postgres/schema/steps.h"

namespace godwit::engine::pg {

namespace {

// Drops come first, and backwards; then what is made and changed, by kind.
std::tuple<int, int, std::size_t> Rank(const StepGraph& graph,
                                       std::size_t index) {
  const Step& step = graph.steps[index];
  const int kind = static_cast<int>(step.object().kind);
  if (step.action == Step::Action::kDrop) return {0, -kind, index};
  if (step.action == Step::Action::kRetire) return {1, kind, index};
  return {2, kind, index};
}

// Takes the lowest of what waits for nothing, again and again.
class Sorter {
 public:
  explicit Sorter(const StepGraph& graph)
      : graph_(graph),
        followers_(graph.steps.size()),
        soft_followers_(graph.steps.size()),
        waits_(graph.steps.size(), 0),
        soft_waits_(graph.steps.size(), 0),
        done_(graph.steps.size(), false) {
    Enter(graph.before, followers_, waits_);
    Enter(graph.better_before, soft_followers_, soft_waits_);
  }

  std::vector<std::size_t> Run() {
    for (std::size_t i = 0; i < waits_.size(); ++i) Offer(i);
    while (order_.size() < graph_.steps.size()) {
      if (ready_.empty()) Force();
      const std::size_t next = std::get<2>(*ready_.begin());
      ready_.erase(ready_.begin());
      Take(next);
    }
    return std::move(order_);
  }

 private:
  using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

  static void Enter(Pairs edges,
                    std::vector<std::vector<std::size_t>>& followers,
                    std::vector<int>& waits) {
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    for (const auto& [first, second] : edges) {
      if (first == second) continue;
      followers[first].push_back(second);
      ++waits[second];
    }
  }

  void Offer(std::size_t step) {
    if (!done_[step] && waits_[step] == 0 && soft_waits_[step] == 0)
      ready_.insert(Rank(graph_, step));
  }

  void Take(std::size_t step) {
    done_[step] = true;
    order_.push_back(step);
    for (const std::size_t next : followers_[step]) {
      --waits_[next];
      Offer(next);
    }
    for (const std::size_t next : soft_followers_[step]) {
      --soft_waits_[next];
      Offer(next);
    }
  }

  // Nothing is free: a wish goes first, and where there is a true circle, the
  // lowest step.
  void Force() {
    std::size_t best = graph_.steps.size();
    bool best_soft = false;
    for (std::size_t i = 0; i < done_.size(); ++i) {
      if (done_[i]) continue;
      const bool soft = waits_[i] == 0;
      if (best == done_.size() || (soft && !best_soft) ||
          (soft == best_soft && Rank(graph_, i) < Rank(graph_, best))) {
        best = i;
        best_soft = soft;
      }
    }
    waits_[best] = soft_waits_[best] = 0;
    Offer(best);
  }

  const StepGraph& graph_;
  std::vector<std::vector<std::size_t>> followers_;
  std::vector<std::vector<std::size_t>> soft_followers_;
  std::vector<int> waits_;
  std::vector<int> soft_waits_;
  std::vector<bool> done_;
  std::set<std::tuple<int, int, std::size_t>> ready_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::size_t> Order(const StepGraph& graph) {
  return Sorter(graph).Run();
}

}  // namespace godwit::engine::pg
