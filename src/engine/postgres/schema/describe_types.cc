// SPDX-License-Identifier: Apache-2.0
// Types and sequences.
#include "base/text.h"
#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Value;

void DescribeEnum(const schema::Enum& type, Describing& describing) {
  Declaration& out = describing.Add("enum", type.name);
  std::vector<Value> labels;
  for (const std::string& label : type.labels)
    labels.push_back(TextValue(label));
  Put(out, "values", ListValue(std::move(labels)));
  PutText(out, "comment", type.comment);
}

void DescribeDomain(const schema::Domain& domain, Describing& describing) {
  Declaration& out = describing.Add("domain", domain.name);
  Put(out, "type", describing.Type(domain.type));
  Put(out, "null", FlagValue(!domain.not_null));
  if (!domain.default_value.empty())
    Put(out, "default", describing.Default(domain.default_value, domain.type));
  PutText(out, "collate", CollationText(domain.collation));
  PutText(out, "comment", domain.comment);
  for (const schema::Constraint& check : domain.constraints) {
    Definition reader(check.definition);
    Declaration block;
    block.kind = "check";
    block.name = check.name;
    reader.Take("check");
    Put(block, "expr", TextValue(reader.TakeParentheses()));
    PutText(block, "comment", check.comment);
    PutFlag(block, "not_valid", reader.Take("not valid"));
    out.blocks.push_back(std::move(block));
  }
}

void DescribeComposite(const schema::Composite& type, Describing& describing) {
  Declaration& out = describing.Add("composite", type.name);
  PutText(out, "comment", type.comment);
  for (const schema::Column& attribute : type.attributes) {
    Declaration field;
    field.kind = "field";
    field.name = attribute.name;
    Put(field, "type", describing.Type(attribute.type));
    PutText(field, "collate", CollationText(attribute.collation));
    PutText(field, "comment", attribute.comment);
    out.blocks.push_back(std::move(field));
  }
}

void DescribeRange(const schema::Range& range, Describing& describing) {
  Declaration& out = describing.Add("range", range.name);
  Definition reader(range.definition);
  reader.TakeUntil({"range"});
  reader.Take("range");
  for (const std::string& option : reader.TakeList()) {
    Definition inner(option);
    const std::string name = inner.TakeName();
    inner.TakeSymbol('=');
    const std::string text(inner.Rest());
    if (name == "subtype") {
      Put(out, name, describing.Type(text));
    } else if (name == "collation") {
      PutText(out, name, CollationText(text));
    } else if (name == "subtype_opclass") {
      PutText(out, name, text);
    } else if (name == "multirange_type_name") {
      const schema::Name multirange = inner.TakeQualified();
      std::string usual = range.name.name;
      const std::size_t word = usual.find("range");
      usual.insert(word == usual.npos ? usual.size() : word,
                   word == usual.npos ? "_multirange" : "multi");
      if (multirange.name != usual)
        PutText(out, "multirange_name", multirange.name);
    } else {
      Put(out, name, describing.Callee(text));
    }
  }
  PutText(out, "comment", range.comment);
}

}  // namespace

void DescribeTypes(Describing& out) {
  const schema::Catalog& catalog = out.catalog();
  for (const auto& type : catalog.enums) DescribeEnum(type, out);
  for (const auto& domain : catalog.domains) DescribeDomain(domain, out);
  for (const auto& type : catalog.composites) DescribeComposite(type, out);
  for (const auto& range : catalog.ranges) DescribeRange(range, out);
}

void DescribeSequences(Describing& describing) {
  for (const schema::Sequence& sequence : describing.catalog().sequences) {
    if (describing.IsSerial(sequence)) continue;
    Declaration& out = describing.Add("sequence", sequence.name);
    PutFlag(out, "unlogged", sequence.unlogged);
    if (sequence.type != "bigint")
      Put(out, "type", describing.Type(sequence.type));
    PutSequenceOptions(out, sequence.options, sequence.type);
    if (!sequence.owner_column.empty())
      Put(out, "owner",
          describing.Column(sequence.owner_table, sequence.owner_column));
    PutText(out, "comment", sequence.comment);
  }
}

}  // namespace godwit::engine::pg
