// SPDX-License-Identifier: Apache-2.0
// What the pages show is what the commands print. GODWIT_REFRESH=1 writes what
// is printed now into the pages.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>

#include "cli/case.h"
#include "pages/page.h"
#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace godwit::test {
namespace {

struct Param {
  std::string page;
  int postgresql = 0;
};

std::string NameOf(const testing::TestParamInfo<Param>& info) {
  std::string name = std::filesystem::path(info.param.page).stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name + "_" + std::to_string(info.param.postgresql);
}

std::vector<Param> AllPages() {
  std::vector<Param> pages;
  for (const int version : Cluster::Versions()) {
    for (const char* page :
         {"coming-from-goose.md", "coming-from-golang-migrate.md",
          "coming-from-dbmate.md", "coming-from-flyway.md",
          "coming-from-atlas.md", "failures.md"})
      pages.push_back({page, version});
  }
  return pages;
}

constexpr const char* kPeers = GODWIT_SOURCE_DIR "/.cache/peers/bin";

// A tool that the page calls and that is not here.
std::string MissingTool(const std::string& text) {
  for (const char* tool : {"goose", "migrate", "dbmate"}) {
    const std::string path = std::string(kPeers) + "/" + tool;
    if (text.find("\n$ " + std::string(tool) + " ") != text.npos &&
        !std::filesystem::exists(path))
      return std::string(tool) +
             " is not here; scripts/setup --tests brings it";
  }
  return "";
}

class Page : public testing::TestWithParam<Param> {
 protected:
  void Refresh() {
    ++folders_;
    std::filesystem::create_directories(Work());
    dsn_ = Cluster::Of(GetParam().postgresql).FreshDatabase();
  }
  std::string Work() const { return folder_ / std::to_string(folders_); }

  // Where a page names "$DATABASE_URL" that is a fresh one of the server's.
  std::string Run(const std::string& commands) {
    std::string printed;
    for (const std::string& command : Commands(commands)) {
      ProcessOptions options;
      options.folder = Work();
      options.environment = {{"PATH", std::string(GODWIT_COMMAND_PATH ":") +
                                          kPeers + ":" + std::getenv("PATH")},
                             {"GODWIT_URL", ""},
                             {"DATABASE_URL", on_server_ ? dsn_ : ""},
                             {"NO_COLOR", "1"}};
      const Outcome outcome =
          RunProcess({"/bin/sh", "-c", "(" + command + "\n) 2>&1"}, options);
      printed += "$ " + command + "\n" + Shown(outcome.out);
      if (!printed.ends_with('\n')) printed += '\n';
      if (outcome.exit_code != 0)
        printed += "[exit " + std::to_string(outcome.exit_code) + "]\n";
    }
    return printed;
  }
  std::string Shown(std::string text) const {
    const std::string_view url = "postgres://ada@localhost/app";
    for (const std::string& from : {dsn_, Work() + "/"}) {
      const std::string_view to = from == dsn_ ? url : "";
      for (std::size_t at = text.find(from); at != text.npos;
           at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    }
    return text;
  }

 private:
  TempFolder folder_;
  int folders_ = 0;

 protected:
  bool on_server_ = false;  // the page calls for a database of the server's

 private:
  std::string dsn_;
};
INSTANTIATE_TEST_SUITE_P(Docs, Page, testing::ValuesIn(AllPages()), NameOf);

// The other tools tell their times without a blank, and days with slashes.
std::string Comparable(const std::string& text) {
  static const std::regex kTime(R"(\b\d+(\.\d+)?(µs|ms|s)\b)");
  static const std::regex kDay(R"(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)");
  return std::regex_replace(
      std::regex_replace(Normalised(text, "", ""), kTime, "<time>"), kDay,
      "<day>");
}

TEST_P(Page, ShowsWhatItsCommandsPrint) {
  const std::string missing = Cluster::Missing(GetParam().postgresql);
  if (!missing.empty() || !GODWIT_HAS_SQLITE) GTEST_SKIP() << missing;
  const std::string path = GODWIT_SOURCE_DIR "/docs/" + GetParam().page;
  const std::string before = ReadFile(path);
  const std::string tool = MissingTool(before);
  if (!tool.empty()) GTEST_SKIP() << tool;
  on_server_ = before.find("\"$DATABASE_URL\"") != before.npos;
  std::vector<PagePart> parts = ParsePage(before);
  ASSERT_EQ(ShowPage(parts), before);
  Refresh();
  for (PagePart& part : parts) {
    if (part.kind == PagePart::Kind::kFresh) Refresh();
    if (part.kind == PagePart::Kind::kFile)
      WriteFile(Work() + "/" + part.path, part.text);
    if (part.kind == PagePart::Kind::kHidden) Run(part.text);
    if (part.kind != PagePart::Kind::kShown) continue;
    const std::string printed = Run(part.text);
    if (Comparable(printed) == Comparable(part.text)) continue;
    if (std::getenv("GODWIT_REFRESH"))
      part.text = printed;
    else
      EXPECT_EQ(Comparable(printed), Comparable(part.text));
  }
  if (std::getenv("GODWIT_REFRESH")) WriteFile(path, ShowPage(parts));
}

TEST(ParsePage, TellsItsPartsApart) {
  const std::string text =
      "# T\n<!-- file m/1.sql\nSELECT 1;\n-->\n```sql m/2.sql\nSELECT 2;\n```\n"
      "<!-- run\n$ true\n-->\n```console\n$ ls\nm\n```\n<!-- fresh -->\nEnd\n";
  std::string kinds;
  for (const PagePart& part : ParsePage(text)) {
    if (part.kind != PagePart::Kind::kProse)
      kinds += std::to_string(static_cast<int>(part.kind)) + part.path + " ";
  }
  EXPECT_EQ(kinds, "3m/1.sql 3m/2.sql 2 1 4 ");
  EXPECT_EQ(ShowPage(ParsePage(text)), text);
}

}  // namespace
}  // namespace godwit::test
