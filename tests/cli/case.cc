// SPDX-License-Identifier: Apache-2.0
#include "cli/case.h"

#include <regex>

namespace godwit::test {

namespace {

bool IsTitle(std::string_view line) {
  return line.size() > 6 && line.starts_with("-- ") && line.ends_with(" --") &&
         line.substr(3, line.size() - 6).find(' ') == line.npos;
}

void Replace(std::string& text, const std::string& from,
             const std::string& to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != text.npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

bool CaseFile::Mentions(std::string_view text) const {
  if (heading.find(text) != heading.npos) return true;
  for (const CaseSection& section : sections) {
    if (section.text.find(text) != section.text.npos) return true;
  }
  return false;
}

CaseFile ParseCase(std::string_view text) {
  CaseFile file;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    const std::string_view bare =
        line.substr(0, line.size() - (line.ends_with('\n') ? 1 : 0));
    if (IsTitle(bare))
      file.sections.push_back(
          {std::string(bare.substr(3, bare.size() - 6)), ""});
    else
      (file.sections.empty() ? file.heading : file.sections.back().text) +=
          line;
    text.remove_prefix(end);
  }
  return file;
}

std::string ShowCase(const CaseFile& file) {
  std::string out = file.heading;
  for (const CaseSection& section : file.sections)
    out += "-- " + section.name + " --\n" + section.text;
  return out;
}

std::vector<std::string> Commands(std::string_view run) {
  std::vector<std::string> commands;
  while (!run.empty()) {
    const std::size_t end = std::min(run.find('\n'), run.size());
    if (run.starts_with("$ ")) commands.emplace_back(run.substr(2, end - 2));
    run.remove_prefix(std::min(end + 1, run.size()));
  }
  return commands;
}

std::string Normalised(std::string text, const std::string& folder,
                       const std::string& dsn) {
  Replace(text, dsn, "<dsn>");
  Replace(text, folder, "<folder>");
  struct Rule {
    std::regex pattern;
    const char* name;
  };
  static const Rule kRules[] = {
      {std::regex(R"(\b\d+(\.\d+)? (ms|s)\b)"), "<time>"},
      {std::regex(R"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(Z| UTC)?)"), "<at>"},
      {std::regex(R"("duration_ms":[-0-9.e+]+)"), "\"duration_ms\":<n>"},
      {std::regex(R"("waited_ms":\d+)"), "\"waited_ms\":<n>"},
      {std::regex(R"(\b[0-9a-f]{64}\b)"), "<sha256>"},
      {std::regex(R"(\b(by "?|by":")[^\s"@]+@[^\s",]+)"), "$1<actor>"},
      {std::regex(R"(\bpid \d+)"), "pid <n>"},
      {std::regex(R"(\b20\d{12}(?!\d))"), "<timestamp>"},
      {std::regex(R"(/tmp/[-A-Za-z0-9_.]+(/[-A-Za-z0-9_.]+)*\.s\.PGSQL\.\d+)"),
       "<socket>"},
  };
  for (const Rule& rule : kRules)
    text = std::regex_replace(text, rule.pattern, rule.name);
  return text;
}

}  // namespace godwit::test
