// SPDX-License-Identifier: Apache-2.0
// The rules of ARCHITECTURE.md that a compiler does not check. Each test lists
// every place that breaks its rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tree.h"

namespace godwit::architecture {
namespace {

using ::testing::IsEmpty;

// Low to high: a module includes those before it, never those behind it.
constexpr std::string_view kModules[] = {
    "base",    "runtime", "sql",     "schema", "engine",
    "hcl",     "migrate", "state",   "diff",   "query",
    "codegen", "lint",    "command", "config", "cli"};

std::optional<std::size_t> Height(std::string_view module) {
  const auto* found = std::ranges::find(kModules, module);
  if (found == std::end(kModules)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(kModules));
}

const std::vector<File>& Tree() {
  static const std::vector<File> tree = ReadTree();
  return tree;
}

std::string At(const File& file, std::size_t line, std::string_view what) {
  return file.path + ":" + std::to_string(line) + ": " + std::string(what);
}

// Only a module's first part of an include's path counts: "sql/lexer.h".
std::string_view FirstFolder(std::string_view target) {
  return target.substr(0, target.find('/'));
}

bool IsStandardHeader(std::string_view target) {
  return target.find_first_of("./") == std::string_view::npos;
}

bool Names(std::string_view target, std::string_view file) {
  return target == file || target.ends_with("/" + std::string(file));
}

TEST(Architecture, TheTreeIsReadAtAll) {
  EXPECT_GT(Tree().size(), 10U);
}

TEST(Architecture, EveryModuleHasItsPlaceInTheOrder) {
  std::set<std::string> unknown;
  for (const File& file : Tree()) {
    const std::string module = ModuleOf(file.path);
    if (!module.empty() && !Height(module)) unknown.insert(module);
  }
  EXPECT_THAT(unknown, IsEmpty());
}

TEST(Architecture, NoIncludePointsToAHigherModule) {
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    const std::optional<std::size_t> own = Height(ModuleOf(file.path));
    if (!own) continue;
    for (const Include& include : Includes(file)) {
      const std::optional<std::size_t> other =
          Height(FirstFolder(include.target));
      if (other && *other > *own)
        wrong.push_back(At(file, include.line, include.target));
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

TEST(Architecture, PublicHeadersIncludeTheStandardLibraryAndEachOtherOnly) {
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    if (!file.IsUnder("include")) continue;
    for (const Include& include : Includes(file)) {
      const bool fine = include.system ? IsStandardHeader(include.target)
                                       : include.target.starts_with("godwit/");
      if (!fine) wrong.push_back(At(file, include.line, include.target));
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

TEST(Architecture, OnlyTheRuntimeKnowsTheDatabasesLibraries) {
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    if (file.IsUnder("src/runtime") || file.IsTest()) continue;
    for (const Include& include : Includes(file)) {
      if (Names(include.target, "sqlite3.h") ||
          Names(include.target, "libpq-fe.h")) {
        wrong.push_back(At(file, include.line, include.target));
      }
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

// What migrates inside other people's programs links libpq and sqlite3 only.
TEST(Architecture, TheLibraryIncludesNoParserAndNoFormatter) {
  constexpr std::string_view kToolOnly[] = {"fmt", "nlohmann", "yaml-cpp",
                                            "CLI", "pg_query.h"};
  constexpr std::string_view kLibrary[] = {
      "base", "runtime", "sql", "schema", "engine", "migrate", "command"};
  // The group of commands reads words and writes JSON, with headers alone.
  constexpr std::string_view kHeadersOnly[] = {"CLI", "nlohmann"};
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    // The command's own part of the engines, a target of its own.
    if (file.path.find("/parse/") != std::string::npos) continue;
    if (std::ranges::find(kLibrary, ModuleOf(file.path)) == std::end(kLibrary))
      continue;
    if (file.IsTest() || file.path.ends_with("/engine/postgres/parse.cc"))
      continue;
    for (const Include& include : Includes(file)) {
      const std::string_view folder = FirstFolder(include.target);
      if (ModuleOf(file.path) == "command" &&
          std::ranges::find(kHeadersOnly, folder) != std::end(kHeadersOnly))
        continue;
      if (std::ranges::find(kToolOnly, folder) != std::end(kToolOnly)) {
        wrong.push_back(At(file, include.line, include.target));
      }
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

// A dialect is a folder; elsewhere nobody asks which engine it is.
TEST(Architecture, NobodyAboveTheEnginesAsksForOneByName) {
  constexpr std::string_view kMayName[] = {"runtime", "engine"};
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    const std::string module = ModuleOf(file.path);
    if (module.empty() || file.IsTest()) continue;
    if (std::ranges::find(kMayName, module) != std::end(kMayName)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (file.lines[i].find("EngineKind::k") != std::string::npos) {
        wrong.push_back(At(file, i + 1, file.lines[i]));
      }
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

TEST(Architecture, EveryFileBeginsWithItsLicence) {
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    const std::string first = file.lines.empty() ? "" : file.lines.front();
    // What is written for a user is the user's.
    if (first.starts_with("// Made by godwit ")) continue;
    if (first != "// SPDX-License-Identifier: Apache-2.0" &&
        first != "# SPDX-License-Identifier: Apache-2.0") {
      wrong.push_back(file.path);
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

TEST(Architecture, NoFileIsLongerThan800Lines) {
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    if (file.lines.size() > 800)
      wrong.push_back(At(file, file.lines.size(), "lines"));
  }
  EXPECT_THAT(wrong, IsEmpty());
}

TEST(Architecture, HeadersAreGuardedByPragmaOnce) {
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    if (!file.path.ends_with(".h")) continue;
    if (std::ranges::find(file.lines, "#pragma once") == file.lines.end())
      wrong.push_back(file.path);
  }
  EXPECT_THAT(wrong, IsEmpty());
}

TEST(Architecture, NoLineHoldsATabOrEndsInABlank) {
  std::vector<std::string> wrong;
  for (const File& file : Tree()) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (line.find('\t') != std::string::npos || line.ends_with(' ') ||
          line.ends_with('\r')) {
        wrong.push_back(At(file, i + 1, line));
      }
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

}  // namespace
}  // namespace godwit::architecture
