// SPDX-License-Identifier: Apache-2.0
#include "state/hcl/from_hcl.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/parser.h"
#include "hcl/type.h"
#include "state/hcl/blocks.h"

namespace godwit::state {

namespace {

constexpr schema::AttributeRule kForEach{.name = "for_each"};

// Reads one document: its names first, then all that stands behind them.
class DocumentReader {
 public:
  DocumentReader(DocumentState& state, DocumentRead& read)
      : state_(state), read_(read), scope_(state) {}

  void Read(std::span<const VariableValue> variables) {
    CollectEntries();
    ReadVariables(state_, variables, read_.variables);
    Locals locals(state_);
    locals.EvaluateWithoutObjects();
    for (Entry& entry : state_.entries) MakeInstances(entry);
    // A schema's name is part of all other names.
    for (const bool schemas : {true, false}) {
      for (Entry& entry : state_.entries) {
        if ((entry.rule->kind == "schema") == schemas) NameInstances(entry);
      }
    }
    const DocumentScope scope(state_);
    locals.EvaluateRest(scope);
    RefuseDuplicates();
    ReadBlocks();
  }

 private:
  void CollectEntries() {
    for (std::size_t i = 0; i < state_.files.size(); ++i) {
      const auto file = static_cast<int>(i);
      const hcl::Body& body = state_.files[i].body;
      for (const hcl::AttributeSyntax& attribute : body.attributes)
        state_.Tell(file, attribute.name_span,
                    Cat("a document has no attribute ", attribute.name),
                    "values with names of their own belong into locals { }");
      for (const hcl::BlockSyntax& block : body.blocks)
        CollectEntry(block, file);
    }
  }

  void CollectEntry(const hcl::BlockSyntax& block, int file) {
    if (block.type == "variable" || block.type == "locals") return;
    const schema::BlockRule* const rule =
        FindRule(state_.language.blocks, block.type);
    if (!rule) {
      TellUnknown(block, file);
      return;
    }
    if (!CheckLabels(state_, block, *rule, file)) return;
    Entry& entry = state_.entries.emplace_back();
    entry.syntax = &block;
    entry.rule = rule;
    entry.file = file;
    if (!block.labels.empty()) entry.label = block.labels.back().text;
    if (block.labels.size() > 1) entry.qualifier = block.labels[0].text;
    KindIndex& index = state_.kinds[std::string(rule->kind)];
    if (!entry.qualifier.empty()) {
      index.qualified[entry.qualifier][entry.label].push_back(&entry);
    } else if (!entry.label.empty()) {
      index.plain[entry.label].push_back(&entry);
    }
  }

  void TellUnknown(const hcl::BlockSyntax& block, int file) {
    std::vector<std::string_view> known = {"variable", "locals"};
    for (const schema::BlockRule& rule : state_.language.blocks)
      known.push_back(rule.kind);
    std::string help = DidYouMean(block.type, known);
    if (block.type == "env") help = "this is a project's file, not a schema's";
    state_.Tell(file, block.type_span,
                Cat("a document has no block ", block.type), std::move(help));
  }

  void MakeInstances(Entry& entry) {
    const hcl::AttributeSyntax* const loop =
        entry.syntax->body.Find("for_each");
    if (!loop) {
      entry.instances.emplace_back();
      return;
    }
    AttributeReader reader(state_, entry.file, scope_, nullptr);
    const std::optional<hcl::Value> over =
        reader.Evaluate(*loop->expression, kForEach);
    if (!over) return;
    if (!over->IsSequence() && (!over->IsMapping() || over->capsule())) {
      state_.Tell(entry.file, loop->expression->span,
                  Cat("for_each goes over a collection, not ",
                      hcl::ToText(hcl::TypeOf(*over))));
      return;
    }
    for (std::size_t i = 0; i < over->elements().size(); ++i) {
      const hcl::Value& element = over->elements()[i];
      hcl::Value key = element;
      if (over->IsMapping()) {
        key = hcl::Value::Of(over->keys()[i]);
      } else if (over->kind() != hcl::ValueKind::kSet) {
        key = hcl::Value::Of(hcl::Number(static_cast<std::int64_t>(i)));
      }
      entry.instances.push_back(
          {hcl::Value::Object({{"key", key}, {"value", element}}), {}, {}});
    }
  }

