// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "entry.h"

// A fuzzer for compilers without one: FUZZ SECONDS SEED [FOLDER…] runs every
// file of the folders, then mutations of them. Equal seeds make equal inputs.
// The input that ends the process is left in the file fuzz-crash.

namespace {

constexpr std::string_view kWords[] = {"-- +goose Up\n",
                                       "-- +goose Down\n",
                                       "-- +goose StatementBegin\n",
                                       "-- +goose StatementEnd\n",
                                       "-- +goose NO TRANSACTION\n",
                                       "-- +goose ENVSUB ON\n",
                                       "-- +goose ENVSUB OFF\n",
                                       "-- migrate:up\n",
                                       "-- migrate:down\n",
                                       "$$",
                                       "$a$",
                                       "'",
                                       "''",
                                       "\"",
                                       "`",
                                       "[",
                                       "]",
                                       "E'",
                                       "\\",
                                       "\\.\n",
                                       "/*",
                                       "*/",
                                       "--",
                                       ";",
                                       "\n",
                                       "\r\n",
                                       "\r",
                                       " ",
                                       "(",
                                       ")",
                                       "BEGIN",
                                       " ATOMIC ",
                                       "END;",
                                       "CASE ",
                                       "CREATE ",
                                       "TRIGGER ",
                                       "FUNCTION ",
                                       "RULE ",
                                       "COPY a FROM stdin;\n",
                                       "${GW_A:-b}",
                                       "$GW_LINES",
                                       "\xEF\xBB\xBF",
                                       "\xC2\xA0",
                                       "SELECT 1",
                                       "set_config",
                                       "DROP TABLE ",
                                       "+goose",
                                       "1_a.up.sql",
                                       "_",
                                       ".go",
                                       ".down.",
                                       "-- name: A :one\n",
                                       "sqlc.arg(",
                                       "sqlc.embed(a)",
                                       "@a",
                                       "?1",
                                       "(",
                                       ")",
                                       ",",
                                       "SELECT ",
                                       " LEFT JOIN a USING (id) ",
                                       "CASE WHEN ",
                                       "WITH RECURSIVE a AS (",
                                       " UNION ALL ",
                                       " IN (SELECT ",
                                       "a = ",
                                       "block \"b\" {\n",
                                       "}\n",
                                       "\"${a}\"",
                                       "%{ if a }",
                                       "%{ endif ~}",
                                       "<<-EOT\n",
                                       "EOT\n",
                                       "[for k, v in a : v]",
                                       "{for v in a : v => v...}",
                                       "a[*].b",
                                       "try(",
                                       "range(9)",
                                       " ? 1 : 2"};

class Mutator {
 public:
  Mutator(std::vector<std::string> seeds, std::uint64_t seed)
      : seeds_(std::move(seeds)), random_(seed) {
    if (seeds_.empty()) seeds_.emplace_back("-- +goose Up\nSELECT 1;\n");
  }

  std::string Next() {
    std::string text = seeds_[Below(seeds_.size())];
    for (std::size_t i = 1 + Below(8); i > 0; --i) Mutate(text);
    text.resize(std::min<std::size_t>(text.size(), 1 << 14));
    return text;
  }

 private:
  std::size_t Below(std::size_t bound) {
    return bound == 0 ? 0 : random_() % bound;
  }

  void Mutate(std::string& text) {
    const std::size_t at = Below(text.size() + 1);
    const std::size_t length = std::min(Below(40), text.size() - at);
    switch (Below(6)) {
      case 0:
        text.insert(at, kWords[Below(std::size(kWords))]);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(Below(text.size() + 1), text.substr(at, length));
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(random_());
        break;
      case 4: {
        const std::string& other = seeds_[Below(seeds_.size())];
        text = text.substr(0, at) + other.substr(Below(other.size() + 1));
        break;
      }
      default:
        text.resize(at);
    }
  }

  std::vector<std::string> seeds_;
  std::mt19937_64 random_;
};

void Run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()),
                         text.size());
}

std::vector<std::string> ReadSeeds(const std::vector<std::string>& folders) {
  std::vector<std::filesystem::path> paths;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.is_regular_file() && (entry.path().extension() == ".sql" ||
                                      entry.path().extension() == ".hcl"))
        paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file),
                       std::istreambuf_iterator<char>());
    seeds.push_back(path.filename().string());
  }
  return seeds;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) {
    std::fprintf(stderr, "usage: %s SECONDS SEED [FOLDER…]\n", argv[0]);
    return 2;
  }
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::seconds(std::atoi(arguments[0].c_str()));
  const std::vector<std::string> seeds =
      ReadSeeds({arguments.begin() + 2, arguments.end()});
  for (const std::string& text : seeds) Run(text);
  Mutator mutator(seeds, std::strtoull(arguments[1].c_str(), nullptr, 10));
  std::size_t runs = 0;
  std::FILE* last = std::fopen("fuzz-crash", "wb");
  for (; std::chrono::steady_clock::now() < end; ++runs) {
    const std::string text = mutator.Next();
    if (last != nullptr) {
      std::rewind(last);
      std::fwrite(text.data(), 1, text.size(), last);
      std::fflush(last);
      if (ftruncate(fileno(last), static_cast<off_t>(text.size())) != 0)
        return 1;
    }
    Run(text);
  }
  if (last != nullptr) std::fclose(last);
  std::filesystem::remove("fuzz-crash");
  std::printf("%zu files, %zu mutations\n", seeds.size(), runs);
}
