// SPDX-License-Identifier: Apache-2.0
#include "migrate/source.h"

#include <algorithm>

#include "base/file.h"
#include "base/sha256.h"
#include "base/text.h"
#include "godwit/error.h"
#include "migrate/assembly.h"
#include "migrate/filename.h"

namespace godwit::migrate {

namespace {
const Format& Choose(std::optional<FormatKind> format,
                     std::vector<Candidate>& candidates, const ReadBytes& read,
                     std::optional<FormatKind> untold = {}) {
  return format ? FindFormat(*format) : DetectFormat(candidates, read, untold);
}
std::vector<Source::Script> ScriptsOf(
    std::span<const EmbeddedMigration> files) {
  std::vector<Source::Script> scripts;
  for (const EmbeddedMigration& file : files)
    scripts.push_back({std::string(file.name), std::string(file.bytes)});
  return scripts;
}

}  // namespace

Source Source::ReadFolderIfAny(const std::string& path,
                               std::optional<FormatKind> format,
                               std::optional<FormatKind> untold,
                               const VersionMap& versions) {
  const std::optional<Folder> folder = Folder::Open(path);
  if (!folder) {
    throw Error(ErrorCode::kNoMigrations, Cat("there is no folder ", path),
                "name the folder of the migrations with --dir");
  }
  Source source;
  source.folder_ = path;
  const ReadBytes read = [&](const Candidate& file) -> std::string_view {
    return source.owned_.emplace_back(folder->Read(file.name, file.is_regular));
  };
  std::vector<Candidate> candidates;
  std::vector<Folder::Entry> entries = folder->List();
  candidates.reserve(entries.size());
  for (Folder::Entry& entry : entries) {
    Candidate& candidate = candidates.emplace_back();
    candidate.path = folder->PathOf(entry.name);
    candidate.name = std::move(entry.name);
    candidate.is_folder = entry.is_folder;
    candidate.is_regular = entry.is_regular;
  }
  source.format_ = &Choose(format, candidates, read, untold);
  source.migrations_ = Assemble(*source.format_, candidates, read,
                                OtherNames::kIgnore, versions);
  return source;
}

Source Source::ReadFolder(const std::string& path,
                          std::optional<FormatKind> format,
                          std::optional<FormatKind> untold,
                          const VersionMap& versions) {
  Source source = ReadFolderIfAny(path, format, untold, versions);
  if (source.migrations_.empty()) {
    throw Error(ErrorCode::kNoMigrations,
                Cat("the folder ", path, " holds no migrations"),
                Cat("a file is named ", source.format_->expected_name,
                    "; is this the right folder?"));
  }
  return source;
}

Source Source::FromEmbedded(const Migrations& migrations,
                            std::optional<FormatKind> format,
                            std::optional<FormatKind> untold,
                            const VersionMap& versions) {
  if (!migrations.modules.empty()) {
    Source source = FromEmbeddedModules(migrations, format, versions);
    source.SetScripts(ScriptsOf(migrations.pre), ScriptsOf(migrations.post));
    return source;
  }
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
  source.format_ = &Choose(format, candidates, {}, untold);
  source.migrations_ =
      Assemble(*source.format_, candidates, {}, OtherNames::kIgnore, versions);
  source.SetScripts(ScriptsOf(migrations.pre), ScriptsOf(migrations.post));
  return source;
}

std::vector<Migration> Source::MakeScripts(std::vector<Script> scripts,
                                           std::string_view when) {
  std::vector<Migration> made;
  for (Script& script : scripts) {
    Migration& next = made.emplace_back();
    next.name = BaseName(script.path);
    next.script = when;
    next.format = &FindFormat(FormatKind::kPlain);
    next.checksum = Sha256Hex(script.text);
    next.up = SourceFile{std::move(script.path),
                         owned_.emplace_back(std::move(script.text))};
  }
  return made;
}

void Source::SetScripts(std::vector<Script> pre, std::vector<Script> post) {
  pre_ = MakeScripts(std::move(pre), "pre");
  post_ = MakeScripts(std::move(post), "post");
}

Source Source::FromEmbeddedModules(const Migrations& migrations,
                                   std::optional<FormatKind> format,
                                   const VersionMap& versions) {
  std::vector<std::string> names;
  for (const Module& module : migrations.modules)
    names.emplace_back(module.name);
  Source source;
  source.modules_ = PlaceModules(names, migrations.stride);
  for (std::size_t i = 0; i < migrations.modules.size(); ++i) {
    const Module& module = migrations.modules[i];
    Source part =
        FromEmbedded({module.files, module.format}, format, {}, versions);
    for (Migration& migration : part.migrations_) {
      for (auto* file : {&migration.up, &migration.down}) {
        if (*file) (*file)->path = Cat(module.name, '/', (*file)->path);
      }
    }
    source.Append(i, std::move(part));
  }
  return source;
}

Source Source::ReadModules(std::span<const ModuleFolder> modules,
                           std::optional<FormatKind> format, Version stride,
                           const VersionMap& versions) {
  std::vector<std::string> names;
  for (const ModuleFolder& module : modules) names.push_back(module.name);
  Source source;
  source.modules_ = PlaceModules(names, stride);
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const std::string& folder = modules[i].folder;
    if (!Folder::Open(folder))
      throw Error(
          ErrorCode::kNoMigrations,
          Cat("module ", names[i], ": there is no folder ", folder),
          "make the folder, or correct its path in the list of modules");
    source.Append(i, ReadFolderIfAny(folder, format, {}, versions));
  }
  if (source.migrations_.empty())
    throw Error(ErrorCode::kNoMigrations, "no module holds a migration",
                "are these the right folders?");
  return source;
}

void Source::Append(std::size_t index, Source module) {
  if (!format_ || migrations_.empty()) format_ = module.format_;
  AssignVersions(modules_, index, module.migrations_);
  migrations_.insert(migrations_.end(), module.migrations_.begin(),
                     module.migrations_.end());
  parts_.push_back(std::move(module));
}

Source Source::ReadFiles(std::span<const std::string> paths,
                         std::optional<FormatKind> format,
                         const VersionMap& versions) {
  Source source;
  std::vector<Candidate> candidates;
  for (const std::string& path : paths) {
    candidates.push_back({.name = std::string(BaseName(path)),
                          .path = path,
                          .bytes = source.owned_.emplace_back(ReadFile(path))});
  }
  source.format_ = &Choose(format, candidates, {});
  source.migrations_ =
      Assemble(*source.format_, candidates, {}, OtherNames::kRefuse, versions);
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
