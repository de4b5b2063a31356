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
#include "state/catalog/declared_schema.h"
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

// Files of statements; documents among the paths are read elsewhere.
std::vector<SchemaFile> FilesOf(std::span<const std::string> paths) {
  std::vector<std::string> statements;
  for (const std::string& path : paths) {
    if (!path.ends_with(".hcl")) statements.push_back(path);
  }
  return ReadSchemaFiles(statements);
}

// What a scratch server lacks is no mistake of the file; and what every
// document needs has a place of its own.
[[noreturn]] void ThrowLoadError(const Error& error) {
  constexpr std::string_view kNoFunction = "42883";
  ErrorInfo info = error.info();
  if (info.sqlstate == "0A000" &&
      info.message.find("extension \"") != std::string::npos) {
    info.code = ErrorCode::kUnsupported;
    info.help =
        "name a server that has the extension with --dev, or install it where "
        "the scratch server is";
  } else if (info.sqlstate == kNoFunction && info.help.empty()) {
    info.help =
        "functions and extensions that the schema needs and does not make "
        "belong into a file of their own: 'schema: {pre: db/schema_pre.sql}' "
        "in godwit.yaml";
  }
  throw Error(std::move(info));
}

void Load(std::span<const SchemaFile> files, const sql::Lexicon& lexicon,
          DevDatabase& database) {
  try {
    LoadSchema(files, lexicon,
               [&](std::string_view statement) { database.Run(statement); });
  } catch (const Error& error) {
    ThrowLoadError(error);
  }
  database.FinishLoading();
}

const sql::Lexicon& LexiconOf(const SchemaContext& context) {
  return engine::DialectFor(context.dev.engine()).lexicon();
}

// What needs a thing that is not there yet is for a later time.
void LoadAsFarAsThere(std::span<const std::string> paths,
                      const sql::Lexicon& lexicon, DevDatabase& database) {
  LoadSchema(FilesOf(paths), lexicon, [&](std::string_view statement) {
    try {
      database.Run(statement);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kStatementFailed) throw;
    }
  });
  database.FinishLoading();
}

schema::Catalog InspectAll(DevDatabase& database,
                           const SchemaContext& context) {
  return engine::SchemaEngineOf(context.dev.engine())
      .Inspect(database.connection());
}

// What the source's documents declare; nothing where it has none.
std::optional<DeclaredSchema> ReadDeclared(const SchemaSource& source,
                                           const SchemaContext& context) {
  std::vector<DocumentFile> documents;
  for (const std::string& path : source.paths) {
    for (DocumentFile& file : ReadDocumentFiles(path))
      documents.push_back(std::move(file));
  }
  if (documents.empty()) return std::nullopt;
  return DeclaredSchema(std::move(documents), context.variables,
                        engine::SchemaEngineOf(context.dev.engine()));
}

void ReadFiles(const SchemaSource& source, const SchemaContext& context,
               ReadSchema& read) {
  std::optional<DeclaredSchema> declared = ReadDeclared(source, context);
  const std::vector<SchemaFile> files = FilesOf(source.paths);
  if (files.empty() && !declared) {
    throw Error(
        ErrorCode::kUsage,
        Cat("there is no .sql or .hcl file in ", Join(source.paths, ", ")),
        "'empty' is the schema without anything");
  }
  const sql::Lexicon& lexicon = LexiconOf(context);
  DevDatabase database = context.dev.NewDatabase();
  LoadFiles(context.pre, database);
  if (declared) declared->Execute(database);
  Load(files, lexicon, database);
  if (declared) {
    try {
      declared->ExecuteRest(database);
    } catch (const Error& error) {
      ThrowLoadError(error);
    }
    database.FinishLoading();
  }
  LoadFiles(context.post, database);
  read.catalog = InspectAll(database, context);
  const auto add = [&](Rename rename) {
    FindParent(rename, read.catalog);
    read.renames.push_back(std::move(rename));
  };
  if (declared) std::ranges::for_each(declared->renames(), add);
  for (const SchemaFile& file : files) {
    const sql::DocumentView document{file.text, file.path};
    std::ranges::for_each(ReadRenames(document, lexicon), add);
  }
}

void ReadMigrations(const SchemaContext& context, ReadSchema& read) {
  DevDatabase database = MakeFromMigrations(context);
  if (!context.post.empty())
    LoadAsFarAsThere(context.post, LexiconOf(context), database);
  read.catalog = InspectAll(database, context);
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
  if (text == "empty") return {.kind = Kind::kEmpty};
  if (text == "migrations") return {.kind = Kind::kMigrations};
  if (text.starts_with(kFilePrefix)) {
    return {.kind = Kind::kFiles,
            .paths = {std::string(text.substr(kFilePrefix.size()))}};
  }
  // A plain path of a file that is no database is most often meant as one.
  const std::string path(text);
  std::error_code error;
  if (std::filesystem::is_directory(path, error) || text.ends_with(".sql") ||
      text.ends_with(".hcl"))
    return {.kind = Kind::kFiles, .paths = {path}};
  engine::LexiconOfDsn(text);
  return {.kind = Kind::kDatabase, .text = path};
}

void LoadFiles(std::span<const std::string> paths, DevDatabase& database) {
  if (paths.empty()) return;
  Load(FilesOf(paths),
       engine::DialectFor(database.connection().engine()).lexicon(), database);
}

void LoadPre(std::span<const std::string> paths, Connection& connection) {
  try {
    LoadSchema(
        FilesOf(paths), engine::DialectFor(connection.engine()).lexicon(),
        [&](std::string_view statement) { connection.Execute(statement); });
  } catch (const Error& error) {
    ThrowLoadError(error);
  }
}

DevDatabase MakeFromMigrations(const SchemaContext& context) {
  if (!context.migrations)
    throw Error(ErrorCode::kUsage, "no folder of migrations is named");
  // What is done is done in an untracked run: with the roles that were missing
  // all begins anew.
  std::vector<Error> missing;
  while (true) {
    DevDatabase database = context.dev.NewDatabase();
    for (const Error& error : missing) database.MakeMissing(error);
    LoadFiles(context.pre, database);
    try {
      migrate::Runner runner(database.connection(), context.migrations, {},
                             migrate::ProcessEnvironment());
      runner.RunUntracked(
          {.kind = migrate::Wish::Kind::kUp, .among = context.among});
    } catch (const Error& error) {
      constexpr std::size_t kMost = 100;
      if (missing.size() == kMost || !database.MakeMissing(error)) throw;
      missing.push_back(error);
      continue;
    }
    database.FinishLoading();
    return database;
  }
}

ReadSchema ReadSchemaFrom(const SchemaSource& source,
                          const SchemaContext& context) {
  ReadSchema read;
  switch (source.kind) {
    case SchemaSource::Kind::kEmpty: {
      if (context.pre.empty()) break;
      DevDatabase database = context.dev.NewDatabase();
      LoadFiles(context.pre, database);
      read.catalog = InspectAll(database, context);
      break;
    }
    case SchemaSource::Kind::kFiles:
      ReadFiles(source, context, read);
      break;
    case SchemaSource::Kind::kMigrations:
      ReadMigrations(context, read);
      break;
    case SchemaSource::Kind::kDatabase:
      ReadDatabase(source, context.dev, read);
      break;
  }
  return read;
}

}  // namespace godwit::state
