// SPDX-License-Identifier: Apache-2.0
// godwit_crash [--every N] [--jobs N] [--engine sqlite|VERSION] [--only TEXT]
//   [--from POINT] [--page FILE] [--journal FILE]: disturbs a run of all
// migrations at every point (or every Nth) and runs it to the end; prints what
// went wrong, and a table of what was tried, which is written between the marks
// of the page. What the journal holds is not tried again.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "base/text.h"
#include "crash/ordeal.h"
#include "support/cluster.h"
#include "support/folder.h"

namespace {

using godwit::Cat;
using godwit::test::Ordeal;
using godwit::test::Verdict;

struct Options {
  std::size_t every = 1;
  std::size_t from = 1;
  int jobs = 2;
  std::string engine;
  std::string only;
  std::string page;
  std::string journal;
};

// One line of the table.
struct Line {
  std::size_t points = 0;
  std::size_t tried = 0;
  std::size_t happened = 0;
  std::size_t asked = 0;
  std::size_t wrong = 0;
  std::string why_not;
};

// What was tried before, and each point as soon as it was tried: a line with
// engine, what goes wrong, point, 0 or 1 for "happened", times that the
// operator was asked, and what was wrong, with tabs between.
class Journal {
 public:
  explicit Journal(const std::string& path) {
    if (path.empty()) return;
    std::ifstream old(path);
    for (std::string line; std::getline(old, line);) Read(line);
    file_.open(path, std::ios::app);
  }
  const Verdict* Find(const Ordeal& ordeal, std::size_t point) const {
    const auto found = known_.find({NameOf(ordeal), point});
    return found == known_.end() ? nullptr : &found->second;
  }
  void Add(const Ordeal& ordeal, std::size_t point, const Verdict& verdict) {
    if (!file_.is_open()) return;
    std::string wrong = verdict.wrong;
    for (char& c : wrong) {
      if (c == '\n' || c == '\t') c = ' ';
    }
    const std::lock_guard lock(mutex_);
    file_ << NameOf(ordeal) << '\t' << point << '\t' << verdict.happened << '\t'
          << verdict.asked << '\t' << wrong << std::endl;
  }

 private:
  static std::string NameOf(const Ordeal& ordeal) {
    return Cat(ordeal.engine(), "\t", ordeal.what());
  }
  void Read(const std::string& line) {
    std::istringstream in(line);
    std::string engine, what, point, happened, asked, wrong;
    for (std::string* field : {&engine, &what, &point, &happened, &asked}) {
      if (!std::getline(in, *field, '\t')) return;
    }
    std::getline(in, wrong);
    Verdict& verdict = known_[{Cat(engine, "\t", what), std::stoul(point)}];
    verdict.happened = happened == "1";
    verdict.asked = std::stoi(asked);
    verdict.wrong = wrong;
  }

  std::map<std::pair<std::string, std::size_t>, Verdict> known_;
  std::ofstream file_;
  std::mutex mutex_;
};

class Table {
 public:
  void Open(std::size_t place, const Ordeal& ordeal) {
    const std::lock_guard lock(mutex_);
    Line& line = LineOf(place, ordeal);
    line.points = std::max(line.points, ordeal.points());
    line.why_not = ordeal.why_not();
  }
  void Take(std::size_t place, const Ordeal& ordeal, std::size_t point,
            const Verdict& verdict) {
    const std::lock_guard lock(mutex_);
    Line& line = LineOf(place, ordeal);
    ++line.tried;
    line.happened += verdict.happened ? 1 : 0;
    line.asked += verdict.asked > 0 ? 1 : 0;
    if (verdict.wrong.empty()) return;
    ++line.wrong;
    std::cerr << "crash: " << ordeal.engine() << ", " << ordeal.what()
              << ", point " << point << ": " << verdict.wrong << std::endl;
  }
  std::string Text() const {
    std::string text =
        "| engine | what goes wrong | points | tried | came that far | "
        "operator asked | wrong |\n|---|---|--:|--:|--:|--:|--:|\n";
    for (const auto& [key, line] : lines_) {
      if (!line.why_not.empty()) {
        text += Cat("| ", key.second, " | not tried: ", line.why_not, " |\n");
        continue;
      }
      text +=
          Cat("| ", key.second, " | ", line.points, " | ", line.tried, " | ",
              line.happened, " | ", line.asked, " | ", line.wrong, " |\n");
    }
    return text;
  }
  std::size_t wrong() const {
    std::size_t sum = 0;
    for (const auto& [key, line] : lines_) sum += line.wrong;
    return sum;
  }

