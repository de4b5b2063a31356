// SPDX-License-Identifier: Apache-2.0
#include "migrate/source.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "godwit/error.h"
#include "migrate/assembly.h"
#include "migrate/filename.h"

namespace godwit::migrate {

namespace {
const Format& Choose(std::optional<FormatKind> format,
                     std::vector<Candidate>& candidates,
                     const ReadBytes& read) {
  return format ? FindFormat(*format) : DetectFormat(candidates, read);
}
}  // namespace

Source Source::ReadFolder(const std::string& path,
                          std::optional<FormatKind> format) {
  const std::optional<Folder> folder = Folder::Open(path);
  if (!folder) {
    throw Error(ErrorCode::kNoMigrations, Cat("there is no folder ", path),
                "name the folder of the migrations with --dir");
  }
  Source source;
  source.folder_ = path;
  const ReadBytes read = [&](const Candidate& file) -> std::string_view {
    return source.owned_.emplace_back(folder->Read(file.name));
  };
  std::vector<Candidate> candidates;
  for (const Folder::Entry& entry : folder->List()) {
    candidates.push_back({.name = entry.name,
                          .path = folder->PathOf(entry.name),
                          .is_folder = entry.is_folder});
  }
  source.format_ = &Choose(format, candidates, read);
  source.migrations_ =
      Assemble(*source.format_, candidates, read, OtherNames::kIgnore);
  if (source.migrations_.empty()) {
    throw Error(ErrorCode::kNoMigrations,
                Cat("the folder ", path, " holds no migrations"),
                Cat("a file is named ", source.format_->expected_name,
                    "; is this the right folder?"));
  }
  return source;
}

Source Source::FromEmbedded(const Migrations& migrations,
                            std::optional<FormatKind> format) {
  if (!format && !migrations.format.empty()) {
    const Format* found = FindFormat(migrations.format);
    if (!found)
      throw Error(ErrorCode::kUsage,
                  Cat("there is no format '", migrations.format, "'"));
    format = found->kind;
  }
  std::vector<Candidate> candidates;
  for (const EmbeddedMigration& file : migrations.files) {
    candidates.push_back({.name = std::string(BaseName(file.name)),
                          .path = std::string(file.name),
                          .checksum = std::string(file.checksum),
                          .bytes = file.bytes});
  }
  Source source;
  source.format_ = &Choose(format, candidates, {});
  source.migrations_ =
      Assemble(*source.format_, candidates, {}, OtherNames::kIgnore);
  return source;
}

Source Source::ReadFiles(std::span<const std::string> paths,
                         std::optional<FormatKind> format) {
  Source source;
  std::vector<Candidate> candidates;
  for (const std::string& path : paths) {
    candidates.push_back({.name = std::string(BaseName(path)),
                          .path = path,
                          .bytes = source.owned_.emplace_back(ReadFile(path))});
  }
  source.format_ = &Choose(format, candidates, {});
  source.migrations_ =
      Assemble(*source.format_, candidates, {}, OtherNames::kRefuse);
  return source;
}

const Migration* Source::Find(Version version) const {
  const auto found =
      std::lower_bound(migrations_.begin(), migrations_.end(), version,
                       [](const Migration& migration, Version wanted) {
                         return migration.version < wanted;
                       });
  return found == migrations_.end() || found->version != version ? nullptr
                                                                 : &*found;
}

}  // namespace godwit::migrate
