// SPDX-License-Identifier: Apache-2.0
// Blocks of routines, triggers, policies and rules.
#include "engine/postgres/schema/language_parts.h"

namespace godwit::engine::pg {

namespace {

// Routines.

constexpr AttributeRule kArgAttributes[] = {
    {.name = "type", .takes = kType, .required = true},
    {.name = "default", .takes = kDefault},
    {.name = "mode", .takes = kWordText, .words = "IN OUT INOUT VARIADIC"},
};
constexpr BlockRule kArg{.kind = "arg",
                         .label = Label::kOptional,
                         .shares_label = true,
                         .attributes = kArgAttributes};
constexpr AttributeRule kReturnColumnAttributes[] = {
    {.name = "type", .takes = kType, .required = true}};
constexpr BlockRule kReturnTableBlocks[] = {
    {.kind = "column",
     .required = true,
     .attributes = kReturnColumnAttributes}};
constexpr BlockRule kConfigParams{.kind = "config_params",
                                  .label = Label::kNone,
                                  .repeatable = false,
                                  .free_attributes = kParameter};
// Ours: a setting whose name has a point in it.
constexpr AttributeRule kConfigParamAttributes[] = {
    {.name = "value", .takes = kParameter, .required = true}};
constexpr BlockRule kConfigParam{.kind = "config_param",
                                 .attributes = kConfigParamAttributes};
constexpr BlockRule kFunctionBlocks[] = {
    kArg,
    {.kind = "return_table",
     .label = Label::kNone,
     .repeatable = false,
     .blocks = kReturnTableBlocks},
    kConfigParams,
    kConfigParam,
};
constexpr BlockRule kProcedureBlocks[] = {kArg, kConfigParams, kConfigParam};
constexpr AttributeRule kLang{.name = "lang",
                              .takes = kWord | kText,
                              .words = "SQL PLpgSQL",
                              .required = true};
constexpr AttributeRule kSecurity{.name = "security",
                                  .takes = kWordText,
                                  .words = "INVOKER DEFINER",
                                  .behind = true};
constexpr AttributeRule kParallel{.name = "parallel",
                                  .takes = kWordText,
                                  .words = "SAFE UNSAFE RESTRICTED",
                                  .behind = true};
// Ours: of a function in C, the library; `as` is its name there.
constexpr AttributeRule kLibrary{
    .name = "library", .takes = kText, .behind = true};
// Ours: TRANSFORM FOR TYPE.
constexpr AttributeRule kTransform{
    .name = "transform", .takes = kType, .list = true, .behind = true};
constexpr AttributeRule kFunctionAttributes[] = {
    kSchema,
    kName,
    kLang,
    {.name = "return", .takes = kType, .behind = true},
    {.name = "return_set", .takes = kType, .behind = true},
    kQuery,
    kLibrary,
    {.name = "volatility",
     .takes = kWordText,
     .words = "VOLATILE STABLE IMMUTABLE",
     .behind = true},
    {.name = "strict", .takes = kBool, .behind = true},
    {.name = "leakproof", .takes = kBool, .behind = true},
    kSecurity,
    kParallel,
    // Ours.
    {.name = "window", .takes = kBool, .behind = true},
    {.name = "cost", .takes = kNumber, .behind = true},
    {.name = "rows", .takes = kNumber, .behind = true},
    {.name = "support",
     .takes = kReference | kText,
     .references = "function",
     .behind = true},
    kTransform,
    kDependsOn,
    kBehindComment,
};
constexpr ExclusiveRule kFunctionExclusives[] = {
    {"return return_set return_table"}};
constexpr AttributeRule kProcedureAttributes[] = {
    kSchema,   kName,      kLang,      kQuery,         kLibrary,
    kSecurity, kTransform, kDependsOn, kBehindComment,
};

constexpr AttributeRule kAggregateAttributes[] = {
    kSchema,
    kName,
    {.name = "state_type", .takes = kType, .required = true, .behind = true},
    {.name = "state_func",
     .takes = kCallee,
     .references = kRoutines,
     .required = true,
     .behind = true},
    {.name = "initial_value", .takes = kDefault, .behind = true},
    {.name = "final_func",
     .takes = kCallee,
     .references = kRoutines,
     .behind = true},
    kParallel,
    // Ours: the other options of CREATE AGGREGATE.
    {.name = "state_size", .takes = kInteger, .behind = true},
    {.name = "final_func_extra", .takes = kBool, .behind = true},
    {.name = "final_func_modify",
     .takes = kWordText,
     .words = "READ_ONLY SHAREABLE READ_WRITE",
     .behind = true},
    {.name = "combine_func",
     .takes = kCallee,
     .references = kRoutines,
     .behind = true},
    {.name = "serial_func",
     .takes = kCallee,
     .references = kRoutines,
     .behind = true},
    {.name = "deserial_func",
     .takes = kCallee,
     .references = kRoutines,
     .behind = true},
    {.name = "moving_state_func",
     .takes = kCallee,
     .references = kRoutines,
     .behind = true},
    {.name = "moving_inverse_func",
     .takes = kCallee,
     .references = kRoutines,
     .behind = true},
    {.name = "moving_state_type", .takes = kType, .behind = true},
    {.name = "moving_state_size", .takes = kInteger, .behind = true},
    {.name = "moving_final_func",
     .takes = kCallee,
     .references = kRoutines,
     .behind = true},
    {.name = "moving_final_func_extra", .takes = kBool, .behind = true},
    {.name = "moving_final_func_modify",
     .takes = kWordText,
     .words = "READ_ONLY SHAREABLE READ_WRITE",
     .behind = true},
    {.name = "moving_initial_value", .takes = kDefault, .behind = true},
    {.name = "sort_op", .takes = kText | kSql, .behind = true},
    {.name = "hypothetical", .takes = kBool, .behind = true},
    kDependsOn,
    kBehindComment,
};
constexpr BlockRule kAggregateBlocks[] = {
    kArg,
    // Ours: of an ordered-set aggregate, those behind ORDER BY.
    {.kind = "order_arg",
     .label = Label::kOptional,
     .shares_label = true,
     .attributes = kArgAttributes},
};

// Triggers, policies, rules.

constexpr AttributeRule kTriggerEventAttributes[] = {
    {.name = "insert", .takes = kBool},
    {.name = "update", .takes = kBool},
    {.name = "delete", .takes = kBool},
    {.name = "truncate", .takes = kBool},
    {.name = "update_of",
     .takes = kReference,
     .references = kColumns,
     .list = true},
};
constexpr ExclusiveRule kTriggerEventExclusives[] = {{"update update_of"}};
constexpr AttributeRule kReferencingAttributes[] = {
    {.name = "old_table", .takes = kText},
    {.name = "new_table", .takes = kText},
};
constexpr AttributeRule kExecuteAttributes[] = {
    {.name = "function",
     .takes = kReference | kSql | kText,
     .references = kRoutines},
    {.name = "procedure",
     .takes = kReference | kSql | kText,
     .references = kRoutines},
    {.name = "args", .takes = kText, .list = true},
};
constexpr ExclusiveRule kExecuteExclusives[] = {{"function procedure", true}};
constexpr BlockRule kTriggerBlocks[] = {
    {.kind = "before",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kTriggerEventAttributes,
     .exclusives = kTriggerEventExclusives},
    {.kind = "after",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kTriggerEventAttributes,
     .exclusives = kTriggerEventExclusives},
    {.kind = "instead_of",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kTriggerEventAttributes,
     .exclusives = kTriggerEventExclusives},
    {.kind = "referencing",
     .label = Label::kNone,
     .attributes = kReferencingAttributes},
    {.kind = "execute",
     .label = Label::kNone,
     .repeatable = false,
     .attributes = kExecuteAttributes,
     .exclusives = kExecuteExclusives},
};
constexpr AttributeRule kTriggerAttributes[] = {
    {.name = "on",
     .takes = kReference,
     .references = kRelations,
     .required = true},
    kName,
    {.name = "from", .takes = kReference, .references = kTables},
    // Ours: CREATE CONSTRAINT TRIGGER.
    {.name = "constraint", .takes = kBool},
    kDeferrable,
    {.name = "foreach", .takes = kWordText, .words = "ROW STATEMENT"},
    {.name = "for", .takes = kWordText, .words = "ROW STATEMENT"},
    {.name = "when", .takes = kText},
    {.name = "as", .takes = kText, .body = true},
    kState,
    kComment,
    kDependsOn,
};
constexpr ExclusiveRule kTriggerExclusives[] = {
    {"before after instead_of", true}, {"execute as", true}, {"foreach for"}};

constexpr AttributeRule kEventTriggerAttributes[] = {
    {.name = "on",
     .takes = kAnyWord | kText,
     .words = "ddl_command_start ddl_command_end table_rewrite sql_drop login",
     .required = true},
    kName,
    {.name = "tags", .takes = kText, .list = true},
    {.name = "execute",
     .takes = kReference | kSql | kText,
     .references = kRoutines,
     .required = true},
    kState,
    kComment,
    kDependsOn,
};

constexpr AttributeRule kPolicyAttributes[] = {
    {.name = "on",
     .takes = kReference,
     .references = kTables,
     .required = true},
    kName,
    {.name = "as", .takes = kWordText, .words = "PERMISSIVE RESTRICTIVE"},
    {.name = "for",
     .takes = kWordText,
     .words = "ALL SELECT INSERT UPDATE DELETE"},
    {.name = "to",
     .takes = kWord | kText | kReference,
     .words = "PUBLIC CURRENT_ROLE CURRENT_USER SESSION_USER",
     .references = "role user",
     .list = true},
    {.name = "using", .takes = kText},
    {.name = "check", .takes = kText},
    kComment,
    kDependsOn,
};

// Ours: CREATE RULE; `as` is what stands behind DO and INSTEAD.
constexpr AttributeRule kRuleAttributes[] = {
    {.name = "on",
     .takes = kReference,
     .references = kRelations,
     .required = true},
    kName,
    {.name = "event",
     .takes = kWordText,
     .words = "SELECT INSERT UPDATE DELETE",
     .required = true},
    {.name = "where", .takes = kText},
    {.name = "instead", .takes = kBool},
    {.name = "as", .takes = kText, .required = true, .body = true},
    kState,
    kComment,
    kDependsOn,
};

}  // namespace

BlockRule FunctionRule() {
  return {.kind = "function",
          .label = Label::kOptional,
          .qualifier = true,
          .shares_label = true,
          .attributes = kFunctionAttributes,
          .blocks = kFunctionBlocks,
          .exclusives = kFunctionExclusives};
}

BlockRule ProcedureRule() {
  return {.kind = "procedure",
          .label = Label::kOptional,
          .qualifier = true,
          .shares_label = true,
          .attributes = kProcedureAttributes,
          .blocks = kProcedureBlocks,
          .since = 11};
}

BlockRule AggregateRule() {
  return {.kind = "aggregate",
          .label = Label::kOptional,
          .qualifier = true,
          .shares_label = true,
          .attributes = kAggregateAttributes,
          .blocks = kAggregateBlocks};
}

BlockRule TriggerRule() {
  return {.kind = "trigger",
          .shares_label = true,
          .attributes = kTriggerAttributes,
          .blocks = kTriggerBlocks,
          .exclusives = kTriggerExclusives};
}

BlockRule EventTriggerRule() {
  return {.kind = "event_trigger", .attributes = kEventTriggerAttributes};
}

BlockRule PolicyRule() {
  return {
      .kind = "policy", .shares_label = true, .attributes = kPolicyAttributes};
}

BlockRule RuleRule() {
  return {.kind = "rule", .shares_label = true, .attributes = kRuleAttributes};
}

}  // namespace godwit::engine::pg
