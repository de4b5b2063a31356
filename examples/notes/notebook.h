// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <godwit/connection.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "notes/db/migrations.h"

namespace notes {

struct Note {
  std::int64_t id = 0;
  std::string title;
  std::string body;
  std::string tags;  // "garden, ideas"
};

// Notes in one SQLite file, with full-text search.
class Notebook {
 public:
  // Opens the file, made if missing, and brings its schema up to date. Throws
  // godwit::Error; a migration that fails leaves nothing of itself in the file.
  static Notebook Open(const std::string& path,
                       const godwit::Migrations& migrations = db::Migrations());

  std::int64_t Add(std::string_view title, std::string_view body,
                   const std::vector<std::string>& tags = {});
  // False where there is no such note.
  bool Edit(std::int64_t id, std::string_view title, std::string_view body);
  bool Delete(std::int64_t id);

  // The newest first.
  std::vector<Note> List();
  // Notes that hold all the words, the best first.
  std::vector<Note> Search(const std::vector<std::string>& words);

 private:
  explicit Notebook(godwit::Connection connection)
      : connection_(std::move(connection)) {}

  godwit::Connection connection_;
};

}  // namespace notes
