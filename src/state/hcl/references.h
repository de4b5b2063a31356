// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "state/hcl/document.h"

namespace godwit::state {

// What a reference stands for; the tag of its value.
class ReferenceTag : public hcl::Capsule {
 public:
  // Without an entry it is a part of the table around.
  const Entry* entry = nullptr;
  std::size_t others = 0;   // objects that the same words mean
  std::string member_kind;  // "column"; empty: the object itself
  std::string member;

  std::string_view kind() const override { return "reference"; }
  bool Equals(const hcl::Capsule& other) const override;
};

// sql("…").
class SqlText : public hcl::Capsule {
 public:
  explicit SqlText(std::string sql) : text(std::move(sql)) {}
  std::string text;
  std::string_view kind() const override { return "sql"; }
  bool Equals(const hcl::Capsule& other) const override;
};

// A bare word where one is expected: BTREE, numeric(10, 2).
class Word : public hcl::Capsule {
 public:
  std::string text;
  std::vector<hcl::Value> arguments;
  std::string_view kind() const override { return "word"; }
  bool Equals(const hcl::Capsule& other) const override;
};

// What all of a document sees: var, local, the objects by their kinds, sql().
class DocumentScope : public hcl::Scope {
 public:
  explicit DocumentScope(DocumentState& state);

  // The members of an object's parts, by kind: `column`; each an object that
  // stands for a part of `entry`, or of the table around. nullptr: none.
  static std::optional<hcl::Value> PartsOf(DocumentState& state,
                                           const hcl::BlockSyntax& block,
                                           const schema::BlockRule& rule,
                                           std::string_view kind,
                                           const Entry* entry,
                                           std::size_t others);

 protected:
  const hcl::Value* FindOwn(std::string_view name) const override;
  const hcl::Function* FindOwnFunction(std::string_view name) const override;
  void ListOwn(std::vector<std::string_view>& names) const override;

 private:
  DocumentState& state_;
  hcl::Function sql_;
  mutable std::unordered_map<std::string, hcl::Value> kinds_;
};

// What is seen within one of the document's blocks: its parts, those of the
// objects that it is of, and `each`.
class BlockScope : public hcl::Scope {
 public:
  BlockScope(DocumentState& state, const hcl::Scope& parent, const Entry& entry,
             const Instance& instance);
  // Parts of that object are parts of this one.
  void AddPartsOf(const Entry& entry) { owners_.push_back(&entry); }
  const std::vector<const Entry*>& owners() const { return owners_; }

 protected:
  const hcl::Value* FindOwn(std::string_view name) const override;
  void ListOwn(std::vector<std::string_view>& names) const override;

 private:
  DocumentState& state_;
  const Instance& instance_;
  std::vector<const Entry*> owners_;
  mutable std::unordered_map<std::string, hcl::Value> parts_;
};

// What the words of a reference mean, without evaluating: nothing where they
// are no reference, or go on behind one. Says what is missing where something
// is.
struct Resolution {
  std::shared_ptr<const ReferenceTag> tag;
  std::string problem;  // with a place and maybe a help
  hcl::Span span;
  std::string help;
};
Resolution Resolve(const DocumentState& state, const BlockScope* around,
                   const hcl::Traversal& traversal);

}  // namespace godwit::state
