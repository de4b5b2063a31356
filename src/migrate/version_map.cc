// SPDX-License-Identifier: Apache-2.0
#include "migrate/version_map.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::migrate {

namespace {

constexpr std::size_t kShown = 5;

// "1.10" -> "1", "10".
std::vector<std::string_view> Parts(std::string_view version) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t dot = version.find('.');
    parts.push_back(version.substr(0, dot));
    if (dot == version.npos) return parts;
    version.remove_prefix(dot + 1);
  }
}

// How numbers are made of dotted versions: each part but the first has this
// many places.
struct Scheme {
  std::size_t parts = 1;
  Version base = 100;
};

std::optional<Scheme> FindScheme(const std::vector<std::string>& versions) {
  Scheme scheme;
  for (const std::string& version : versions) {
    if (!IsDotted(version)) return std::nullopt;
    const auto parts = Parts(version);
    scheme.parts = std::max(scheme.parts, parts.size());
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const auto part = ParseInt64(parts[i]);
      if (!part || *part > 999'999) return std::nullopt;
      while (*part >= scheme.base) scheme.base *= 10;
    }
  }
  return scheme;
}

std::optional<Version> NumberOf(const std::string& version,
                                const Scheme& scheme) {
  constexpr Version kMost = 1'000'000'000'000'000;
  const auto parts = Parts(version);
  Version number = 0;
  for (std::size_t i = 0; i < scheme.parts; ++i) {
    const auto part = i < parts.size() ? ParseInt64(parts[i]) : Version{0};
    if (!part || *part > kMost || number > kMost / scheme.base)
      return std::nullopt;
    number = number * scheme.base + *part;
  }
  return number;
}

}  // namespace

bool IsDotted(std::string_view version) {
  const auto parts = Parts(version);
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == part.npos;
  });
}

bool PrecedesDotted(std::string_view a, std::string_view b) {
  const auto left = Parts(a);
  const auto right = Parts(b);
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string_view x = i < left.size() ? left[i] : "0";
    const std::string_view y = i < right.size() ? right[i] : "0";
    if (x.size() != y.size()) return x.size() < y.size();
    if (x != y) return x < y;
  }
  return false;
}

std::string ProposeMap(std::vector<std::string> versions) {
  if (std::all_of(versions.begin(), versions.end(), IsDotted))
    std::sort(versions.begin(), versions.end(), PrecedesDotted);
  std::optional<Scheme> scheme = FindScheme(versions);
  for (const std::string& version : versions)
    if (scheme && !NumberOf(version, *scheme)) scheme.reset();
  std::string lines;
  for (std::size_t i = 0; i < std::min(kShown, versions.size()); ++i) {
    const Version number =
        scheme ? *NumberOf(versions[i], *scheme) : static_cast<Version>(i) + 1;
    lines += Cat("\n\"", versions[i], "\": ", number);
  }
  if (versions.size() > kShown) lines += "\n…";
  return lines;
}

}  // namespace godwit::migrate
