// SPDX-License-Identifier: Apache-2.0
#include "cli/schema_sources.h"

#include <filesystem>

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

namespace {

std::vector<state::VariableValue> VariablesOf(const ProjectSettings& settings) {
  std::vector<state::VariableValue> variables;
  for (const auto& [name, values] : settings.Variables())
    variables.push_back({name, values});
  return variables;
}

}  // namespace

SchemaSources::SchemaSources(const command::Call& call,
                             std::span<const std::string> sources)
    : flags_(WithoutSource(call.flags)), settings_(flags_) {
  for (const std::string& source : sources) sources_.push_back(Parse(source));
  const std::string dsn = DsnAmong(sources_);
  dev_.emplace(dsn.empty() ? settings_.Engine() : engine::KindOfDsn(dsn),
               settings_.Dev());
}

SchemaSource SchemaSources::Parse(const std::string& text) const {
  if (text != kProjectSchema) return state::ParseSchemaSource(text);
  return {.kind = SchemaSource::Kind::kFiles,
          .paths = settings_.SchemaSource()};
}

const migrate::Source& SchemaSources::Migrations() {
  if (migrations_) return *migrations_;
  try {
    migrations_.emplace(settings_.ReadSource(std::nullopt));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kNoMigrations) throw;
    for (const auto& module : settings_.ModuleFolders()) {
      if (!std::filesystem::is_directory(module.folder)) throw;
    }
    migrations_.emplace(migrate::Source::FromEmbedded({}));
  }
  return *migrations_;
}

state::SchemaContext SchemaSources::Context(bool with_migrations) {
  return {.dev = *dev_,
          .migrations = with_migrations ? &Migrations() : nullptr,
          .pre = settings_.SchemaPre(),
          .post = DsnAmong(sources_).empty() ? std::vector<std::string>()
                                             : settings_.SchemaPost(),
          .variables = VariablesOf(settings_)};
}

state::ReadSchema SchemaSources::Read(std::size_t number) {
  const SchemaSource& source = sources_.at(number);
  return state::ReadSchemaFrom(
      source, Context(source.kind == SchemaSource::Kind::kMigrations));
}

state::ReadSchema SchemaSources::ReadWithoutPost(std::size_t number) {
  const SchemaSource& source = sources_.at(number);
  state::SchemaContext context =
      Context(source.kind == SchemaSource::Kind::kMigrations);
  context.post.clear();
  return state::ReadSchemaFrom(source, context);
}

state::ReadSchema SchemaSources::ReadMigrations(
    const std::set<migrate::Version>& among) {
  state::SchemaContext context = Context(true);
  context.among = among;
  return state::ReadSchemaFrom({.kind = SchemaSource::Kind::kMigrations},
                               context);
}

state::DevDatabase SchemaSources::MakeFromMigrations() {
  return state::MakeFromMigrations(Context(true));
}

}  // namespace godwit::cli
