// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/language.h"

namespace godwit::engine::sqlite {

namespace {

using schema::AttributeRule;
using schema::BlockRule;
using schema::ExclusiveRule;
using schema::Label;
using schema::TypeRule;

constexpr unsigned kBool = schema::kTakesBool;
constexpr unsigned kText = schema::kTakesString;
constexpr unsigned kWordText = schema::kTakesWord | schema::kTakesWordText;
constexpr unsigned kReference = schema::kTakesReference;
constexpr unsigned kDefault = schema::kTakesBool | schema::kTakesNumber |
                              schema::kTakesString | schema::kTakesSql;

constexpr AttributeRule kName{.name = "name", .takes = kText};
constexpr AttributeRule kComment{.name = "comment", .takes = kText};
constexpr AttributeRule kSchema{.name = "schema",
                                .takes = kReference,
                                .references = "schema",
                                .required = true};
constexpr AttributeRule kDependsOn{
    .name = "depends_on",
    .takes = kReference,
    .references = "schema table virtual_table view trigger",
    .list = true,
    .behind = true};
constexpr AttributeRule kRenamedFrom{.name = "renamed_from", .takes = kText};
constexpr AttributeRule kColumns{.name = "columns",
                                 .takes = kReference,
                                 .references = "column",
                                 .list = true};
// Ours: ON CONFLICT.
constexpr AttributeRule kOnConflict{
    .name = "on_conflict",
    .takes = kWordText,
    .words = "ROLLBACK ABORT FAIL IGNORE REPLACE"};

// Columns.

constexpr AttributeRule kAsAttributes[] = {
    {.name = "expr", .takes = kText, .required = true},
    {.name = "type", .takes = kWordText, .words = "VIRTUAL STORED"}};
constexpr BlockRule kColumnBlocks[] = {{.kind = "as",
                                        .label = Label::kNone,
                                        .repeatable = false,
                                        .attributes = kAsAttributes}};
constexpr AttributeRule kColumnAttributes[] = {
    {.name = "null", .takes = kBool},
    {.name = "type", .takes = schema::kTakesType, .required = true},
    {.name = "default", .takes = kDefault},
    {.name = "as", .takes = kText},
    {.name = "auto_increment", .takes = kBool},
    {.name = "unsigned", .takes = kBool},
    {.name = "collate", .takes = kText},  // ours
    kOnConflict,                          // of NOT NULL
    kComment,
    kRenamedFrom,
};
constexpr ExclusiveRule kColumnExclusives[] = {{"as default"},
                                               {"as auto_increment"}};

// Keys, constraints, indexes.

constexpr AttributeRule kOnAttributes[] = {
    {.name = "desc", .takes = kBool},
    {.name = "column", .takes = kReference, .references = "column"},
    {.name = "expr", .takes = kText},
    {.name = "collate", .takes = kText},  // ours
};
constexpr ExclusiveRule kOnExclusives[] = {{"column expr", true}};
constexpr BlockRule kOn[] = {{.kind = "on",
                              .label = Label::kNone,
                              .attributes = kOnAttributes,
                              .exclusives = kOnExclusives}};
constexpr ExclusiveRule kPartsExclusives[] = {{"columns on", true}};
constexpr AttributeRule kKeyAttributes[] = {kColumns, kOnConflict, kComment};
constexpr std::string_view kActions =
    "NO_ACTION RESTRICT CASCADE SET_NULL SET_DEFAULT";
constexpr AttributeRule kForeignKeyAttributes[] = {
    {.name = "columns",
     .takes = kReference,
     .references = "column",
     .list = true,
     .required = true},
    {.name = "ref_columns",
     .takes = kReference,
     .references = "column",
     .list = true},
    // Ours: its primary key is meant.
    {.name = "ref_table", .takes = kReference, .references = "table"},
    {.name = "on_update", .takes = kWordText, .words = kActions},
    {.name = "on_delete", .takes = kWordText, .words = kActions},
    // Ours.
    {.name = "match", .takes = kWordText, .words = "SIMPLE PARTIAL FULL"},
    {.name = "deferrable",
     .takes = kWordText,
     .words = "INITIALLY_IMMEDIATE INITIALLY_DEFERRED"},
    kComment,
};
constexpr ExclusiveRule kForeignKeyExclusives[] = {
    {"ref_columns ref_table", true}};
constexpr AttributeRule kCheckAttributes[] = {
    {.name = "expr", .takes = kText, .required = true}, kOnConflict, kComment};
constexpr AttributeRule kIndexAttributes[] = {
    {.name = "unique", .takes = kBool},
    kColumns,
    kComment,
    {.name = "where", .takes = kText},
};

constexpr BlockRule kTableBlocks[] = {
    {.kind = "column",
     .attributes = kColumnAttributes,
     .blocks = kColumnBlocks,
     .exclusives = kColumnExclusives},
    {.kind = "primary_key",
     .label = Label::kOptional,
     .repeatable = false,
     .attributes = kKeyAttributes,
     .blocks = kOn,
     .exclusives = kPartsExclusives},
    {.kind = "foreign_key",
     .label = Label::kOptional,
     .attributes = kForeignKeyAttributes,
     .exclusives = kForeignKeyExclusives},
    {.kind = "index",
     .label = Label::kOptional,
     .attributes = kIndexAttributes,
     .blocks = kOn,
     .exclusives = kPartsExclusives},
    {.kind = "check",
     .label = Label::kOptional,
     .attributes = kCheckAttributes},
    // Ours: UNIQUE as a constraint.
    {.kind = "unique",
     .label = Label::kOptional,
     .attributes = kKeyAttributes,
     .blocks = kOn,
     .exclusives = kPartsExclusives},
};
constexpr AttributeRule kTableAttributes[] = {
    kSchema,
    kName,
    kComment,
    kRenamedFrom,
    kDependsOn,
    {.name = "without_rowid", .takes = kBool, .behind = true},
    {.name = "strict", .takes = kBool, .behind = true},
};

// Ours: CREATE VIRTUAL TABLE; `args` as written.
constexpr AttributeRule kVirtualTableAttributes[] = {
    kSchema,
    kName,
    {.name = "module", .takes = kText, .required = true},
    {.name = "args", .takes = kText, .list = true},
    kComment,
    kDependsOn,
};

// Views and triggers.

constexpr AttributeRule kViewColumnAttributes[] = {
    {.name = "null", .takes = kBool},
    {.name = "type", .takes = schema::kTakesType},
    kComment,
};
constexpr BlockRule kViewBlocks[] = {
    {.kind = "column", .attributes = kViewColumnAttributes}};
constexpr AttributeRule kViewAttributes[] = {
    kSchema,
    kName,
    // Ours: names for what its query gives.
    {.name = "column_names", .takes = kText, .list = true},
    {.name = "as",
     .takes = kText,
     .required = true,
     .behind = true,
     .body = true},
    kDependsOn,
    {.name = "comment", .takes = kText, .behind = true},
};
constexpr AttributeRule kEventAttributes[] = {
    {.name = "insert", .takes = kBool},
    {.name = "update", .takes = kBool},
    {.name = "delete", .takes = kBool},
    {.name = "update_of",
     .takes = kReference,
     .references = "column",
     .list = true},
};
constexpr ExclusiveRule kEventExclusives[] = {
    {"insert update delete update_of", true}};
constexpr BlockRule kTriggerBlocks[] = {
    {.kind = "before",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kEventAttributes,
     .exclusives = kEventExclusives},
    {.kind = "after",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kEventAttributes,
     .exclusives = kEventExclusives},
    {.kind = "instead_of",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kEventAttributes,
     .exclusives = kEventExclusives},
};
constexpr AttributeRule kTriggerAttributes[] = {
    {.name = "on",
     .takes = kReference,
     .references = "table virtual_table view",
     .required = true},
    kName,
    {.name = "foreach", .takes = kWordText, .words = "ROW"},
    {.name = "for", .takes = kWordText, .words = "ROW"},
    {.name = "when", .takes = kText},
    {.name = "as",
     .takes = kText,
     .required = true,
     .behind = true,
     .body = true},
    kDependsOn,
    {.name = "comment", .takes = kText, .behind = true},
};
constexpr ExclusiveRule kTriggerExclusives[] = {
    {"before after instead_of", true}, {"foreach for"}};
constexpr AttributeRule kSchemaAttributes[] = {kName, kComment};

constexpr BlockRule kDocument[] = {
    {.kind = "table",
     .qualifier = true,
     .attributes = kTableAttributes,
     .blocks = kTableBlocks},
    {.kind = "virtual_table",
     .qualifier = true,
     .attributes = kVirtualTableAttributes},
    {.kind = "view",
     .qualifier = true,
     .attributes = kViewAttributes,
     .blocks = kViewBlocks},
    {.kind = "trigger",
     .attributes = kTriggerAttributes,
     .blocks = kTriggerBlocks,
     .exclusives = kTriggerExclusives},
    {.kind = "schema", .attributes = kSchemaAttributes},
};

constexpr TypeRule kTypes[] = {
    {"integer", "integer", 1},
    {"int", "int", 1},
    {"tinyint", "tinyint", 1},
    {"smallint", "smallint", 1},
    {"mediumint", "mediumint", 1},
    {"bigint", "bigint", 1},
    {"unsigned_big_int", "unsigned big int", 1},
    {"int2", "int2", 1},
    {"int8", "int8", 1},
    {"uint64", "uint64", 1},
    {"real", "real", 2},
    {"double", "double", 2},
    {"double_precision", "double precision", 2},
    {"float", "float", 2},
    {"numeric", "numeric", 2},
    {"decimal", "decimal", 2},
    {"text", "text", 1},
    {"clob", "clob", 1},
    {"character", "character", 1},
    {"varchar", "varchar", 1},
    {"varying_character", "varying character", 1},
    {"nchar", "nchar", 1},
    {"native_character", "native character", 1},
    {"nvarchar", "nvarchar", 1},
    {"blob", "blob", 1},
    {"bool", "bool"},
    {"boolean", "boolean"},
    {"date", "date"},
    {"datetime", "datetime"},
    {"json", "json"},
    {"jsonb", "jsonb"},
    {"uuid", "uuid"},
};

}  // namespace

const schema::Language& SchemaLanguage() {
  static const schema::Language language{
      .blocks = kDocument, .types = kTypes, .type_references = {}};
  return language;
}

}  // namespace godwit::engine::sqlite
