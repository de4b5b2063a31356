// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "engine/postgres/schema/alter.h"
#include "engine/postgres/schema/object.h"
#include "schema/plan.h"

namespace godwit::engine::pg {

// What becomes of each thing of two catalogs, what needs a thing that goes
// included.
class Fates {
 public:
  Fates(const Graph& from, const Graph& to, const schema::PlanOptions& options);

  const Graph& from() const { return from_; }
  const Graph& to() const { return to_; }

  // The other's index; Graph::kNone where it has none of that key.
  std::size_t PartnerOfFrom(std::size_t object) const { return in_to_[object]; }
  std::size_t PartnerOfTo(std::size_t object) const { return in_from_[object]; }

  // By the index of `from`: it is not there any more, or it is another one.
  bool IsGone(std::size_t object) const { return gone_[object]; }
  bool IsGone(const std::string& key) const;
  // By the index of `to`: it is to be made.
  bool IsNew(std::size_t object) const {
    return in_from_[object] == Graph::kNone || gone_[in_from_[object]];
  }
  bool IsNew(const std::string& key) const;
  // In both catalogs, and made again.
  bool IsRemade(std::size_t from_object) const {
    return gone_[from_object] && in_to_[from_object] != Graph::kNone;
  }
  // Tables and types stay under another name until what used them has changed.
  bool IsRetired(std::size_t from_object) const;
  // Of what stays; by the index of `to`.
  const Alteration& alteration(std::size_t to_object) const {
    return alterations_[to_object];
  }

 private:
  void Decide(const schema::PlanOptions& options);
  void UndoAttachments();
  void RemakeTwins();
  void Propagate();
  void React(std::size_t object, std::size_t cause);
  void ReactToGone(std::size_t object, std::size_t cause);
  void ReactToRetyped(std::size_t object);
  void ReactOfColumn(std::size_t object, std::size_t cause);
  void ReactOfAttachment(std::size_t object, std::size_t cause);
  bool IsDetached(std::size_t part, std::size_t index) const;
  void Remake(std::size_t object);
  void Retype(std::size_t object);

  const Graph& from_;
  const Graph& to_;
  std::vector<std::size_t> in_to_;
  std::vector<std::size_t> in_from_;
  std::vector<bool> gone_;
  std::vector<Alteration> alterations_;
  std::vector<std::size_t> causes_;  // of `from`, still to be followed
};

}  // namespace godwit::engine::pg
