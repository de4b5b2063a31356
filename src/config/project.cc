// SPDX-License-Identifier: Apache-2.0
#include "config/project.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <span>

#include "base/file.h"
#include "base/text.h"
#include "config/yaml_error.h"
#include "godwit/error.h"

namespace godwit::config {

namespace {

// Every key that a project file may have. Keys ending in ".*" hold what another
// command reads as it likes.
constexpr std::string_view kKeys[] = {"version",
                                      "engine",
                                      "url",
                                      "environments",
                                      "migrate.dir",
                                      "migrate.modules",
                                      "migrate.stride",
                                      "migrate.format",
                                      "migrate.tracker",
                                      "migrate.tracker_kind",
                                      "migrate.out_of_order",
                                      "migrate.on_drift",
                                      "migrate.on_missing",
                                      "migrate.lock_wait",
                                      "migrate.lock_timeout",
                                      "migrate.role",
                                      "migrate.version_map",
                                      "migrate.adopt.from",
                                      "migrate.adopt.tracker",
                                      "schema.source",
                                      "schema.pre",
                                      "schema.post",
                                      "schema.snapshot",
                                      "schema.dev",
                                      "schema.vars",
                                      "generate.*"};

// Those whose value may be a list or a mapping, which others read.
constexpr std::string_view kOpaque[] = {"migrate.modules", "generate"};
// Those that take one value or a list of them.
constexpr std::string_view kLists[] = {"schema.source", "schema.pre",
                                       "schema.post"};
constexpr std::string_view kVariables = "schema.vars";

bool Contains(std::span<const std::string_view> keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string_view LastPart(std::string_view key) {
  return key.substr(key.rfind('.') + 1);
}

class Reader {
 public:
  Reader(const std::string& path, bool in_environment)
      : path_(path), in_environment_(in_environment) {}

  void Read(const YAML::Node& node, const std::string& prefix,
            Settings& settings) {
    for (const auto& entry : node) {
      const std::string key = prefix + entry.first.as<std::string>();
      if (!seen_.insert({&settings, key}).second)
        FailAt(path_, entry.first.Mark(),
               Cat("the key '", key, "' stands twice"));
      if (key == "environments" && !in_environment_) continue;
      if (Contains(kOpaque, key)) {
        settings[key] = {
            entry.second.IsScalar() ? entry.second.as<std::string>() : "",
            entry.first.Mark().line + 1};
      } else if (Contains(kLists, key)) {
        settings[key] = ReadList(key, entry.second);
      } else if (key == kVariables) {
        ReadVariables(entry.second, settings);
      } else if (Contains(kKeys, key) && key != "environments") {
        if (!entry.second.IsScalar())
          FailAt(path_, entry.second.Mark(),
                 Cat("'", key, "' takes one value"));
        settings[key] = {entry.second.as<std::string>(),
                         entry.second.Mark().line + 1};
      } else if (IsGroup(key)) {
        if (entry.second.IsNull())
          continue;  // all of its keys are commented out
        if (!entry.second.IsMap())
          FailAt(path_, entry.second.Mark(),
                 Cat("'", key, "' takes keys of its own"));
        Read(entry.second, key + ".", settings);
      } else {
        Unknown(entry.first.Mark(), key);
      }
    }
  }

 private:
  static bool IsGroup(std::string_view key) {
    return std::any_of(
        std::begin(kKeys), std::end(kKeys), [&](std::string_view known) {
          return known.size() > key.size() && known.starts_with(key) &&
                 known[key.size()] == '.';
        });
  }
  Setting ReadList(const std::string& key, const YAML::Node& node) const {
    Setting setting{"", node.Mark().line + 1};
    if (node.IsNull()) return setting;
    if (node.IsScalar()) setting.items = {node.as<std::string>()};
    for (const auto& item : node) {
      if (!node.IsSequence() || !item.IsScalar())
        FailAt(path_, node.Mark(),
               Cat("'", key, "' takes a value or a list of them"));
      setting.items.push_back(item.as<std::string>());
    }
    return setting;
  }
  void ReadVariables(const YAML::Node& node, Settings& settings) {
    if (node.IsNull()) return;
    if (!node.IsMap())
      FailAt(path_, node.Mark(),
             Cat("'", kVariables, "' takes a mapping of names to values"));
    for (const auto& entry : node) {
      const std::string key =
          Cat(kVariables, '.', entry.first.as<std::string>());
      if (!seen_.insert({&settings, key}).second)
        FailAt(path_, entry.first.Mark(),
               Cat("the key '", key, "' stands twice"));
      settings[key] = ReadList(key, entry.second);
    }
  }
  [[noreturn]] void Unknown(const YAML::Mark& mark, const std::string& key) {
    std::vector<std::string_view> known(std::begin(kOpaque), std::end(kOpaque));
    for (std::string_view group : {"migrate", "migrate.adopt", "schema"})
      known.push_back(group);
    for (std::string_view candidate : kKeys) {
      const bool fits = !candidate.ends_with('*') &&
                        !(in_environment_ && candidate == "environments");
      if (fits) known.push_back(candidate);
    }
    std::string_view nearest = Nearest(key, known);
    for (std::string_view candidate : known) {
      if (nearest.empty() && LastPart(candidate) == LastPart(key))
        nearest = candidate;
    }
    FailAt(path_, mark, Cat("unknown key '", key, "'"),
           nearest.empty() ? "" : Cat("did you mean '", nearest, "'?"));
  }

  const std::string& path_;
  const bool in_environment_;
  std::set<std::pair<const Settings*, std::string>> seen_;
};

// - {name: billing, dir: internal/billing/migrations}
Project::Module ReadModule(const YAML::Node& node, const std::string& path) {
  constexpr std::string_view kHelp =
      "a module is written {name: billing, dir: internal/billing/migrations}";
  if (!node.IsMap())
    FailAt(path, node.Mark(), "a module is a mapping of keys to values",
           std::string(kHelp));
  Project::Module module;
  for (const auto& entry : node) {
    const std::string key = entry.first.as<std::string>();
    if (key != "name" && key != "dir")
      FailAt(path, entry.first.Mark(),
             Cat("unknown key '", key, "' of a module"), std::string(kHelp));
    if (!entry.second.IsScalar())
      FailAt(path, entry.second.Mark(), Cat("'", key, "' takes one value"));
    const std::string value = entry.second.as<std::string>();
    if (key == "name")
      module.name = value;
    else
      module.dir = {value, entry.second.Mark().line + 1};
  }
  if (module.name.empty() || module.dir.text.empty())
    FailAt(path, node.Mark(), "a module needs a name and a dir",
           std::string(kHelp));
  return module;
}

void ReadModules(const YAML::Node& root, Project& project) {
  const YAML::Node migrate = root["migrate"];
  if (!migrate || !migrate.IsMap()) return;
  const YAML::Node modules = migrate["modules"];
  if (!modules || modules.IsNull()) return;
  if (!modules.IsSequence())
    FailAt(project.path, modules.Mark(),
           "'migrate.modules' takes a list, in the order of their versions");
  for (const YAML::Node& node : modules)
    project.modules.push_back(ReadModule(node, project.path));
}

void ReadEnvironments(const YAML::Node& environments, Project& project) {
  if (!environments || environments.IsNull()) return;
  if (!environments.IsMap())
    FailAt(project.path, environments.Mark(),
           "'environments' takes a mapping of names");
  for (const auto& entry : environments) {
    const std::string name = entry.first.as<std::string>();
    const auto [place, is_new] = project.environments.try_emplace(name);
    if (!is_new)
      FailAt(project.path, entry.first.Mark(),
             Cat("the environment '", name, "' stands twice"));
    if (entry.second.IsNull()) continue;
    if (!entry.second.IsMap())
      FailAt(project.path, entry.second.Mark(),
             Cat("the environment '", name, "' takes keys of its own"));
    Reader(project.path, true).Read(entry.second, "", place->second);
  }
}

}  // namespace

Project ParseProject(std::string_view text, const std::string& path) {
  Project project;
  project.path = path;
  project.folder = std::filesystem::path(path).parent_path().string();
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    if (root.IsNull()) return project;
    if (!root.IsMap())
      FailAt(path, root.Mark(),
             "a project file is a mapping of keys to values");
    Reader(path, false).Read(root, "", project.settings);
    ReadEnvironments(root["environments"], project);
    ReadModules(root, project);
  } catch (const YAML::Exception& exception) {
    FailAt(path, exception.mark,
           Cat("the project file does not parse: ", exception.msg));
  }
  const auto version = project.settings.find("version");
  if (version != project.settings.end() && version->second.text != "1") {
    throw Error(ErrorCode::kConfig,
                Cat(path, " has version ", version->second.text,
                    "; this godwit reads version 1"));
  }
  return project;
}

Project ReadProject(const std::string& path) {
  return ParseProject(ReadFile(path), path);
}

std::string FindProjectFile(const std::string& folder) {
  std::error_code error;
  std::filesystem::path place = std::filesystem::absolute(folder, error);
  while (!error) {
    const std::filesystem::path file = place / "godwit.yaml";
    if (std::filesystem::exists(file, error))
      return std::filesystem::relative(file, error).string();
    if (place == place.parent_path()) break;
    place = place.parent_path();
  }
  return "";
}

std::string ReplaceVariables(const Setting& setting, const Variables& variables,
                             const std::string& path) {
  std::string out;
  const std::string& text = setting.text;
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "$$") == 0) {
      out += '$';
      at += 2;
      continue;
    }
    const std::size_t close =
        text.compare(at, 2, "${") == 0 ? text.find('}', at) : text.npos;
    if (close == text.npos) {
      out += text[at++];
      continue;
    }
    const std::string inside = text.substr(at + 2, close - at - 2);
    const std::size_t split = inside.find(":-");
    const std::string name = inside.substr(0, split);
    const std::optional<std::string> value = variables(name);
    if (value && !(value->empty() && split != inside.npos)) {
      out += *value;
    } else if (split != inside.npos) {
      out += inside.substr(split + 2);
    } else {
      ErrorInfo info =
          Error(ErrorCode::kConfig, Cat("the variable ", name, " is not set"),
                Cat("set it, or write ${", name, ":-default}"))
              .info();
      info.where = {path, setting.line, 0, {}};
      throw Error(std::move(info));
    }
    at = close + 1;
  }
  return out;
}

}  // namespace godwit::config
