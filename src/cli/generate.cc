// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/query_blocks.h"
#include "cli/query_report.h"
#include "cli/whole_file.h"
#include "codegen/cpp/cpp.h"
#include "command/exit_status.h"
#include "config/generation.h"
#include "engine/dsn.h"
#include "query/ask.h"
#include "query/lock_file.h"

namespace godwit::cli {

namespace {

namespace fs = std::filesystem;
using config::GenerateBlock;
using config::GenerateConfig;

// One run of the command over all blocks.
class Generation {
 public:
  Generation(const command::Call& call, GenerateConfig config)
      : call_(call),
        config_(std::move(config)),
        lock_path_(LockPath(config_)),
        lock_(query::LockFile::Read(lock_path_)) {}

  int Run();

 private:
  struct Output {
    std::string path;
    std::string text;
  };

  void Generate(const GenerateBlock& block);
  const query::Analyzed& Analyze(const GenerateBlock& block,
                                 const BlockInputs& inputs);
  void Emit(const GenerateBlock& block, const query::Analyzed& analyzed);
  void Judge(const config::TypeOverride& chosen, bool matches);
  std::vector<const Output*> Changed() const;
  void WriteDependencies() const;
  int Report(std::span<const Output* const> changed) const;

  const command::Call& call_;
  const GenerateConfig config_;
  const std::string lock_path_;
  query::LockFile lock_;
  query::Analyzed analyzed_;  // of a database's answers
  std::vector<Output> outputs_;
  std::vector<schema::Problem> problems_;
  // Overrides that stand for all blocks.
  using OverridePlace = std::pair<int, std::string>;
  std::set<OverridePlace> unmatched_;
  std::set<OverridePlace> matched_;
  std::vector<std::string> ignored_;
  std::vector<std::string> inputs_;
  std::size_t queries_ = 0;
};

// Stands until the next one is analysed.
const query::Analyzed& Generation::Analyze(const GenerateBlock& block,
                                           const BlockInputs& inputs) {
  if (const query::Analyzed* kept = lock_.Find(inputs.name, inputs.key))
    return *kept;
  const std::string where =
      call_.flags.dev.empty() ? block.database : call_.flags.dev;
  if (!call_.flags.quiet && !call_.flags.json)
    call_.err << call_.program.name
              << ": asking a database about the queries of " << inputs.name
              << '\n';
  analyzed_ =
      query::AskDatabase(block.engine, where, block.schema, inputs.queries);
  if (!analyzed_.problems.empty()) return analyzed_;
  // What the lock file keeps is what code is written from: it is the same with
  // a database and without.
  lock_.Put(inputs.name, inputs.key, analyzed_);
  return *lock_.Find(inputs.name, inputs.key);
}

// One that stands for all blocks has to match in one of them.
void Generation::Judge(const config::TypeOverride& chosen, bool matches) {
  const std::string what = chosen.column.empty() ? "type " + chosen.db_type
                                                 : "column " + chosen.column;
  if (matches) matched_.insert({chosen.line, what});
  if (!matches && !chosen.shared) {
    problems_.push_back({"",
                         schema::ProblemCode::kOther,
                         Cat("the override of the ", what, " matches nothing"),
                         {config_.path, chosen.line, 1, {}},
                         "no query of the block and no table that it reads has "
                         "it"});
  }
  if (!matches && chosen.shared) unmatched_.insert({chosen.line, what});
}

void Generation::Emit(const GenerateBlock& block,
                      const query::Analyzed& analyzed) {
  if (!block.out.empty()) {
    codegen::Input input{engine::KindOf(block.engine),
                         block.name_space,
                         analyzed,
                         block.rename,
                         {}};
    for (const config::TypeOverride& chosen : block.overrides) {
      input.choices.push_back({chosen.db_type, chosen.column, chosen.nullable,
                               chosen.cpp_type, chosen.include});
      Judge(chosen, codegen::Matches(input.choices.back(), analyzed));
    }
    for (codegen::GeneratedFile& file : codegen::WriteCpp(input))
      outputs_.push_back(
          {Cat(block.out, "/", file.name), std::move(file.text)});
  }
  if (!block.json_out.empty()) {
    outputs_.push_back(
        {block.json_out, AnalyzedValue(analyzed).dump(2) + "\n"});
  }
}

void Generation::Generate(const GenerateBlock& block) {
  const BlockInputs inputs = ReadInputs(config_, block);
  inputs_.insert(inputs_.end(), inputs.paths.begin(), inputs.paths.end());
  const query::Analyzed& analyzed = Analyze(block, inputs);
  queries_ += analyzed.shapes.size();
  ignored_.insert(ignored_.end(), block.ignored.begin(), block.ignored.end());
  if (analyzed.problems.empty()) return Emit(block, analyzed);
  problems_.insert(problems_.end(), analyzed.problems.begin(),
                   analyzed.problems.end());
}

std::vector<const Generation::Output*> Generation::Changed() const {
  std::vector<const Output*> changed;
  for (const Output& output : outputs_) {
    std::error_code error;
    if (!fs::exists(output.path, error) || ReadFile(output.path) != output.text)
      changed.push_back(&output);
  }
  return changed;
}

// As make reads it: a blank in a name needs a backslash.
void Generation::WriteDependencies() const {
  std::string rule = call_.flags.depfile;
  if (rule.ends_with(".d")) rule.resize(rule.size() - 2);
  rule += ':';
  for (const std::string& input : inputs_) {
    rule += " \\\n  ";
    for (const char c : fs::absolute(input).lexically_normal().string())
      rule += c == ' ' ? std::string("\\ ") : std::string(1, c);
  }
  WriteWhole(call_.flags.depfile, rule + "\n");
}

int Generation::Report(std::span<const Output* const> changed) const {
  const bool check = call_.flags.check;
  if (call_.flags.json) {
    command::Json document;
    document["queries"] = queries_;
    document[check ? "stale" : "written"] = command::Json::array();
    for (const Output* output : changed)
      document[check ? "stale" : "written"].push_back(output->path);
    call_.out << command::Dump(document) << '\n';
  } else if (!call_.flags.quiet || check) {
    for (const Output* output : changed)
      call_.out << (check ? "stale: " : "wrote ") << output->path << '\n';
    call_.out << queries_ << (queries_ == 1 ? " query, " : " queries, ")
              << outputs_.size() - changed.size() << " of " << outputs_.size()
              << " files up to date\n";
  }
  if (!call_.flags.quiet) {
    for (const std::string& what : ignored_)
      call_.err << call_.program.name << ": " << what << '\n';
  }
  return check && !changed.empty() ? command::kCheckFailed : command::kDone;
}

int Generation::Run() {
  for (const GenerateBlock& block : config_.blocks) Generate(block);
  for (const auto& [line, what] : unmatched_) {
    if (matched_.contains({line, what})) continue;
    problems_.push_back({"",
                         schema::ProblemCode::kOther,
                         Cat("the override of the ", what, " matches nothing"),
                         {config_.path, line, 1, {}},
                         "no query of any block has it"});
  }
  if (!problems_.empty()) {
    if (call_.flags.json)
      call_.out << command::Dump(AnalyzedValue({{}, {}, {}, {}, problems_}))
                << '\n';
    else
      ShowProblems(call_, problems_);
    return command::kRefused;
  }
  const std::vector<const Output*> changed = Changed();
  if (!call_.flags.check) {
    for (const Output* output : changed) WriteWhole(output->path, output->text);
    const std::string lock = lock_.Text();
    std::error_code error;
    if (!fs::exists(lock_path_, error) || ReadFile(lock_path_) != lock)
      WriteWhole(lock_path_, lock);
  }
  if (!call_.flags.depfile.empty()) WriteDependencies();
  return Report(changed);
}

}  // namespace

int RunGenerate(const command::Call& call) {
  return Generation(call,
                    config::ReadGenerateConfig(GenerateConfigPath(call.flags)))
      .Run();
}

}  // namespace godwit::cli
