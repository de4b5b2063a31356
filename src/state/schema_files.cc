// SPDX-License-Identifier: Apache-2.0
#include "state/schema_files.h"

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "migrate/filename.h"
#include "sql/splitter.h"

namespace godwit::state {

namespace {

namespace fs = std::filesystem;

// What begins a migration's way down, in goose's files and those of other
// tools; in any letter case.
constexpr std::string_view kDownMarks[] = {
    "-- +goose down", "-- +migrate down", "-- migrate:down",
    "---- create above / drop below ----"};

bool IsDownMark(std::string_view line) {
  const std::string lower = AsciiLower(line.substr(0, 40));
  return std::ranges::any_of(kDownMarks, [&](std::string_view mark) {
    return lower.starts_with(mark);
  });
}

// The digits that a migration's name begins with, V before them too.
std::optional<std::int64_t> VersionOf(std::string_view name) {
  if (name.starts_with('V') || name.starts_with('v')) name.remove_prefix(1);
  return ParseInt64(name.substr(0, migrate::LeadingDigits(name)));
}

std::vector<std::string> FilesIn(const std::string& path) {
  const std::optional<Folder> folder = Folder::Open(path);
  std::vector<std::string> files;
  for (const Folder::Entry& entry : folder->List()) {
    if (!entry.is_folder && entry.name.ends_with(".sql"))
      files.push_back(folder->PathOf(entry.name));
  }
  return files;
}

// By version where every file has one.
void SortByVersion(std::vector<std::string>& files) {
  const bool versioned =
      std::ranges::all_of(files, [](const std::string& file) {
        return VersionOf(migrate::BaseName(file)).has_value();
      });
  if (!versioned) return;
  std::ranges::stable_sort(files, {}, [](const std::string& file) {
    return *VersionOf(migrate::BaseName(file));
  });
}

}  // namespace

std::string WayUp(std::string_view text) {
  std::string up;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (IsDownMark(line)) break;
    if (!line.starts_with('\\')) up += line;
    if (end < text.size()) up += '\n';
    at = end + 1;
  }
  return up;
}

std::vector<std::string> ListFiles(std::span<const std::string> paths) {
  std::vector<std::string> files;
  std::error_code error;
  for (const std::string& path : paths) {
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    for (std::string& file : FilesIn(path)) files.push_back(std::move(file));
  }
  return files;
}

std::vector<SchemaFile> ReadSchemaFiles(std::span<const std::string> paths) {
  std::vector<SchemaFile> files;
  std::error_code error;
  for (const std::string& path : paths) {
    std::vector<std::string> found = {path};
    if (fs::is_directory(path, error)) {
      found = FilesIn(path);
      SortByVersion(found);
    }
    std::erase_if(found, [](const std::string& file) {
      return file.ends_with(".down.sql");
    });
    for (std::string& file : found) {
      std::string text = WayUp(ReadFile(file));
      files.push_back({std::move(file), std::move(text)});
    }
  }
  return files;
}

void LoadSchema(std::span<const SchemaFile> files, const sql::Lexicon& lexicon,
                const std::function<void(std::string_view)>& run) {
  for (const SchemaFile& file : files) {
    const sql::DocumentView document{file.text, file.path};
    for (const sql::StatementView& statement : sql::Split(document, lexicon)) {
      if ((statement.traits & sql::kCopyFromStdin) != 0) continue;
      try {
        run(statement.text);
      } catch (const Error& error) {
        ErrorInfo info = error.info();
        if (info.code != ErrorCode::kStatementFailed) throw;
        const std::size_t inside = ByteOffset(
            statement.text,
            static_cast<std::size_t>(std::max(info.position, 1) - 1));
        info.code = ErrorCode::kParseError;
        info.message = Cat("the schema does not load: ", info.message);
        info.where = document.PlaceOf(statement.offset + inside);
        throw Error(std::move(info));
      }
    }
  }
}

}  // namespace godwit::state
