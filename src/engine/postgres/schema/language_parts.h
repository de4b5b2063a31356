// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "engine/postgres/schema/language.h"

namespace godwit::engine::pg {

// The pieces of the language's table that its files share, and its larger
// blocks.

using schema::AttributeRule;
using schema::BlockRule;
using schema::ExclusiveRule;
using schema::Label;

inline constexpr unsigned kBool = schema::kTakesBool;
inline constexpr unsigned kInteger = schema::kTakesInteger;
inline constexpr unsigned kNumber = schema::kTakesNumber;
inline constexpr unsigned kText = schema::kTakesString;
inline constexpr unsigned kSql = schema::kTakesSql;
inline constexpr unsigned kWord = schema::kTakesWord;
inline constexpr unsigned kWordText =
    schema::kTakesWord | schema::kTakesWordText;
inline constexpr unsigned kAnyWord = schema::kTakesAnyWord;
inline constexpr unsigned kReference = schema::kTakesReference;
inline constexpr unsigned kType = schema::kTakesType;
inline constexpr unsigned kDefault =
    schema::kTakesBool | schema::kTakesNumber | kText | kSql;
// Of storage parameters: `fillfactor = 70`, `buffering = ON`.
inline constexpr unsigned kParameter =
    schema::kTakesBool | schema::kTakesNumber | kText | schema::kTakesAnyWord;

inline constexpr std::string_view kTables = "table partition";
inline constexpr std::string_view kRelations =
    "table partition view materialized";
inline constexpr std::string_view kColumns = "column field";
inline constexpr std::string_view kRoutines = "function procedure aggregate";
inline constexpr std::string_view kAnything =
    "schema table partition view materialized enum domain composite range "
    "sequence function procedure aggregate trigger event_trigger policy rule "
    "extension object";

inline constexpr AttributeRule kName{.name = "name", .takes = kText};
inline constexpr AttributeRule kComment{.name = "comment", .takes = kText};
inline constexpr AttributeRule kSchema{.name = "schema",
                                       .takes = kReference,
                                       .references = "schema",
                                       .required = true};
inline constexpr AttributeRule kDependsOn{.name = "depends_on",
                                          .takes = kReference,
                                          .references = kAnything,
                                          .list = true,
                                          .behind = true};
inline constexpr AttributeRule kRenamedFrom{.name = "renamed_from",
                                            .takes = kText};
inline constexpr AttributeRule kColumnList{.name = "columns",
                                           .takes = kReference,
                                           .references = kColumns,
                                           .list = true};
inline constexpr AttributeRule kRequiredColumns{.name = "columns",
                                                .takes = kReference,
                                                .references = kColumns,
                                                .list = true,
                                                .required = true};
inline constexpr AttributeRule kInclude{.name = "include",
                                        .takes = kReference,
                                        .references = kColumns,
                                        .list = true,
                                        .since = 11};
inline constexpr AttributeRule kDeferrable{
    .name = "deferrable",
    .takes = kWordText,
    .words = "INITIALLY_IMMEDIATE INITIALLY_DEFERRED"};
inline constexpr AttributeRule kWithoutOverlaps{
    .name = "without_overlaps", .takes = kBool, .since = 18};
inline constexpr AttributeRule kNullsDistinct{
    .name = "nulls_distinct", .takes = kBool, .since = 15};
// Ours: NOT VALID, NOT ENFORCED.
inline constexpr AttributeRule kNotValid{.name = "not_valid", .takes = kBool};
inline constexpr AttributeRule kEnforced{
    .name = "enforced", .takes = kBool, .since = 18};
// Ours: of an index, or of the one behind a key: CLUSTER ON, REPLICA IDENTITY
// USING INDEX.
inline constexpr AttributeRule kClustered{.name = "clustered", .takes = kBool};
inline constexpr AttributeRule kIsReplicaIdentity{.name = "replica_identity",
                                                  .takes = kBool};
inline constexpr AttributeRule kIndexType{
    .name = "type",
    .takes = kWord | kText,
    .words = "BTREE BRIN HASH GIN GIST GiST SPGIST SPGiST"};
inline constexpr AttributeRule kPagesPerRange{.name = "page_per_range",
                                              .takes = kInteger};
// Ours, of triggers and rules: whether and when it fires.
inline constexpr AttributeRule kState{
    .name = "state", .takes = kWordText, .words = "DISABLED REPLICA ALWAYS"};

inline constexpr BlockRule kStorageParams{.kind = "storage_params",
                                          .label = Label::kNone,
                                          .repeatable = false,
                                          .free_attributes = kParameter};

inline constexpr AttributeRule kQuery{.name = "as",
                                      .takes = kText,
                                      .required = true,
                                      .behind = true,
                                      .body = true};
inline constexpr AttributeRule kBehindComment{
    .name = "comment", .takes = kText, .behind = true};
inline constexpr unsigned kCallee = kReference | kText | kAnyWord | kSql;
inline constexpr AttributeRule kCheckAttributes[] = {
    {.name = "expr", .takes = kText, .required = true},
    kComment,
    {.name = "no_inherit", .takes = kBool},  // ours
    kNotValid,
    kEnforced,
    kRenamedFrom,
};

BlockRule TableRule();
BlockRule PartitionRule();
BlockRule ViewRule();
BlockRule MaterializedRule();
BlockRule FunctionRule();
BlockRule ProcedureRule();
BlockRule AggregateRule();
BlockRule TriggerRule();
BlockRule EventTriggerRule();
BlockRule PolicyRule();
BlockRule RuleRule();

}  // namespace godwit::engine::pg
