// SPDX-License-Identifier: Apache-2.0
// Blocks of types and of what is rarely met, and the document that holds all.
#include "engine/postgres/schema/language_parts.h"

namespace godwit::engine::pg {

namespace {

// Types and sequences.

constexpr AttributeRule kEnumAttributes[] = {
    kSchema,
    kName,
    {.name = "values", .takes = kText, .list = true, .required = true},
    kRenamedFrom,
    kComment,
};
constexpr BlockRule kDomainBlocks[] = {{.kind = "check",
                                        .label = Label::kOptional,
                                        .attributes = kCheckAttributes}};
constexpr AttributeRule kDomainAttributes[] = {
    kSchema,
    kName,
    {.name = "type", .takes = kType, .required = true},
    {.name = "null", .takes = kBool},
    {.name = "default", .takes = kDefault},
    {.name = "collate", .takes = kText},  // ours
    kRenamedFrom,
    kComment,
    kDependsOn,
};
constexpr AttributeRule kFieldAttributes[] = {
    {.name = "type", .takes = kType, .required = true},
    {.name = "collate", .takes = kText},
    kComment,
};
constexpr BlockRule kCompositeBlocks[] = {
    {.kind = "field", .attributes = kFieldAttributes}};
constexpr AttributeRule kCompositeAttributes[] = {
    kSchema, kName, kRenamedFrom, kComment, kDependsOn,
};
constexpr AttributeRule kRangeAttributes[] = {
    kSchema,
    kName,
    {.name = "subtype", .takes = kType, .required = true},
    {.name = "subtype_opclass", .takes = kAnyWord | kText},
    {.name = "collation", .takes = kText},
    {.name = "canonical", .takes = kCallee, .references = kRoutines},
    {.name = "subtype_diff", .takes = kCallee, .references = kRoutines},
    {.name = "multirange_name", .takes = kText, .since = 14},
    kRenamedFrom,
    kComment,
    kDependsOn,
};
constexpr AttributeRule kSequenceAttributes[] = {
    kSchema,
    kName,
    {.name = "unlogged", .takes = kBool, .since = 15},  // ours
    {.name = "type", .takes = kType},
    {.name = "start", .takes = kInteger},
    {.name = "increment", .takes = kInteger},
    {.name = "min_value", .takes = kInteger},
    {.name = "max_value", .takes = kInteger},
    {.name = "cache", .takes = kInteger},
    {.name = "cycle", .takes = kBool},
    {.name = "owner", .takes = kReference, .references = kColumns},
    kRenamedFrom,
    kComment,
};

// What is of the database, or of nothing else.

constexpr AttributeRule kExtensionAttributes[] = {
    {.name = "schema", .takes = kReference, .references = "schema"},
    kName,
    {.name = "version", .takes = kText},
    kComment,
    kDependsOn,
};
// Ours: a cast, an operator, a collation, a text search dictionary or
// configuration, as the statements that make it; the name as behind DROP.
constexpr AttributeRule kObjectAttributes[] = {
    kName,
    {.name = "kind", .takes = kText, .required = true},
    {.name = "create", .takes = kText, .list = true, .required = true},
    kComment,
    kDependsOn,
};
// A role is the server's, not the schema's: it is named, never made.
constexpr AttributeRule kRoleAttributes[] = {
    kName, {.name = "external", .takes = kBool, .required = true}};
constexpr std::string_view kPrivileges =
    "ALL SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER MAINTAIN "
    "USAGE CREATE EXECUTE";
constexpr AttributeRule kTo{.name = "to",
                            .takes = kWord | kText | kReference,
                            .words = "PUBLIC OWNER",
                            .references = "role user",
                            .required = true};
constexpr AttributeRule kPrivilegeList{.name = "privileges",
                                       .takes = kWordText,
                                       .words = kPrivileges,
                                       .list = true,
                                       .required = true};
constexpr AttributeRule kGrantable{.name = "grantable", .takes = kBool};
// Ours: what is given by default, and is not to be.
constexpr AttributeRule kRevoked{.name = "revoked", .takes = kBool};
constexpr AttributeRule kPermissionAttributes[] = {
    kTo,
    {.name = "for",
     .takes = kReference,
     .references =
         "schema table partition view materialized column function procedure "
         "aggregate sequence enum domain composite range",
     .required = true},
    // Ours: the types of the arguments, where the name alone is not enough.
    {.name = "args", .takes = kText},
    kPrivilegeList,
    kGrantable,
    kRevoked,
};
// Ours: ALTER DEFAULT PRIVILEGES; `role`: whose new objects.
constexpr AttributeRule kDefaultPermissionAttributes[] = {
    {.name = "role", .takes = kText | kReference, .references = "role user"},
    {.name = "schema", .takes = kReference, .references = "schema"},
    {.name = "for",
     .takes = kWordText,
     .words = "TABLES SEQUENCES FUNCTIONS TYPES SCHEMAS",
     .required = true},
    kTo,
    kPrivilegeList,
    kGrantable,
    kRevoked,
};
constexpr AttributeRule kSchemaAttributes[] = {kName, kComment};

constexpr std::string_view kTypeReferences =
    "enum domain composite range table partition view materialized";

}  // namespace

const schema::Language& SchemaLanguage() {
  static const BlockRule document[] = {
      TableRule(),
      PartitionRule(),
      ViewRule(),
      MaterializedRule(),
      {.kind = "enum",
       .label = Label::kOptional,
       .qualifier = true,
       .attributes = kEnumAttributes},
      {.kind = "domain",
       .label = Label::kOptional,
       .qualifier = true,
       .attributes = kDomainAttributes,
       .blocks = kDomainBlocks},
      {.kind = "composite",
       .label = Label::kOptional,
       .qualifier = true,
       .attributes = kCompositeAttributes,
       .blocks = kCompositeBlocks},
      {.kind = "range",
       .label = Label::kOptional,
       .qualifier = true,
       .attributes = kRangeAttributes},
      {.kind = "sequence",
       .label = Label::kOptional,
       .qualifier = true,
       .attributes = kSequenceAttributes},
      FunctionRule(),
      ProcedureRule(),
      AggregateRule(),
      TriggerRule(),
      PolicyRule(),
      RuleRule(),
      EventTriggerRule(),
      {.kind = "object", .shares_label = true, .attributes = kObjectAttributes},
      {.kind = "extension", .attributes = kExtensionAttributes},
      {.kind = "role", .attributes = kRoleAttributes},
      {.kind = "user", .attributes = kRoleAttributes},
      {.kind = "permission",
       .label = Label::kNone,
       .attributes = kPermissionAttributes},
      {.kind = "default_permission",
       .label = Label::kNone,
       .attributes = kDefaultPermissionAttributes},
      {.kind = "schema", .attributes = kSchemaAttributes},
  };
  static const schema::Language language{.blocks = document,
                                         .types = TypeWords(),
                                         .type_references = kTypeReferences};
  return language;
}

}  // namespace godwit::engine::pg
