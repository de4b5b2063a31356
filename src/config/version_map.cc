// SPDX-License-Identifier: Apache-2.0
#include "config/version_map.h"

#include <yaml-cpp/yaml.h>

#include "base/file.h"
#include "base/text.h"
#include "config/yaml_error.h"
#include "godwit/error.h"

namespace godwit::config {

namespace {

[[noreturn]] void Fail(const std::string& path, const YAML::Mark& mark,
                       std::string message) {
  FailAt(path, mark, std::move(message),
         "a line is \"VERSION\": NUMBER, or \"VERSION\": ~");
}

std::optional<std::int64_t> ReadNumber(const YAML::Node& node,
                                       const std::string& key,
                                       const std::string& path) {
  if (node.IsNull()) return std::nullopt;
  const auto number =
      node.IsScalar() ? ParseInt64(node.as<std::string>()) : std::nullopt;
  if (!number || *number < 0)
    Fail(path, node.Mark(), Cat("the number of '", key, "' is no version"));
  return number;
}

}  // namespace

migrate::VersionMap ParseVersionMap(std::string_view text,
                                    const std::string& path) {
  migrate::VersionMap map;
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    if (!root.IsMap())
      Fail(path, root.Mark(), "a map of versions is a mapping to numbers");
    for (const auto& entry : root) {
      const std::string key = entry.first.as<std::string>();
      const auto number = ReadNumber(entry.second, key, path);
      if (!map.emplace(key, number).second)
        Fail(path, entry.first.Mark(), Cat("'", key, "' stands twice"));
    }
  } catch (const YAML::Exception& exception) {
    Fail(path, exception.mark, Cat("the map does not parse: ", exception.msg));
  }
  return map;
}

migrate::VersionMap ReadVersionMap(const std::string& path) {
  return ParseVersionMap(ReadFile(path), path);
}

}  // namespace godwit::config