  void NameInstances(Entry& entry) {
    const schema::AttributeRule* const name_rule =
        FindRule(entry.rule->attributes, "name");
    const schema::AttributeRule* const schema_rule =
        FindRule(entry.rule->attributes, "schema");
    for (Instance& instance : entry.instances) {
      instance.name = entry.label;
      const BlockScope scope(state_, scope_, entry, instance);
      AttributeReader reader(state_, entry.file, scope, &scope);
      const hcl::Body& body = entry.syntax->body;
      const hcl::AttributeSyntax* const name = body.Find("name");
      if (name && name_rule) {
        const schema::Value value = reader.Read(*name->expression, *name_rule);
        if (value.kind == schema::Value::Kind::kString)
          instance.name = value.text;
      }
      const hcl::AttributeSyntax* const schema = body.Find("schema");
      if (schema && schema_rule) {
        const schema::Value value =
            reader.Read(*schema->expression, *schema_rule);
        if (value.kind == schema::Value::Kind::kReference)
          instance.schema = value.reference.name.name;
      }
    }
  }

  // One object for a kind, schema and name.
  void RefuseDuplicates() {
    std::map<std::tuple<std::string_view, std::string, std::string>,
             const Entry*>
        known;
    for (const Entry& entry : state_.entries) {
      if (entry.rule->shares_label || entry.rule->label == schema::Label::kNone)
        continue;
      for (const Instance& instance : entry.instances) {
        if (instance.name.empty()) continue;
        const auto [first, is_new] = known.try_emplace(
            {entry.rule->kind, instance.schema, instance.name}, &entry);
        if (is_new) continue;
        const hcl::Source& source =
            *state_.files[static_cast<std::size_t>(first->second->file)].source;
        state_.Tell(entry.file, entry.syntax->head,
                    Cat("the ", entry.rule->kind, ' ', instance.name,
                        " is declared twice"),
                    Cat("the first stands in ", source.name(), ':',
                        source.At(first->second->syntax->head.begin).line));
      }
    }
  }

  // Copies that for_each makes come behind the other blocks of their file.
  void ReadBlocks() {
    for (std::size_t file = 0; file < state_.files.size(); ++file) {
      for (const bool copies : {false, true}) {
        for (const Entry& entry : state_.entries) {
          if (entry.file != static_cast<int>(file)) continue;
          for (const Instance& instance : entry.instances) {
            if (instance.each.has_value() != copies) continue;
            read_.declarations.push_back(
                ReadEntry(state_, scope_, entry, instance));
          }
        }
      }
    }
  }

  DocumentState& state_;
  DocumentRead& read_;
  DocumentScope scope_;
};

}  // namespace

DocumentRead ReadDocument(std::vector<DocumentFile> files,
                          std::span<const VariableValue> variables,
                          const schema::Language& language) {
  DocumentState state(language);
  DocumentRead read;
  std::uint64_t bytes = 0;
  std::ranges::sort(files, {}, &DocumentFile::path);
  for (DocumentFile& file : files) {
    bytes += file.text.size();
    state.files.push_back(
        hcl::Parse(std::move(file.path), std::move(file.text)));
    read.sources.push_back(state.files.back().source);
    for (const hcl::Diagnostic& each : state.files.back().diagnostics)
      state.Tell(static_cast<int>(state.files.size()) - 1, each.span,
                 each.message, each.help);
  }
  state.budget = hcl::Budget(hcl::Budget::kDefault + 20 * bytes);
  // What cannot be parsed would be missing everywhere else.
  if (state.problems.empty()) DocumentReader(state, read).Read(variables);
  std::ranges::stable_sort(state.problems, {}, [](const DocumentProblem& each) {
    return std::pair(each.mark.file, each.mark.begin);
  });
  read.problems = std::move(state.problems);
  read.needs = std::move(state.needs);
  return read;
}

}  // namespace godwit::state
