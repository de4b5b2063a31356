// SPDX-License-Identifier: Apache-2.0
#include "cli/schema_sources.h"

#include "engine/dsn.h"

namespace godwit::cli {

namespace {

using state::SchemaSource;

// Of the first database among them.
std::string DsnAmong(std::span<const SchemaSource> sources) {
  for (const SchemaSource& source : sources) {
    if (source.kind == SchemaSource::Kind::kDatabase) return source.text;
  }
  return "";
}

command::Flags WithoutSource(command::Flags flags) {
  if (!flags.url.empty() &&
      state::ParseSchemaSource(flags.url).kind != SchemaSource::Kind::kDatabase)
    flags.url.clear();
  return flags;
}

}  // namespace

SchemaSources::SchemaSources(const command::Call& call,
                             std::span<const std::string> sources)
    : flags_(WithoutSource(call.flags)), settings_(flags_) {
  for (const std::string& source : sources)
    sources_.push_back(state::ParseSchemaSource(source));
  const std::string dsn = DsnAmong(sources_);
  dev_.emplace(dsn.empty() ? settings_.Engine() : engine::KindOfDsn(dsn),
               settings_.Dev());
}

state::ReadSchema SchemaSources::Read(std::size_t number) {
  const SchemaSource& source = sources_.at(number);
  if (source.kind != SchemaSource::Kind::kMigrations)
    return state::ReadSchemaFrom(source, *dev_, nullptr);
  const migrate::Source migrations = settings_.ReadSource(std::nullopt);
  return state::ReadSchemaFrom(source, *dev_, &migrations);
}

}  // namespace godwit::cli
