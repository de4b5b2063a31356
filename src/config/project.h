// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace godwit::config {

// A value of the project file: its text, with ${NAME} not replaced yet, and its
// line for messages.
struct Setting {
  std::string text;
  int line = 0;
  // Of a key that takes one value or a list of them: all of its values.
  std::vector<std::string> items = {};
};

// The settings of one level (the file, or one of its environments), by their
// dotted key: "url", "migrate.dir", "migrate.tracker", "schema.vars.tenant".
using Settings = std::map<std::string, Setting, std::less<>>;

// A godwit.yaml, read. Unknown keys are an error; what a key's value means is
// for the command that uses it.
struct Project {
  std::string path;    // of the file; empty: there is none
  std::string folder;  // relative paths in it are from here
  Settings settings;
  std::map<std::string, Settings, std::less<>> environments;
  // migrate.modules, in their order. The folders are as written.
  struct Module {
    std::string name;
    Setting dir;
  };
  std::vector<Module> modules;
};

// Reads a project file. Throws Error(kConfig) with file and line: YAML that
// does not parse, a key that is unknown (with the nearest known one) or twice,
// a list where a value belongs.
Project ReadProject(const std::string& path);
Project ParseProject(std::string_view text, const std::string& path);

// The nearest godwit.yaml in this folder or a parent of it; empty: none.
std::string FindProjectFile(const std::string& folder);

// Replaces ${NAME} and ${NAME:-default}. Throws Error(kConfig) for a name that
// is not set and has no default. `$$` is a dollar.
using Variables =
    std::function<std::optional<std::string>(const std::string& name)>;
std::string ReplaceVariables(const Setting& setting, const Variables& variables,
                             const std::string& path);

}  // namespace godwit::config