 private:
  Line& LineOf(std::size_t place, const Ordeal& ordeal) {
    return lines_[{place, Cat(ordeal.engine(), " | ", ordeal.what())}];
  }

  std::mutex mutex_;
  std::map<std::pair<std::size_t, std::string>, Line> lines_;
};

// 0 is SQLite.
std::vector<int> Engines(const Options& options) {
  std::vector<int> engines;
  if (GODWIT_HAS_SQLITE) engines.push_back(0);
  for (const int version : godwit::test::Cluster::Versions()) {
    if (godwit::test::Cluster::Missing(version).empty())
      engines.push_back(version);
  }
  if (options.engine.empty()) return engines;
  const int one =
      options.engine == "sqlite" ? 0 : std::atoi(options.engine.c_str());
  std::erase_if(engines, [&](int engine) { return engine != one; });
  return engines;
}

std::vector<std::unique_ptr<Ordeal>> OrdealsOf(int engine) {
#if GODWIT_HAS_SQLITE
  if (engine == 0) return godwit::test::SqliteOrdeals();
#endif
#if GODWIT_HAS_POSTGRESQL
  if (engine != 0) return godwit::test::PostgresOrdeals(engine);
#endif
  return {};
}

// Each job has its own server, and takes each point that is next.
void TryAll(int engine, std::size_t place, const Options& options,
            std::map<std::size_t, std::atomic<std::size_t>>& next,
            Journal& journal, Table& table) {
  const auto ordeals = OrdealsOf(engine);
  for (std::size_t i = 0; i < ordeals.size(); ++i) {
    Ordeal& ordeal = *ordeals[i];
    if (ordeal.what().find(options.only) == std::string::npos) continue;
    table.Open(place + i, ordeal);
    while (true) {
      const std::size_t point = options.from + options.every * next.at(i)++;
      if (point > ordeal.points()) break;
      if (const Verdict* known = journal.Find(ordeal, point)) {
        table.Take(place + i, ordeal, point, *known);
        continue;
      }
      Verdict verdict;
      try {
        verdict = ordeal.Run(point);
      } catch (const std::exception& error) {
        verdict.wrong = error.what();
      }
      table.Take(place + i, ordeal, point, verdict);
      journal.Add(ordeal, point, verdict);
    }
  }
}

void WritePage(const std::string& path, const std::string& table) {
  constexpr std::string_view kBegin = "<!-- crash: begin -->\n";
  constexpr std::string_view kEnd = "<!-- crash: end -->";
  std::string page = godwit::test::ReadFile(path);
  const std::size_t begin = page.find(kBegin) + kBegin.size();
  const std::size_t end = page.find(kEnd);
  if (end == std::string::npos || begin > end)
    throw std::runtime_error(Cat(path, " has no marks for the table"));
  page.replace(begin, end - begin, table);
  godwit::test::WriteFile(path, page);
}

Options Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string flag = argv[i];
    const std::string value = argv[i + 1];
    if (flag == "--every") options.every = std::stoul(value);
    if (flag == "--from") options.from = std::stoul(value);
    if (flag == "--jobs") options.jobs = std::stoi(value);
    if (flag == "--engine") options.engine = value;
    if (flag == "--only") options.only = value;
    if (flag == "--page") options.page = value;
    if (flag == "--journal") options.journal = value;
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) try {
  const Options options = Parse(argc, argv);
  Journal journal(options.journal);
  Table table;
  std::size_t place = 0;
  for (const int engine : Engines(options)) {
    std::map<std::size_t, std::atomic<std::size_t>> next;
    for (std::size_t i = 0; i < 100; ++i) next[i] = 0;
    std::vector<std::thread> jobs;
    for (int i = 0; i < options.jobs; ++i) {
      jobs.emplace_back(
          [&] { TryAll(engine, place, options, next, journal, table); });
    }
    for (std::thread& job : jobs) job.join();
    place += 100;
  }
  std::cout << table.Text();
  if (!options.page.empty()) WritePage(options.page, table.Text());
  return table.wrong() == 0 ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "crash: error: " << error.what() << "\n";
  return 1;
}
