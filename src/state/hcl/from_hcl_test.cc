// SPDX-License-Identifier: Apache-2.0
#include "state/hcl/from_hcl.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "state/hcl/to_hcl.h"

namespace godwit::state {
namespace {

using schema::AttributeRule;
using schema::BlockRule;
using schema::Label;

constexpr AttributeRule kColumnAttributes[] = {
    {.name = "null", .takes = schema::kTakesBool},
    {.name = "type", .takes = schema::kTakesType, .required = true},
    {.name = "default",
     .takes = schema::kTakesBool | schema::kTakesNumber | schema::kTakesString |
              schema::kTakesSql},
    {.name = "comment", .takes = schema::kTakesString},
};
constexpr AttributeRule kKeyAttributes[] = {
    {.name = "columns",
     .takes = schema::kTakesReference,
     .references = "column",
     .list = true},
    {.name = "ref_columns",
     .takes = schema::kTakesReference,
     .references = "column",
     .list = true},
    {.name = "on_delete",
     .takes = schema::kTakesWord | schema::kTakesWordText,
     .words = "CASCADE SET_NULL"},
};
constexpr AttributeRule kOnAttributes[] = {
    {.name = "expr", .takes = schema::kTakesString}};
constexpr BlockRule kKeyBlocks[] = {
    {.kind = "on", .label = Label::kNone, .attributes = kOnAttributes}};
constexpr schema::ExclusiveRule kKeyExclusives[] = {{"columns on", true}};
constexpr BlockRule kTableBlocks[] = {
    {.kind = "column", .attributes = kColumnAttributes},
    {.kind = "key",
     .label = Label::kOptional,
     .repeatable = false,
     .attributes = kKeyAttributes,
     .blocks = kKeyBlocks,
     .exclusives = kKeyExclusives},
};
constexpr AttributeRule kSchemaRef{.name = "schema",
                                   .takes = schema::kTakesReference,
                                   .references = "schema",
                                   .required = true};
constexpr AttributeRule kNameRule{.name = "name",
                                  .takes = schema::kTakesString};
constexpr AttributeRule kTableAttributes[] = {kSchemaRef, kNameRule};
constexpr AttributeRule kEnumAttributes[] = {
    kSchemaRef,
    kNameRule,
    {.name = "values", .takes = schema::kTakesString, .list = true},
    {.name = "as", .takes = schema::kTakesString, .body = true},
};
constexpr AttributeRule kSchemaAttributes[] = {kNameRule};
constexpr BlockRule kBlocks[] = {
    {.kind = "table",
     .qualifier = true,
     .attributes = kTableAttributes,
     .blocks = kTableBlocks},
    {.kind = "enum", .qualifier = true, .attributes = kEnumAttributes},
    {.kind = "schema", .attributes = kSchemaAttributes},
};
constexpr schema::TypeRule kTypes[] = {
    {"int", "int"}, {"text", "text"}, {"varchar", "varchar", 1}};
constexpr schema::Language kLanguage{
    .blocks = kBlocks, .types = kTypes, .type_references = "enum"};

DocumentRead Read(std::string text, std::vector<VariableValue> variables = {}) {
  std::vector<DocumentFile> files;
  files.push_back({"a.hcl", std::move(text)});
  return ReadDocument(std::move(files), variables, kLanguage);
}

std::string Problems(const DocumentRead& read) {
  std::string out;
  for (const DocumentProblem& each : read.problems) {
    const Place place =
        read.sources[static_cast<std::size_t>(each.mark.file)]->PlaceOf(
            {each.mark.begin, each.mark.end});
    out += Cat(place.line, ":", place.column, " ", each.message, "\n");
  }
  return out;
}

// The document as it is written again, or what is wrong with it.
std::string Written(std::string text,
                    std::vector<VariableValue> variables = {}) {
  const DocumentRead read = Read(std::move(text), std::move(variables));
  if (!read.problems.empty()) return Problems(read);
  return WriteDocument(read.declarations, kLanguage);
}

constexpr std::string_view kTable =
    "schema \"s\" {\n}\n"
    "table \"t\" {\n"
    "  schema = schema.s\n"
    "  column \"id\" {\n"
    "    null = false\n"
    "    type = int\n"
    "  }\n"
    "  key {\n"
    "    columns = [column.id]\n"
    "  }\n"
    "}\n";

TEST(FromHcl, ReadsWhatIsWritten) {
  EXPECT_EQ(Written(std::string(kTable)), kTable);
}

TEST(FromHcl, EvaluatesReferencesInAllForms) {
  const std::string text =
      "variable \"cols\" {\n"
      "  type = list(string)\n"
      "}\n"
      "locals {\n"
      "  enum = enum.mood\n"
      "  size = 4 * 5\n"
      "}\n"
      "schema \"s\" { name = \"real\" }\n"
      "enum \"mood\" {\n"
      "  schema = schema.s\n"
      "  values = [for v in [\"a\", \"b\"] : upper(v)]\n"
      "}\n"
      "table \"t\" {\n"
      "  schema = schema.s\n"
      "  column \"a\" { type = varchar(local.size) }\n"
      "  column \"b\" {\n"
      "    type    = true ? local.enum : int\n"
      "    comment = \"of ${table.t.name} and ${column.a.name}\"\n"
      "  }\n"
      "  key { columns = [for c in var.cols : column[c]] }\n"
      "}\n";
  EXPECT_EQ(Written(text, {{"cols", {"a", "b"}}}),
            "17:15 the two values have no type in common: reference and "
            "word\n");
  const std::string better =
      std::string(text).replace(text.find(": int"), 5, ": enum.mood");
  EXPECT_EQ(Written(better, {{"cols", {"a", "b"}}}),
            "schema \"real\" {\n}\n"
            "enum \"mood\" {\n"
            "  schema = schema.real\n"
            "  values = [\"A\", \"B\"]\n"
            "}\n"
            "table \"t\" {\n"
            "  schema = schema.real\n"
            "  column \"a\" {\n"
            "    type = varchar(20)\n"
            "  }\n"
            "  column \"b\" {\n"
            "    type    = enum.mood\n"
            "    comment = \"of t and a\"\n"
            "  }\n"
            "  key {\n"
            "    columns = [column.a, column.b]\n"
            "  }\n"
            "}\n");
}

TEST(FromHcl, RepeatsABlockForEachElement) {
  EXPECT_EQ(Written("variable \"n\" {\n"
                    "  type = set(string)\n"
                    "}\n"
                    "table \"t\" {\n"
                    "  for_each = var.n\n"
                    "  name     = \"t_${each.key}\"\n"
                    "  schema   = schema.s\n"
                    "  column \"id\" { type = int }\n"
                    "  key { columns = [column.id] }\n"
                    "}\n"
                    "schema \"s\" {}\n",
                    {{"n", {"b", "a"}}}),
            "schema \"s\" {\n}\n"
            "table \"t_a\" {\n"
            "  schema = schema.s\n"
            "  column \"id\" {\n"
            "    type = int\n"
            "  }\n"
            "  key {\n"
            "    columns = [column.id]\n"
            "  }\n"
            "}\n"
            "table \"t_b\" {\n"
            "  schema = schema.s\n"
            "  column \"id\" {\n"
            "    type = int\n"
            "  }\n"
            "  key {\n"
            "    columns = [column.id]\n"
            "  }\n"
            "}\n");
}

TEST(FromHcl, QualifiesWhatHasOneNameInTwoSchemas) {
  const std::string text =
      "schema \"a\" {\n}\nschema \"b\" {\n}\n"
      "table \"a\" \"t\" {\n"
      "  schema = schema.a\n"
      "  column \"id\" {\n    type = int\n  }\n"
      "  key {\n"
      "    columns     = [column.id]\n"
      "    ref_columns = [table.b.t.column.id]\n"
      "  }\n"
      "}\n"
      "table \"b\" \"t\" {\n"
      "  schema = schema.b\n"
      "  column \"id\" {\n    type = int\n  }\n"
      "}\n";
  EXPECT_EQ(Written(text), text);
}

TEST(FromHcl, KeepsABodyOfSeveralLines) {
  const std::string text =
      "schema \"s\" {\n}\n"
      "enum \"e\" {\n"
      "  schema = schema.s\n"
      "  as     = <<-SQL\n"
      "  SELECT $${x}\n"
      "\n"
      "    FROM y\n"
      "  SQL\n"
      "}\n";
  EXPECT_EQ(Written(text), text);
  EXPECT_EQ(Read(text).declarations[1].Find("as")->text,
            "SELECT ${x}\n\n  FROM y");
}

struct Wrong {
  std::string_view text;
  std::string_view problems;
};

constexpr Wrong kWrong[] = {
    {"tabel \"t\" {}\n", "1:1 a document has no block tabel\n"},
    {"table \"t\" {\n  schema = schema.s\n}\n", "2:12 there is no schema s\n"},
    {"schema \"s\" {}\nschema \"s\" {}\n",
     "2:1 the schema s is declared twice\n"},
    {"schema \"s\" {}\ntable \"t\" {\n}\n",
     "2:1 table t has no attribute schema\n"},
    {"schema \"s\" {\n  nam = 1\n  x {}\n}\n",
     "2:3 schema has no attribute nam\n3:3 schema has no block x\n"},
    {"schema \"s\" {\n  name = 5\n}\n",
     "2:10 name takes a string, not a number\n"},
    {"schema \"a\" \"s\" {}\n", "1:12 schema has 1 label at most, not 2\n"},
    {"schema {}\n", "1:1 schema has no label\n"},
    {"locals {\n  a = local.b\n  b = local.a\n}\n",
     "2:3 the local value a needs itself\n2:13 there is no b in it\n"
     "3:13 there is no a in it\n"},
    {"variable \"v\" { type = string }\n", "1:1 the variable v has no value\n"},
    {"variable \"v\" {\n  type    = number\n  default = \"x\"\n}\n",
     "3:13 the variable v: a number is required, and the text is none\n"},
    {"variable \"v\" {\n  type = \"string\"\n}\n", "2:10 a type is expected\n"},
    {"a = 1\n", "1:1 a document has no attribute a\n"},
    {"schema \"s\" {\n", "1:12 the block schema is never closed\n"},
};

TEST(FromHcl, TellsAllThatIsWrongWithItsPlace) {
  for (const Wrong& each : kWrong)
    EXPECT_EQ(Problems(Read(std::string(each.text))), each.problems)
        << each.text;
}

TEST(FromHcl, ChecksATablesParts) {
  const std::string head =
      "schema \"s\" {}\ntable \"t\" {\n  schema = schema.s\n";
  constexpr Wrong kParts[] = {
      {"  column \"a\" {}\n}\n", "4:3 column a has no attribute type\n"},
      {"  column \"a\" { type = nt }\n}\n",
       "4:23 there is nothing called nt\n"},
      {"  column \"a\" { type = \"int\" }\n}\n",
       "4:23 type takes a type, not a string\n"},
      {"  column \"a\" { type = int(5) }\n}\n",
       "4:23 the type int takes no argument, not 1\n"},
      {"  column \"a\" { type = varchar(\"x\") }\n}\n",
       "4:23 the type varchar takes whole numbers\n"},
      {"  column \"a\" { type = enum.nope }\n}\n",
       "4:23 there is no enum nope\n"},
      {"  column \"a\" { type = int }\n  column \"a\" { type = int }\n}\n",
       "5:3 the column a is declared twice\n"},
      {"  key { columns = [column.x] }\n}\n", "4:20 there is no column x\n"},
      {"  key { columns = column.x }\n  key {}\n}\n",
       "4:19 there is no column x\n5:3 table has one key at most\n"},
      {"  key {}\n}\n", "4:3 key has no columns or on\n"},
      {"  column \"a\" { type = int }\n  key {\n    columns = [column.a]\n"
       "    on { expr = \"x\" }\n  }\n}\n",
       "5:3 key has columns and on, which exclude each other\n"},
      {"  column \"a\" { type = int }\n  key {\n    columns   = [column.a]\n"
       "    on_delete = NOPE\n  }\n}\n",
       "7:17 there is nothing called NOPE\n"},
      {"  column \"a\" {\n    type = int\n    nul  = true\n  }\n}\n",
       "6:5 column has no attribute nul\n"},
  };
  for (const Wrong& each : kParts)
    EXPECT_EQ(Problems(Read(Cat(head, each.text))), each.problems) << each.text;
}

}  // namespace
}  // namespace godwit::state
