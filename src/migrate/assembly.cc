// SPDX-License-Identifier: Apache-2.0
#include "migrate/assembly.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/text.h"
#include "godwit/error.h"
#include "migrate/formats/detect.h"

namespace godwit::migrate {

namespace {
bool MayBeMigration(std::string_view name) {
  if (name.starts_with('.')) return false;
  const NameVerdict as_pair = FindFormat(FormatKind::kPairs).read_name(name);
  return name.ends_with(".sql") || std::holds_alternative<FileName>(as_pair);
}

std::string_view BytesOf(Candidate& candidate, const ReadBytes& read) {
  if (!candidate.bytes) candidate.bytes = read(candidate);
  return *candidate.bytes;
}

[[noreturn]] void RefuseTwoFormats(const Candidate& a, FormatKind format_a,
                                   const Candidate& b, FormatKind format_b) {
  throw Error(
      ErrorCode::kUsage,
      Cat("files of two formats: ", a.path, " is ", FindFormat(format_a).name,
          ", ", b.path, " is ", FindFormat(format_b).name),
      "say which one with --format, and keep one format in a folder");
}
}  // namespace

const Format& DetectFormat(std::vector<Candidate>& candidates,
                           const ReadBytes& read,
                           std::optional<FormatKind> untold) {
  const Candidate* told = nullptr;
  const Candidate* silent = nullptr;
  FormatKind format = FormatKind::kGoose;
  for (Candidate& candidate : candidates) {
    if (candidate.is_folder || !MayBeMigration(candidate.name)) continue;
    const std::optional<FormatKind> kind =
        DetectFormat(candidate.name, BytesOf(candidate, read));
    if (!kind) {
      silent = &candidate;
      continue;
    }
    if (told != nullptr && *kind != format)
      RefuseTwoFormats(*told, format, candidate, *kind);
    told = &candidate;
    format = *kind;
  }
  if (told == nullptr && untold) return FindFormat(*untold);
  if (told == nullptr && silent != nullptr) {
    throw Error(ErrorCode::kUsage,
                Cat("cannot tell the format of ", silent->path,
                    ": it has no annotations"),
                "say it with --format: goose, pairs, dbmate, flyway or plain");
  }
  return FindFormat(format);
}

namespace {
bool Precedes(const Migration& a, const Migration& b) {
  return a.version != b.version ? a.version < b.version
                                : a.spelling < b.spelling;
}

struct BadFile {
  std::string path;
  std::string reason;
};

// Gives a name's dotted version the map's number. Else why it has none.
std::optional<std::string> GiveNumber(FileName& name,
                                      const VersionMap& versions) {
  if (name.dotted.empty()) return std::nullopt;
  const auto found = versions.find(name.dotted);
  if (found == versions.end()) {
    if (name.dotted.find('.') == std::string::npos) return std::nullopt;
    return Cat("version ", name.dotted, " is no whole number");
  }
  if (!found->second)
    return Cat("the map of versions leaves ", name.dotted, " out");
  name.version = *found->second;
  return std::nullopt;
}

// The numbers of a map must not run the files in another order than Flyway.
void CheckFlywayOrder(const std::vector<Migration>& migrations,
                      const VersionMap& versions) {
  for (std::size_t i = 1; i < migrations.size(); ++i) {
    const Migration& first = migrations[i - 1];
    const Migration& second = migrations[i];
    if (PrecedesDotted(first.spelling, second.spelling)) continue;
    const Migration& unmapped =
        versions.contains(second.spelling) ? first : second;
    ErrorInfo info;
    info.code = ErrorCode::kBadFilename;
    info.message =
        Cat(first.path(), " is version ", first.version, " and ", second.path(),
            " is ", second.version, ": Flyway runs them in the other order");
    info.where.file = second.path();
    info.version = second.version;
    info.help = Cat("the map of versions must give ", unmapped.spelling,
                    " a number, too, and keep Flyway's order");
    throw Error(std::move(info));
  }
}

[[noreturn]] void RefuseNames(const Format& format,
                              const std::vector<BadFile>& bad,
                              const std::vector<std::string>& dotted) {
  std::string message =
      Cat(bad.size() == 1 ? "no name of a " : "no names of ", format.name,
          bad.size() == 1 ? " migration: " : " migrations: ");
  for (const BadFile& file : bad)
    message += Cat(&file == &bad.front() ? "" : "; ", file.path, " (",
                   file.reason, ")");
  ErrorInfo info;
  info.code = ErrorCode::kBadFilename;
  info.message = std::move(message);
  info.where.file = bad.front().path;
  info.help = Cat("a file is named ", format.expected_name,
                  "; rename it, or move it out of the folder");
  if (!dotted.empty())
    info.help = Cat(
        "give each version a number in a YAML file, and name that with --map "
        "FILE or as migrate.version_map in godwit.yaml:",
        ProposeMap(dotted));
  throw Error(std::move(info));
}

[[noreturn]] void RefuseCollision(Version version, const std::string& first,
                                  const std::string& second) {
  ErrorInfo info;
  info.code = ErrorCode::kVersionCollision;
  info.message =
      Cat("two files have version ", version, ": ", first, " and ", second);
  info.where.file = second;
  info.version = version;
  info.help = "give one of them another version";
  throw Error(std::move(info));
}

// The other half of a migration that consists of two files.
void Merge(Migration& into, Migration&& half) {
  if (into.up && half.up)
    RefuseCollision(into.version, into.up->path, half.up->path);
  if (into.down && half.down)
    RefuseCollision(into.version, into.down->path, half.down->path);
  // Name and checksum are those of the up file.
  if (half.up) std::swap(into, half);
  if (half.down) into.down = std::move(half.down);
}

Migration MakeMigration(const Format& format, FileName name, Candidate& file,
                        const ReadBytes& read) {
  const std::string_view bytes = BytesOf(file, read);
  Migration migration;
  migration.format = &format;
  migration.version = name.version;
  migration.spelling = std::move(name.spelling);
  migration.name = std::move(name.title);
  migration.checksum = file.checksum.empty() ? Sha256Hex(bytes) : file.checksum;
  (name.part == Part::kDown ? migration.down : migration.up) =
      SourceFile{std::move(file.path), bytes};
  return migration;
}

std::vector<Migration> Sorted(std::vector<Migration> files,
                              bool spelling_counts) {
  // A folder's names mostly are in order already.
  if (!std::is_sorted(files.begin(), files.end(), Precedes))
    std::stable_sort(files.begin(), files.end(), Precedes);
  const auto is_one = [&](const Migration& a, const Migration& b) {
    return a.version == b.version &&
           (!spelling_counts || a.spelling == b.spelling);
  };
  // And mostly no migration is of two files.
  if (std::adjacent_find(files.begin(), files.end(), is_one) == files.end())
    return files;
  std::vector<Migration> merged;
  merged.reserve(files.size());
  for (Migration& file : files) {
    if (merged.empty() || !is_one(merged.back(), file)) {
      merged.push_back(std::move(file));
    } else {
      Merge(merged.back(), std::move(file));
    }
  }
  return merged;
}
}  // namespace

std::vector<Migration> Assemble(const Format& format,
                                std::vector<Candidate>& candidates,
                                const ReadBytes& read, OtherNames other_names,
                                const VersionMap& versions) {
  std::vector<Migration> files;
  files.reserve(candidates.size());
  std::vector<BadFile> bad;
  std::vector<std::string> dotted;
  bool lacks_number = false;
  for (Candidate& candidate : candidates) {
    NameVerdict verdict = format.read_name(candidate.name);
    if (auto* name = std::get_if<FileName>(&verdict)) {
      const bool is_new =
          std::find(dotted.begin(), dotted.end(), name->dotted) == dotted.end();
      if (!name->dotted.empty() && is_new) dotted.push_back(name->dotted);
      if (const auto reason = GiveNumber(*name, versions)) {
        lacks_number = true;
        if (!candidate.is_folder) bad.push_back({candidate.path, *reason});
        continue;
      }
      files.push_back(MakeMigration(format, std::move(*name), candidate, read));
    } else if (const auto* reason = std::get_if<BadName>(&verdict)) {
      if (!candidate.is_folder) bad.push_back({candidate.path, reason->reason});
    } else if (other_names == OtherNames::kRefuse) {
      bad.push_back({candidate.path, "another kind of file"});
    }
  }
  if (!lacks_number) dotted.clear();
  if (!bad.empty()) RefuseNames(format, bad, dotted);
  // dbmate's versions are texts: 1 and 01 are two.
  std::vector<Migration> migrations =
      Sorted(std::move(files), format.kind == FormatKind::kDbmate);
  if (format.kind == FormatKind::kFlyway && !versions.empty())
    CheckFlywayOrder(migrations, versions);
  return migrations;
}

}  // namespace godwit::migrate
