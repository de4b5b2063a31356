// SPDX-License-Identifier: Apache-2.0
#include "cli/project_settings.h"

#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "config/version_map.h"
#include "engine/dsn.h"
#include "state/schema_files.h"

namespace godwit::cli {

namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string RelativeTo(const std::string& folder, const std::string& path) {
  if (folder.empty() || std::filesystem::path(path).is_absolute()) return path;
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

std::vector<migrate::Source::Script> ReadScripts(
    const std::vector<std::string>& paths) {
  std::vector<migrate::Source::Script> scripts;
  for (const std::string& path : state::ListFiles(paths))
    scripts.push_back({path, ReadFile(path)});
  return scripts;
}

}  // namespace

ProjectSettings::ProjectSettings(const command::Flags& flags) : flags_(flags) {
  const std::string path =
      flags.config.empty() ? config::FindProjectFile(".") : flags.config;
  if (!path.empty()) project_ = config::ReadProject(path);
  if (flags.env.empty()) return;
  const auto found = project_.environments.find(flags.env);
  if (found == project_.environments.end()) {
    throw Error(
        ErrorCode::kConfig,
        Cat("there is no environment '", flags.env, "'",
            path.empty() ? ": there is no project file" : " in " + path));
  }
  environment_ = &found->second;
}

std::string ProjectSettings::Replaced(const config::Setting& setting) const {
  return config::ReplaceVariables(setting, migrate::ProcessEnvironment(),
                                  project_.path);
}

std::string ProjectSettings::FromEnvironmentEntry(std::string_view key) const {
  if (!environment_) return "";
  const auto found = environment_->find(key);
  return found == environment_->end() ? "" : Replaced(found->second);
}

std::string ProjectSettings::FromProject(std::string_view key) const {
  const auto found = project_.settings.find(key);
  return found == project_.settings.end() ? "" : Replaced(found->second);
}

std::string ProjectSettings::Find(const std::string& flag,
                                  std::string_view key) const {
  if (!flag.empty()) return flag;
  const std::string entry = FromEnvironmentEntry(key);
  return entry.empty() ? FromProject(key) : entry;
}

std::string ProjectSettings::Dsn() const {
  if (!flags_.url.empty()) return flags_.url;
  std::string dsn = FromEnvironmentEntry("url");
  if (!dsn.empty()) return engine::DsnFrom(project_.folder, dsn);
  for (const char* name : {"GODWIT_URL", "DATABASE_URL"}) {
    dsn = Variable(name);
    if (!dsn.empty()) return dsn;
  }
  dsn = FromProject("url");
  if (!dsn.empty()) return engine::DsnFrom(project_.folder, dsn);
  throw Error(
      ErrorCode::kUsage, "no database is named",
      "give --url DSN, set GODWIT_URL, or write 'url:' into godwit.yaml");
}

std::string ProjectSettings::Dir() const {
  if (!flags_.dir.empty()) return flags_.dir;
  if (!project_.modules.empty()) {
    throw Error(ErrorCode::kUsage,
                "the migrations are in the folders of several modules",
                "name a module with --module, or one folder with --dir");
  }
  const std::string dir = Find("", "migrate.dir");
  if (dir.empty()) {
    throw Error(
        ErrorCode::kUsage, "no folder of migrations is named",
        "give --dir DIR, or write 'migrate: {dir: …}' into godwit.yaml");
  }
  return RelativeTo(project_.folder, dir);
}

std::string ProjectSettings::GeneratePath() const {
  if (!project_.settings.contains("generate")) return "";
  const std::string named = FromProject("generate");
  return named.empty() ? project_.path : RelativeTo(project_.folder, named);
}

std::optional<migrate::FormatKind> ProjectSettings::Format() const {
  return command::ParseFormat(Find(flags_.format, "migrate.format"));
}

EngineKind ProjectSettings::Engine() const {
  std::string dsn = flags_.url;
  if (dsn.empty() && flags_.engine.empty()) {
    const std::string known[] = {FromEnvironmentEntry("url"),
                                 Variable("GODWIT_URL"),
                                 Variable("DATABASE_URL")};
    for (const std::string& text : known) {
      if (dsn.empty()) dsn = text;
    }
    // An address that needs a variable says its engine without it.
    if (dsn.empty() && Find("", "engine").empty()) dsn = FromProject("url");
  }
  const std::string engine = Find(flags_.engine, "engine");
  if (dsn.empty() && engine.empty()) {
    throw Error(ErrorCode::kUsage,
                "nothing says which database the files are for",
                "give --engine postgresql or --engine sqlite");
  }
  return dsn.empty() ? engine::KindOf(engine) : engine::KindOfDsn(dsn);
}

const sql::Lexicon& ProjectSettings::Lexicon() const {
  return engine::LexiconOf(Name(Engine()));
}

std::string ProjectSettings::Dev() const {
  return Find(flags_.dev, "schema.dev");
}

std::vector<std::string> ProjectSettings::ReplacedItems(
    const config::Setting& setting) const {
  std::vector<std::string> items;
  for (const std::string& item : setting.items)
    items.push_back(Replaced({item, setting.line}));
  return items;
}

std::vector<std::string> ProjectSettings::FindList(std::string_view key) const {
  for (const config::Settings* settings : {environment_, &project_.settings}) {
    if (!settings) continue;
    const auto found = settings->find(key);
    if (found != settings->end()) return ReplacedItems(found->second);
  }
  return {};
}

std::vector<std::string> ProjectSettings::FindPaths(
    std::string_view key) const {
  constexpr std::string_view kFile = "file://";
  std::vector<std::string> paths = FindList(key);
  for (std::string& path : paths) {
    if (path.starts_with(kFile)) path.erase(0, kFile.size());
    path = RelativeTo(project_.folder, path);
  }
  return paths;
}

std::vector<std::string> ProjectSettings::SchemaSource() const {
  std::vector<std::string> paths = FindPaths("schema.source");
  if (paths.empty()) {
    throw Error(ErrorCode::kUsage, "nothing says what the schema is",
                "write 'schema: {source: [db/schema]}' into godwit.yaml");
  }
  return paths;
}

std::vector<std::string> ProjectSettings::SchemaPre() const {
  return FindPaths("schema.pre");
}

std::vector<std::string> ProjectSettings::SchemaPost() const {
  return FindPaths("schema.post");
}

std::string ProjectSettings::Snapshot() const {
  const std::string path = Find("", "schema.snapshot");
  return path.empty() ? path : RelativeTo(project_.folder, path);
}

std::map<std::string, std::vector<std::string>> ProjectSettings::Variables()
    const {
  constexpr std::string_view kPrefix = "schema.vars.";
  std::map<std::string, std::vector<std::string>> variables;
  for (const config::Settings* settings : {&project_.settings, environment_}) {
    if (!settings) continue;
    for (const auto& [key, setting] : *settings) {
      if (key.starts_with(kPrefix))
        variables[key.substr(kPrefix.size())] = ReplacedItems(setting);
    }
  }
  std::set<std::string> given;
  for (const std::string& text : flags_.variables) {
    const std::size_t split = text.find('=');
    if (split == 0 || split == text.npos)
      throw Error(ErrorCode::kUsage, Cat("'", text, "' gives no variable"),
                  "--var is written NAME=VALUE");
    const std::string name = text.substr(0, split);
    if (given.insert(name).second) variables[name].clear();
    variables[name].push_back(text.substr(split + 1));
  }
  return variables;
}

MigrateOptions ProjectSettings::Options() const {
  command::Flags found = flags_;
  const auto find = [&](std::string command::Flags::*field,
                        std::string_view key) {
    found.*field = Find(flags_.*field, key);
  };
  using command::Flags;
  find(&Flags::tracker, "migrate.tracker");
  find(&Flags::tracker_kind, "migrate.tracker_kind");
  find(&Flags::out_of_order, "migrate.out_of_order");
  find(&Flags::on_drift, "migrate.on_drift");
  find(&Flags::on_missing, "migrate.on_missing");
  find(&Flags::lock_wait, "migrate.lock_wait");
  find(&Flags::lock_timeout, "migrate.lock_timeout");
  MigrateOptions options;
  options.role = Find("", "migrate.role");
  options.version_map = Versions();
  const std::string from = Find("", "migrate.adopt.from");
  if (!from.empty())
    options.adopt = Adopt{from, Find("", "migrate.adopt.tracker")};
  return command::ReadOptions(found, std::move(options));
}

std::vector<migrate::Source::ModuleFolder> ProjectSettings::ModuleFolders()
    const {
  std::vector<migrate::Source::ModuleFolder> folders;
  if (!flags_.dir.empty()) return folders;
  for (const config::Project::Module& module : project_.modules)
    folders.push_back(
        {module.name, RelativeTo(project_.folder, Replaced(module.dir))});
  return folders;
}

migrate::Version ProjectSettings::Stride() const {
  const std::string text = Find("", "migrate.stride");
  if (text.empty()) return Settings::Stride();
  const auto stride = ParseInt64(text);
  if (!stride)
    throw Error(ErrorCode::kConfig, Cat("the stride '", text, "' is no number"),
                "it is how many versions a module has: 1000");
  return *stride;
}

migrate::Source ProjectSettings::ReadSource(
    std::optional<migrate::FormatKind> untold) const {
  const auto modules = ModuleFolders();
  migrate::Source source =
      modules.empty()
          ? migrate::Source::ReadFolder(Dir(), Format(), untold, Versions())
          : migrate::Source::ReadModules(modules, Format(), Stride(),
                                         Versions());
  source.SetScripts(ReadScripts(SchemaPre()), ReadScripts(SchemaPost()));
  return source;
}

migrate::VersionMap ProjectSettings::Versions() const {
  if (!flags_.map.empty()) return config::ReadVersionMap(flags_.map);
  const std::string path = Find("", "migrate.version_map");
  if (path.empty()) return {};
  return config::ReadVersionMap(RelativeTo(project_.folder, path));
}

}  // namespace godwit::cli
