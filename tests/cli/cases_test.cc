// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/case.h"
#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace godwit::test {
namespace {

struct Param {
  std::string path;
  int postgresql = 0;
};

std::string NameOf(const testing::TestParamInfo<Param>& info) {
  std::string name = std::filesystem::path(info.param.path).stem().string();
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return info.param.postgresql
             ? name + "_" + std::to_string(info.param.postgresql)
             : name;
}

// A case that names {postgresql} runs on each version of it.
std::vector<Param> AllCases() {
  std::vector<Param> cases;
  for (const auto& entry : std::filesystem::directory_iterator(
           GODWIT_SOURCE_DIR "/tests/cli/cases")) {
    const CaseFile file = ParseCase(ReadFile(entry.path().string()));
    if (!file.Mentions("{postgresql}")) {
      if (GODWIT_HAS_SQLITE) cases.push_back({entry.path().string(), 0});
      continue;
    }
    for (int version : Cluster::Versions()) {
      if (GODWIT_HAS_POSTGRESQL)
        cases.push_back({entry.path().string(), version});
    }
  }
  std::sort(cases.begin(), cases.end(),
            [](const Param& a, const Param& b) { return a.path < b.path; });
  return cases;
}

class CliCase : public testing::TestWithParam<Param> {
 protected:
  std::string RunAll(const std::string& section) {
    std::string printed;
    for (const std::string& command : Commands(section)) {
      std::string real = command;
      for (std::size_t at = real.find("{postgresql}"); at != real.npos;
           at = real.find("{postgresql}"))
        real.replace(at, 12, dsn_);
      ProcessOptions options;
      options.folder = folder_ / "work";
      options.environment = {
          {"PATH", GODWIT_COMMAND_PATH ":" GODWIT_APP_PATH ":" +
                       std::string(std::getenv("PATH"))},
          {"GODWIT_URL", ""},
          {"DATABASE_URL", ""}};
      const Outcome outcome =
          RunProcess({"/bin/sh", "-c", "(" + real + "\n) 2>&1"}, options);
      printed +=
          "$ " + command + "\n" + Normalised(outcome.out, folder_.path(), dsn_);
      if (!printed.ends_with('\n')) printed += '\n';
      printed += "exit " + std::to_string(outcome.exit_code) + "\n";
    }
    return printed;
  }

  TempFolder folder_;
  std::string dsn_;
};
INSTANTIATE_TEST_SUITE_P(Cli, CliCase, testing::ValuesIn(AllCases()), NameOf);

TEST_P(CliCase, PrintsWhatTheCaseSays) {
  const std::string before = ReadFile(GetParam().path);
  CaseFile file = ParseCase(before);
  if (GetParam().postgresql) {
    const std::string missing = Cluster::Missing(GetParam().postgresql);
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = Cluster::Of(GetParam().postgresql).FreshDatabase();
  }
  std::filesystem::create_directories(folder_ / "work");
  for (CaseSection& section : file.sections) {
    if (section.name != "run")
      WriteFile(folder_ / "work/" + section.name, section.text);
    else
      section.text = RunAll(section.text);
  }
  const std::string after = ShowCase(file);
  if (std::getenv("GODWIT_REFRESH"))
    WriteFile(GetParam().path, after);
  else
    EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace godwit::test
