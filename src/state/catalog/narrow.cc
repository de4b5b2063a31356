// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/narrow.h"

#include <fnmatch.h>

#include <algorithm>

namespace godwit::state {

namespace {

class Filter {
 public:
  explicit Filter(const Narrowing& narrowing) : narrowing_(narrowing) {}

  bool Keeps(const schema::Name& name) const {
    return KeepsSchema(name.schema) && !Excluded(name.name) &&
           !Excluded(name.text());
  }
  bool KeepsSchema(const std::string& name) const {
    return narrowing_.schemas.empty() ||
           std::ranges::count(narrowing_.schemas, name) != 0;
  }
  bool Excluded(const std::string& name) const {
    return std::ranges::any_of(
        narrowing_.excluded, [&](const std::string& pattern) {
          return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
        });
  }
  // Of things whose schema stands in a text: "app.similar(text)".
  bool KeepsText(const std::string& identity) const {
    if (Excluded(identity)) return false;
    return narrowing_.schemas.empty() ||
           std::ranges::any_of(narrowing_.schemas,
                               [&](const std::string& schema) {
                                 return identity.starts_with(schema + ".");
                               });
  }
  template <typename T>
  void Apply(std::vector<T>& objects) const {
    std::erase_if(objects,
                  [&](const T& object) { return !Keeps(object.name); });
  }

 private:
  const Narrowing& narrowing_;
};

}  // namespace

schema::Catalog Narrow(schema::Catalog catalog, const Narrowing& narrowing) {
  if (narrowing.empty()) return catalog;
  const Filter filter(narrowing);
  filter.Apply(catalog.tables);
  filter.Apply(catalog.views);
  filter.Apply(catalog.enums);
  filter.Apply(catalog.domains);
  filter.Apply(catalog.composites);
  filter.Apply(catalog.ranges);
  filter.Apply(catalog.sequences);
  filter.Apply(catalog.routines);
  std::erase_if(catalog.schemas, [&](const schema::Schema& schema) {
    return !filter.KeepsSchema(schema.name) || filter.Excluded(schema.name);
  });
  std::erase_if(catalog.extensions, [&](const schema::Extension& extension) {
    return !filter.KeepsSchema(extension.schema) ||
           filter.Excluded(extension.name);
  });
  std::erase_if(catalog.others, [&](const schema::OtherObject& other) {
    return !filter.KeepsText(other.identity);
  });
  std::erase_if(catalog.default_privileges,
                [&](const schema::DefaultPrivileges& privileges) {
                  return !filter.KeepsSchema(privileges.schema);
                });
  return catalog;
}

}  // namespace godwit::state
