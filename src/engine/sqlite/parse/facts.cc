// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/parse/facts.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

// https://www.sqlite.org/lang_corefunc.html, lang_aggfunc.html,
// lang_datefunc.html, json1.html, fts5.html, windowfunctions.html. Only what is
// sure stands here.
namespace godwit::engine {

namespace {

struct Row {
  std::string_view names;  // between blanks
  FunctionFact fact;
};

constexpr Row kFunctions[] = {
    {" count row_number rank dense_rank ntile ",
     {Nulls::kNever, true, "integer", {}}},
    {" percent_rank cume_dist total ", {Nulls::kNever, true, "real", {}}},
    {" changes last_insert_rowid random total_changes "
     "sqlite_compileoption_used ",
     {Nulls::kNever, false, "integer", {}}},
    {" typeof quote hex sqlite_version sqlite_source_id json_array "
     "json_object json_quote ",
     {Nulls::kNever, false, "text", {}}},
    {" randomblob zeroblob ", {Nulls::kNever, false, "blob", {}}},
    {" length instr glob like ", {Nulls::kWithArguments, false, "integer", {}}},
    {" lower upper trim ltrim rtrim replace substr substring ",
     {Nulls::kWithArguments, false, "text", {}}},
    {" json ", {Nulls::kWithArguments, false, "text", {}}},
    {" round ", {Nulls::kWithArguments, false, "real", {}}},
    {" json_valid json_array_length sign unicode json_error_position ",
     {Nulls::kMaybe, false, "integer", {}}},
    {" date time datetime strftime timediff json_type char format printf "
     "json_set json_insert json_replace json_remove json_patch highlight "
     "snippet soundex ",
     {Nulls::kMaybe, false, "text", {}}},
    {" julianday bm25 sqrt exp ln log log10 log2 pow power sin cos tan asin "
     "acos atan atan2 sinh cosh tanh degrees radians pi acosh asinh atanh ",
     {Nulls::kMaybe, false, "real", {}}},
    {" unixepoch ", {Nulls::kMaybe, false, "integer", {}}},
    {" abs ", {Nulls::kWithArguments, false, "=", {}}},
    {" ceil ceiling floor trunc ", {Nulls::kMaybe, false, "=", {}}},
    {" min max ", {Nulls::kAggregate, true, "=", {}}},
    {" avg ", {Nulls::kAggregate, true, "real", {}}},
    {" sum ", {Nulls::kAggregate, true, "sum", {}}},
    {" group_concat string_agg ", {Nulls::kAggregate, true, "text", {}}},
    {" json_group_array json_group_object ", {Nulls::kNever, true, "text", {}}},
    {" first_value last_value nth_value lag lead ",
     {Nulls::kMaybe, true, "=", {}}},
    {" iif if ", {Nulls::kMaybe, false, {}, {}}},
};

std::string_view TypeAt(std::span<const std::string> types, std::size_t at) {
  return at < types.size() ? std::string_view(types[at]) : std::string_view();
}

class Facts final : public QueryFacts {
 public:
  FunctionFact Function(std::string_view name,
                        std::size_t arguments) const override {
    // With one argument an aggregate, with several the least of them.
    if ((name == "min" || name == "max") && arguments > 1)
      return {Nulls::kWithArguments, false, "=", {}};
    // Of no text at all, or with a format alone that is not NULL.
    if ((name == "date" || name == "time" || name == "datetime") &&
        arguments == 0)
      return {Nulls::kNever, false, "text", {}};
    if (name == "pi") return {Nulls::kNever, false, "real", {}};
    for (const Row& row : kFunctions) {
      if (HoldsWord(row.names, name)) return row.fact;
    }
    return {};
  }

  FunctionFact Operator(std::string_view name,
                        std::span<const std::string> types) const override;

  std::string CastType(std::string_view written) const override {
    const std::string_view affinity = AffinityOf(written);
    return affinity == "numeric" ? "any" : std::string(affinity);
  }
  bool CastMayBeNull(std::string_view, std::string_view) const override {
    return false;
  }
  std::string LiteralType(int what) const override {
    constexpr std::string_view kTypes[] = {"text", "integer", "real", "blob",
                                           "integer"};
    return std::string(kTypes[what]);
  }
  std::string BooleanType() const override { return "integer"; }
  TableFunction FromFunction(std::string_view name,
                             std::size_t) const override {
    if (name == "json_each" || name == "json_tree") {
      return {
          true,
          {"key", "value", "type", "atom", "id", "parent", "fullkey", "path"},
          true};
    }
    if (name == "generate_series") return {true, {"value"}, false};
    return {};
  }
  bool IsSystemColumn(std::string_view name) const override {
    const std::string lower = AsciiLower(name);
    return lower == "rowid" || lower == "oid" || lower == "_rowid_";
  }
  bool folds_names() const override { return true; }
};

FunctionFact Facts::Operator(std::string_view name,
                             std::span<const std::string> types) const {
  const std::string_view left = TypeAt(types, 0);
  const std::string_view right =
      types.size() > 1 ? TypeAt(types, 1) : std::string_view(left);
  const bool integers = left == "integer" && right == "integer";
  if (name == "||") return {Nulls::kWithArguments, false, "text", {}};
  if (name == "->") return {Nulls::kMaybe, false, "text", {}};
  if (name == "->>" || name == "regexp" || name == "match")
    return {Nulls::kMaybe, false, name == "->>" ? "" : "integer", {}};
  if (name == "&" || name == "|" || name == "<<" || name == ">>" || name == "~")
    return {Nulls::kWithArguments, false, "integer", {}};
  if (name == "+" || name == "-" || name == "*") {
    // Of two infinities, NULL.
    const std::string_view type = integers ? "integer"
                                  : left == "real" || right == "real" ? "real"
                                                                      : "";
    const bool one = types.size() == 1;
    return {integers || one ? Nulls::kWithArguments : Nulls::kMaybe,
            false,
            one && name == "+" ? "=" : type,
            {}};
  }
  if (name == "/" || name == "%") {  // by nought: NULL
    return {Nulls::kMaybe,
            false,
            integers                                             ? "integer"
            : name == "/" && (left == "real" || right == "real") ? "real"
                                                                 : "",
            {}};
  }
  return {Nulls::kWithArguments, false, "integer", {}};
}

bool Holds(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

}  // namespace

std::string_view AffinityOf(std::string_view declared_type) {
  const std::string type = AsciiLower(declared_type);
  if (Holds(type, "int")) return "integer";
  if (Holds(type, "char") || Holds(type, "clob") || Holds(type, "text"))
    return "text";
  if (type.empty() || Holds(type, "blob")) return "blob";
  if (Holds(type, "real") || Holds(type, "floa") || Holds(type, "doub"))
    return "real";
  return "numeric";
}

const QueryFacts& SqliteQueryFacts() {
  static const Facts facts;
  return facts;
}

}  // namespace godwit::engine
