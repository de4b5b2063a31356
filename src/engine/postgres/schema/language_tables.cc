// SPDX-License-Identifier: Apache-2.0
// Blocks of tables, partitions and views, inner ones before those that hold
// them.
#include "engine/postgres/schema/language_parts.h"

namespace godwit::engine::pg {

namespace {

// Columns.

constexpr AttributeRule kIdentityAttributes[] = {
    {.name = "generated", .takes = kWordText, .words = "ALWAYS BY_DEFAULT"},
    {.name = "start", .takes = kInteger},
    {.name = "increment", .takes = kInteger},
    // Ours, as of a sequence; `sequence` is its name.
    {.name = "min_value", .takes = kInteger},
    {.name = "max_value", .takes = kInteger},
    {.name = "cache", .takes = kInteger},
    {.name = "cycle", .takes = kBool},
    {.name = "sequence", .takes = kText},
};
constexpr AttributeRule kAsAttributes[] = {
    {.name = "expr", .takes = kText, .required = true},
    {.name = "type", .takes = kWordText, .words = "STORED VIRTUAL"},
};
constexpr BlockRule kColumnBlocks[] = {
    {.kind = "identity",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kIdentityAttributes,
     .since = 10},
    {.kind = "as",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kAsAttributes,
     .since = 12},
    // Ours: ALTER COLUMN … SET (n_distinct = …).
    {.kind = "params",
     .label = Label::kNone,
     .repeatable = false,
     .free_attributes = kParameter},
};
constexpr ExclusiveRule kColumnExclusives[] = {
    {"as identity"}, {"as default"}, {"collate collation"}};
constexpr AttributeRule kColumnAttributes[] = {
    {.name = "null", .takes = kBool},
    {.name = "type", .takes = kType, .required = true},
    {.name = "default", .takes = kDefault},
    {.name = "as", .takes = kText, .since = 12},
    {.name = "collate", .takes = kText},
    {.name = "collation", .takes = kText},  // the same
    kComment,
    kRenamedFrom,
    // Ours: the name of NOT NULL where it is not the usual one; how values are
    // kept; the planner's target.
    {.name = "not_null_constraint", .takes = kText, .since = 18},
    {.name = "storage",
     .takes = kWordText,
     .words = "PLAIN MAIN EXTERNAL EXTENDED"},
    {.name = "compression",
     .takes = kAnyWord | kText,
     .words = "pglz lz4",
     .since = 14},
    {.name = "statistics", .takes = kInteger},
    // Ours: of a table that inherits. The column is its parent's; only what is
    // said here is its own, and with `inherited_default` off it has no default.
    {.name = "inherited", .takes = kBool},
    {.name = "inherited_default", .takes = kBool},
};

// Keys and other constraints.

constexpr AttributeRule kPrimaryKeyAttributes[] = {
    kRequiredColumns, kInclude,   kComment,           kDeferrable,
    kWithoutOverlaps, kClustered, kIsReplicaIdentity, kRenamedFrom,
};
constexpr AttributeRule kUniqueAttributes[] = {
    kRequiredColumns, kInclude,           kComment,
    kNullsDistinct,   kDeferrable,        kWithoutOverlaps,
    kClustered,       kIsReplicaIdentity, kRenamedFrom,
};
constexpr std::string_view kActions =
    "NO_ACTION RESTRICT CASCADE SET_NULL SET_DEFAULT";
constexpr AttributeRule kForeignKeyAttributes[] = {
    kRequiredColumns,
    {.name = "ref_columns",
     .takes = kReference,
     .references = kColumns,
     .list = true,
     .required = true},
    {.name = "on_update", .takes = kWordText, .words = kActions},
    {.name = "on_delete", .takes = kWordText, .words = kActions},
    // Ours: SET NULL (…), SET DEFAULT (…).
    {.name = "on_delete_columns",
     .takes = kReference,
     .references = kColumns,
     .list = true,
     .since = 15},
    // Ours.
    {.name = "match", .takes = kWordText, .words = "SIMPLE FULL"},
    kDeferrable,
    {.name = "period", .takes = kBool, .since = 18},
    kNotValid,
    kEnforced,
    kComment,
    kRenamedFrom,
};
constexpr AttributeRule kExcludeOnAttributes[] = {
    {.name = "desc", .takes = kBool},
    {.name = "column", .takes = kReference, .references = kColumns},
    {.name = "expr", .takes = kText},
    {.name = "collate", .takes = kText},
    {.name = "ops",
     .takes = kWord | kText | kSql,
     .words = kOperatorClassWords},
    {.name = "op", .takes = kText | kSql, .required = true},
    {.name = "nulls_first", .takes = kBool},
    {.name = "nulls_last", .takes = kBool},
};
constexpr ExclusiveRule kOnExclusives[] = {{"column expr", true},
                                           {"nulls_first nulls_last"}};
constexpr BlockRule kExcludeBlocks[] = {
    kStorageParams,
    {.kind = "on",
     .label = Label::kNone,
     .required = true,
     .attributes = kExcludeOnAttributes,
     .exclusives = kOnExclusives},
};
constexpr AttributeRule kExcludeAttributes[] = {
    kIndexType,  kInclude,       {.name = "where", .takes = kText},
    kDeferrable, kPagesPerRange, kComment,
    kClustered,  kRenamedFrom,
};

// Indexes.

constexpr AttributeRule kIndexOnAttributes[] = {
    {.name = "desc", .takes = kBool},
    {.name = "column", .takes = kReference, .references = kColumns},
    {.name = "expr", .takes = kText},
    {.name = "collate", .takes = kText},
    {.name = "ops",
     .takes = kWord | kText | kSql,
     .words = kOperatorClassWords},
    {.name = "nulls_first", .takes = kBool},
    {.name = "nulls_last", .takes = kBool},
    {.name = "statistics", .takes = kInteger},  // ours: the planner's target
};
constexpr BlockRule kIndexBlocks[] = {
    kStorageParams,
    {.kind = "on",
     .label = Label::kNone,
     .attributes = kIndexOnAttributes,
     .exclusives = kOnExclusives},
};
constexpr AttributeRule kIndexAttributes[] = {
    {.name = "unique", .takes = kBool},
    kColumnList,
    kComment,
    kIndexType,
    {.name = "where", .takes = kText},
    kNullsDistinct,
    kInclude,
    kPagesPerRange,
    kClustered,
    // Ours: not for the table's partitions; and the index of the whole that
    // this one of a partition is attached to.
    {.name = "only", .takes = kBool},
    {.name = "of", .takes = kReference, .references = "index"},
    kRenamedFrom,
};
constexpr ExclusiveRule kIndexExclusives[] = {{"columns on", true}};
constexpr BlockRule kIndex{.kind = "index",
                           .label = Label::kOptional,
                           .attributes = kIndexAttributes,
                           .blocks = kIndexBlocks,
                           .exclusives = kIndexExclusives};

// What tables hold.

constexpr AttributeRule kByAttributes[] = {
    {.name = "column", .takes = kReference, .references = kColumns},
    {.name = "expr", .takes = kText},
    {.name = "collate", .takes = kText},  // ours
    {.name = "ops", .takes = kWord | kText, .words = kOperatorClassWords},
};
constexpr ExclusiveRule kByExclusives[] = {{"column expr", true}};
constexpr BlockRule kPartitionByBlocks[] = {{.kind = "by",
                                             .label = Label::kNone,
                                             .attributes = kByAttributes,
                                             .exclusives = kByExclusives}};
constexpr AttributeRule kPartitionByAttributes[] = {
    {.name = "type",
     .takes = kWordText,
     .words = "RANGE LIST HASH",
     .required = true},
    kColumnList,
};
constexpr ExclusiveRule kPartitionByExclusives[] = {{"columns by", true}};
constexpr AttributeRule kRowSecurityAttributes[] = {
    {.name = "enabled", .takes = kBool},
    {.name = "enforced", .takes = kBool},
};
// Ours: CREATE STATISTICS; of the table's schema where it does not say.
constexpr AttributeRule kStatisticsOnAttributes[] = {
    {.name = "column", .takes = kReference, .references = kColumns},
    {.name = "expr", .takes = kText},
};
constexpr BlockRule kStatisticsBlocks[] = {
    {.kind = "on",
     .label = Label::kNone,
     .attributes = kStatisticsOnAttributes,
     .exclusives = kByExclusives}};
constexpr AttributeRule kStatisticsAttributes[] = {
    {.name = "schema", .takes = kReference, .references = "schema"},
    {.name = "kinds",
     .takes = kWordText,
     .words = "NDISTINCT DEPENDENCIES MCV",
     .list = true},
    kColumnList,
    {.name = "target", .takes = kInteger},
    kComment,
};
constexpr BlockRule kRowSecurity{.kind = "row_security",
                                 .label = Label::kNone,
                                 .repeatable = false,
                                 .attributes = kRowSecurityAttributes};
// Ours: the same of the table that keeps its long values.
constexpr BlockRule kToastParams{.kind = "toast_params",
                                 .label = Label::kNone,
                                 .repeatable = false,
                                 .free_attributes = kParameter};
constexpr BlockRule kTableBlocks[] = {
    {.kind = "column",
     .attributes = kColumnAttributes,
     .blocks = kColumnBlocks,
     .exclusives = kColumnExclusives},
    {.kind = "primary_key",
     .label = Label::kOptional,
     .repeatable = false,
     .attributes = kPrimaryKeyAttributes,
     .blocks = {&kStorageParams, 1}},
    {.kind = "foreign_key",
     .label = Label::kOptional,
     .attributes = kForeignKeyAttributes},
    kIndex,
    {.kind = "check",
     .label = Label::kOptional,
     .attributes = kCheckAttributes},
    {.kind = "unique",
     .label = Label::kOptional,
     .attributes = kUniqueAttributes,
     .blocks = {&kStorageParams, 1}},
    {.kind = "exclude",
     .label = Label::kOptional,
     .attributes = kExcludeAttributes,
     .blocks = kExcludeBlocks},
    {.kind = "statistics",
     .attributes = kStatisticsAttributes,
     .blocks = kStatisticsBlocks,
     .exclusives = kIndexExclusives},
    {.kind = "partition",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kPartitionByAttributes,
     .blocks = kPartitionByBlocks,
     .exclusives = kPartitionByExclusives,
     .since = 10},
    kRowSecurity,
    kStorageParams,
    kToastParams,
};
constexpr AttributeRule kUnlogged{.name = "unlogged", .takes = kBool};
constexpr AttributeRule kAccessMethod{
    .name = "access_method", .takes = kAnyWord | kText, .since = 12};
constexpr AttributeRule kReplicaIdentity{.name = "replica_identity",
                                         .takes = kWordText | kReference,
                                         .words = "FULL NOTHING DEFAULT",
                                         .references = "index"};
constexpr AttributeRule kTableAttributes[] = {
    kSchema,
    kName,
    kComment,
    kUnlogged,
    kAccessMethod,
    kReplicaIdentity,
    // Ours: INHERITS, OF.
    {.name = "inherits",
     .takes = kReference,
     .references = kTables,
     .list = true},
    {.name = "of_type", .takes = kReference | kSql, .references = "composite"},
    kRenamedFrom,
    kDependsOn,
};

// Partitions: of a table, or of a partition that is divided again.

constexpr AttributeRule kRangeBoundAttributes[] = {
    {.name = "from", .takes = kDefault, .list = true, .required = true},
    {.name = "to", .takes = kDefault, .list = true, .required = true},
};
constexpr AttributeRule kListBoundAttributes[] = {
    {.name = "in", .takes = kDefault, .list = true, .required = true}};
constexpr AttributeRule kHashBoundAttributes[] = {
    {.name = "modulus", .takes = kInteger, .required = true},
    {.name = "remainder", .takes = kInteger, .required = true}};
// The blocks of a table behind those of its bound.
constexpr BlockRule kPartitionBlocks[] = {
    {.kind = "range",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kRangeBoundAttributes},
    {.kind = "list",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kListBoundAttributes},
    {.kind = "hash",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kHashBoundAttributes,
     .since = 11},
    kTableBlocks[0],
    kTableBlocks[1],
    kTableBlocks[2],
    kTableBlocks[3],
    kTableBlocks[4],
    kTableBlocks[5],
    kTableBlocks[6],
    kTableBlocks[7],
    kTableBlocks[8],
    kTableBlocks[9],
    kTableBlocks[10],
    kTableBlocks[11],
};
static_assert(std::size(kPartitionBlocks) == std::size(kTableBlocks) + 3);
constexpr ExclusiveRule kBoundExclusives[] = {{"range list hash"}};
constexpr AttributeRule kPartitionAttributes[] = {
    kSchema,
    kName,
    {.name = "of",
     .takes = kReference,
     .references = kTables,
     .required = true},
    kComment,
    kUnlogged,
    kAccessMethod,
    kReplicaIdentity,
    kRenamedFrom,
    kDependsOn,
};

// Views.

constexpr AttributeRule kViewColumnAttributes[] = {
    {.name = "null", .takes = kBool},
    {.name = "type", .takes = kType},
    // Ours: ALTER VIEW … ALTER COLUMN … SET DEFAULT.
    {.name = "default", .takes = kDefault},
    kComment,
    {.name = "statistics", .takes = kInteger},
};
constexpr BlockRule kViewColumn{.kind = "column",
                                .attributes = kViewColumnAttributes};
constexpr AttributeRule kViewSecurityAttributes[] = {
    {.name = "invoker", .takes = kBool, .since = 15},
    {.name = "barrier", .takes = kBool},
};
constexpr BlockRule kViewBlocks[] = {
    kViewColumn,
    {.kind = "security",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kViewSecurityAttributes},
};
constexpr BlockRule kMaterializedBlocks[] = {kViewColumn, kIndex,
                                             kStorageParams, kToastParams};
constexpr AttributeRule kViewAttributes[] = {
    kSchema,
    kName,
    kQuery,
    {.name = "check_option",
     .takes = kWordText,
     .words = "LOCAL CASCADED",
     .behind = true},
    kDependsOn,
    kBehindComment,
};
constexpr AttributeRule kMaterializedAttributes[] = {
    kSchema,
    kName,
    kAccessMethod,
    {.name = "populated", .takes = kBool},  // ours: WITH NO DATA
    kQuery,
    kDependsOn,
    kBehindComment,
};

}  // namespace

BlockRule TableRule() {
  return {.kind = "table",
          .label = Label::kOptional,
          .qualifier = true,
          .members_from = "inherits of_type",
          .attributes = kTableAttributes,
          .blocks = kTableBlocks};
}

BlockRule PartitionRule() {
  return {.kind = "partition",
          .label = Label::kOptional,
          .qualifier = true,
          .members_from = "of",
          .attributes = kPartitionAttributes,
          .blocks = kPartitionBlocks,
          .exclusives = kBoundExclusives,
          .since = 10};
}

BlockRule ViewRule() {
  return {.kind = "view",
          .label = Label::kOptional,
          .qualifier = true,
          .attributes = kViewAttributes,
          .blocks = kViewBlocks};
}

BlockRule MaterializedRule() {
  return {.kind = "materialized",
          .label = Label::kOptional,
          .qualifier = true,
          .attributes = kMaterializedAttributes,
          .blocks = kMaterializedBlocks};
}

}  // namespace godwit::engine::pg
