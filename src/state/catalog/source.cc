// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/source.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "engine/database.h"
#include "engine/dsn.h"
#include "engine/schema_engine.h"
#include "migrate/environment.h"
#include "migrate/runner.h"
#include "state/catalog/renames.h"
#include "state/schema_files.h"

namespace godwit::state {

namespace {

using schema::Catalog;
using schema::Rename;

constexpr std::string_view kFilePrefix = "file://";

// A file may leave the schema out; the catalog knows it. A plain name that two
// schemas have is public's.
void FindParent(Rename& rename, const Catalog& catalog) {
  if (!rename.parent.schema.empty()) return;
  std::vector<schema::Name> found;
  const auto take = [&](const schema::Name& name) {
    if (name.name == rename.parent.name) found.push_back(name);
  };
  for (const schema::Table& table : catalog.tables) {
    if (rename.kind != Rename::Kind::kIndex) take(table.name);
    for (const schema::Index& index : table.indexes) {
      if (rename.kind == Rename::Kind::kIndex)
        take({table.name.schema, index.name});
    }
  }
  const auto open = std::ranges::find(found, "public", &schema::Name::schema);
  if (open != found.end()) {
    rename.parent = *open;
  } else if (!found.empty()) {
    rename.parent = found.front();
  }
}

std::vector<SchemaFile> FilesOf(const SchemaSource& source) {
  const std::string paths[] = {source.text};
  std::vector<SchemaFile> files = ReadSchemaFiles(paths);
  if (files.empty()) {
    throw Error(ErrorCode::kUsage,
                Cat("there is no .sql file in ", source.text),
                "'empty' is the schema without anything");
  }
  for (const SchemaFile& file : files) {
    if (file.path.ends_with(".hcl"))
      throw Error(ErrorCode::kUnsupported,
                  Cat(file.path, " is HCL, which is not read yet"));
  }
  return files;
}

// What a scratch server lacks is no mistake of the file.
[[noreturn]] void ThrowLoadError(const Error& error) {
  ErrorInfo info = error.info();
  if (info.sqlstate == "0A000" &&
      info.message.find("extension \"") != std::string::npos) {
    info.code = ErrorCode::kUnsupported;
    info.help =
        "name a server that has the extension with --dev, or install it where "
        "the scratch server is";
  }
  throw Error(std::move(info));
}

void ReadFiles(const SchemaSource& source, DevServer& dev, ReadSchema& read) {
  const std::vector<SchemaFile> files = FilesOf(source);
  const sql::Lexicon& lexicon = engine::DialectFor(dev.engine()).lexicon();
  DevDatabase database = dev.NewDatabase();
  try {
    LoadSchema(files, lexicon,
               [&](std::string_view statement) { database.Run(statement); });
  } catch (const Error& error) {
    ThrowLoadError(error);
  }
  database.FinishLoading();
  read.catalog =
      engine::SchemaEngineOf(dev.engine()).Inspect(database.connection());
  for (const SchemaFile& file : files) {
    const sql::DocumentView document{file.text, file.path};
    for (Rename& rename : ReadRenames(document, lexicon)) {
      FindParent(rename, read.catalog);
      read.renames.push_back(std::move(rename));
    }
  }
}

void ReadMigrations(const migrate::Source& migrations, DevServer& dev,
                    ReadSchema& read) {
  DevDatabase database = dev.NewDatabase();
  {
    migrate::Runner runner(database.connection(), &migrations, {},
                           migrate::ProcessEnvironment());
    runner.RunUntracked({.kind = migrate::Wish::Kind::kUp});
  }
  database.FinishLoading();
  read.catalog =
      engine::SchemaEngineOf(dev.engine()).Inspect(database.connection());
}

void ReadDatabase(const SchemaSource& source, DevServer& dev,
                  ReadSchema& read) {
  // For those who only look, a missing file is an empty database.
  if (engine::NamesMissingFile(source.text)) return;
  ConnectOptions options;
  options.mode = OpenMode::kReadOnly;
  read.live.emplace(Connection::Open(source.text, options));
  if (read.live->engine() != dev.engine())
    throw Error(ErrorCode::kUsage, "the two schemas are of different engines");
  dev.set_version(engine::Open(*read.live)->major_version());
  read.catalog = engine::SchemaEngineOf(dev.engine()).Inspect(*read.live);
}

}  // namespace

SchemaSource ParseSchemaSource(std::string_view text) {
  using Kind = SchemaSource::Kind;
  if (text == "empty") return {Kind::kEmpty, {}};
  if (text == "migrations") return {Kind::kMigrations, {}};
  if (text.starts_with(kFilePrefix))
    return {Kind::kFiles, std::string(text.substr(kFilePrefix.size()))};
  // A plain path of a file that is no database is most often meant as one.
  const std::string path(text);
  std::error_code error;
  if (std::filesystem::is_directory(path, error) || text.ends_with(".sql") ||
      text.ends_with(".hcl"))
    return {Kind::kFiles, path};
  engine::LexiconOfDsn(text);
  return {Kind::kDatabase, path};
}

ReadSchema ReadSchemaFrom(const SchemaSource& source, DevServer& dev,
                          const migrate::Source* migrations) {
  ReadSchema read;
  switch (source.kind) {
    case SchemaSource::Kind::kEmpty:
      break;
    case SchemaSource::Kind::kFiles:
      ReadFiles(source, dev, read);
      break;
    case SchemaSource::Kind::kMigrations:
      if (!migrations)
        throw Error(ErrorCode::kUsage, "no folder of migrations is named");
      ReadMigrations(*migrations, dev, read);
      break;
    case SchemaSource::Kind::kDatabase:
      ReadDatabase(source, dev, read);
      break;
  }
  return read;
}

}  // namespace godwit::state
