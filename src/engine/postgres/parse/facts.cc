// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/parse/facts.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

// Chapter 9 of the manual, "Functions and Operators". Only what is sure stands
// here: a function that can give NULL for arguments that are not (to_char with
// an empty format, array_length of an empty array, extract from infinity) does
// not. "Strict" says no more than that NULL gives NULL.
namespace godwit::engine {

namespace {

struct Row {
  std::string_view names;  // between blanks
  FunctionFact fact;
};

constexpr Row kFunctions[] = {
    {" count row_number rank dense_rank percent_rank cume_dist ",
     {Nulls::kNever, true, {}, {}}},
    {" now clock_timestamp statement_timestamp transaction_timestamp timeofday "
     "random pi gen_random_uuid uuidv4 uuidv7 nextval pg_backend_pid version "
     "pg_current_xact_id txid_current json_build_object jsonb_build_object "
     "json_build_array jsonb_build_array num_nulls num_nonnulls pg_typeof "
     "setval lastval currval ",
     {Nulls::kNever, false, {}, {}}},
    {" concat ", {Nulls::kNever, false, "text", {}}},
    {" upper lower ", {Nulls::kWithArguments, false, "text", "text"}},
    {" initcap reverse repeat replace lpad rpad btrim ltrim rtrim trim md5 "
     "split_part translate quote_ident quote_literal regexp_replace left right "
     "chr to_hex array_to_string encode ",
     {Nulls::kWithArguments, false, "text", {}}},
    {" length char_length character_length octet_length bit_length ascii "
     "strpos position cardinality jsonb_array_length json_array_length "
     "bit_count ",
     {Nulls::kWithArguments, false, "int4", {}}},
    {" abs ceil ceiling floor round trunc sign mod sqrt cbrt exp ln log log10 "
     "power degrees radians sin cos tan asin acos atan atan2 cot gcd lcm div "
     "factorial width_bucket date_trunc age make_date make_time "
     "make_timestamp make_timestamptz make_interval justify_days "
     "justify_hours justify_interval isfinite starts_with "
     "string_to_array array_append array_prepend array_cat array_remove "
     "array_replace jsonb_set jsonb_insert jsonb_pretty jsonb_typeof "
     "json_typeof jsonb_strip_nulls json_strip_nulls to_json to_jsonb "
     "row_to_json array_to_json decode sha224 sha256 sha384 sha512 "
     "to_tsvector to_tsquery plainto_tsquery phraseto_tsquery "
     "websearch_to_tsquery setweight ts_rank ts_rank_cd ts_headline "
     "isempty lower_inc upper_inc lower_inf upper_inf range_merge "
     "host masklen network broadcast netmask text date timestamp timestamptz "
     "int4 int8 float8 numeric timezone similarity word_similarity ",
     {Nulls::kWithArguments, false, {}, {}}},
    {" concat_ws format ", {Nulls::kWithFirst, false, "text", {}}},
    {" sum avg min max bool_and bool_or every bit_and bit_or bit_xor "
     "string_agg range_agg range_intersect_agg xmlagg var_pop stddev_pop "
     "any_value ",
     {Nulls::kAggregate, true, {}, {}}},
    {" array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg ",
     {Nulls::kAnyRow, true, {}, {}}},
    {" stddev stddev_samp variance var_samp corr covar_pop covar_samp "
     "regr_slope regr_intercept regr_r2 mode percentile_cont percentile_disc "
     "first_value last_value nth_value lag lead ntile ",
     {Nulls::kMaybe, true, {}, {}}},
};

constexpr std::string_view kTotalOperators[] = {"+",
                                                "-",
                                                "*",
                                                "/",
                                                "%",
                                                "^",
                                                "||",
                                                "=",
                                                "<>",
                                                "!=",
                                                "<",
                                                ">",
                                                "<=",
                                                ">=",
                                                "~~",
                                                "!~~",
                                                "~~*",
                                                "!~~*",
                                                "~",
                                                "!~",
                                                "~*",
                                                "!~*",
                                                "&&",
                                                "@>",
                                                "<@",
                                                "&",
                                                "|",
                                                "<<",
                                                ">>",
                                                "?",
                                                "?|",
                                                "?&",
                                                "-|-",
                                                "&<",
                                                "&>",
                                                "<->",
                                                "|/",
                                                "||/",
                                                "@",
                                                "^@",
                                                "BETWEEN",
                                                "NOT BETWEEN",
                                                "BETWEEN SYMMETRIC",
                                                "NOT BETWEEN SYMMETRIC"};

struct TableRow {
  std::string_view name;
  QueryFacts::TableFunction function;
};

class Facts final : public QueryFacts {
 public:
  FunctionFact Function(std::string_view name, std::size_t) const override {
    for (const Row& row : kFunctions) {
      if (HoldsWord(row.names, name)) return row.fact;
    }
    return {};
  }

  FunctionFact Operator(std::string_view name,
                        std::span<const std::string>) const override {
    const bool total =
        std::ranges::find(kTotalOperators, name) != std::end(kTotalOperators);
    return {total ? Nulls::kWithArguments : Nulls::kMaybe,
            false,
            name == "||" ? "=" : "",
            {}};
  }

  std::string CastType(std::string_view written) const override {
    return std::string(written);
  }
  // A JSON null becomes NULL (version 18).
  bool CastMayBeNull(std::string_view from,
                     std::string_view to) const override {
    const bool is_json = from == "jsonb" || from == "json";
    return is_json && to != "text" && to != "jsonb" && to != "json" &&
           to != "varchar";
  }
  std::string LiteralType(int what) const override {
    constexpr std::string_view kTypes[] = {"text", "int4", "numeric", "bytea",
                                           "bool"};
    return std::string(kTypes[what]);
  }
  std::string BooleanType() const override { return "bool"; }

  TableFunction FromFunction(std::string_view name,
                             std::size_t arguments) const override {
    if (name == "unnest" && arguments > 1) {
      return {true, std::vector<std::string>(arguments, "unnest"), true};
    }
    if (name == "generate_series") return {true, {}, false};
    if (name == "json_each" || name == "jsonb_each" ||
        name == "json_each_text" || name == "jsonb_each_text")
      return {true, {"key", "value"}, true};
    if (name == "json_array_elements" || name == "jsonb_array_elements" ||
        name == "json_array_elements_text" ||
        name == "jsonb_array_elements_text")
      return {true, {"value"}, true};
    constexpr std::string_view kSingle =
        " unnest regexp_split_to_table string_to_table json_object_keys "
        "jsonb_object_keys regexp_matches generate_subscripts "
        "jsonb_path_query ";
    if (HoldsWord(kSingle, name)) return {true, {}, name == "unnest"};
    return {};
  }
  bool IsSystemColumn(std::string_view name) const override {
    return HoldsWord(" ctid oid xmin xmax cmin cmax tableoid ", name);
  }
  bool folds_names() const override { return false; }
};

}  // namespace

const QueryFacts& PostgresQueryFacts() {
  static const Facts facts;
  return facts;
}

}  // namespace godwit::engine
