// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>
#include <random>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "engine/database.h"
#include "engine/dsn.h"
#include "query/shape.h"
#include "state/dev_database.h"
#include "state/schema_files.h"
#include "support/cluster.h"

// Hunts for a NULL in a column that is called not null: databases are filled at
// random within their constraints, and every query of the corpus `queries` and
// of this tree runs on them with random parameters. The corpus lies beside this
// repository; without it the tree's own queries are all.

namespace godwit::query {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string name;
  std::vector<std::string> schema;
  std::vector<std::string> queries;
};

std::vector<Case> CasesOf(const std::string& engine) {
  std::vector<Case> cases;
  const std::string own = Cat(GODWIT_SOURCE_DIR "/tests/generated/", engine);
  cases.push_back({own, {own + "/schema.sql"}, {own + "/queries"}});
  const std::string corpus =
      Cat(GODWIT_SOURCE_DIR "/../shared/conformance/queries/", engine);
  if (!fs::exists(corpus)) return cases;
  for (const auto& entry : fs::directory_iterator(corpus)) {
    const std::string folder = entry.path().string();
    const auto either = [&](std::string_view name) {
      const std::string file = Cat(folder, "/", name, ".sql");
      return fs::exists(file) ? file : Cat(folder, "/", name);
    };
    cases.push_back({folder, {either("schema")}, {either("queries")}});
  }
  std::ranges::sort(cases, {}, &Case::name);
  return cases;
}

class Hunt {
 public:
  Hunt(Connection& db, unsigned seed) : db_(db), random_(seed) {}

  void Fill(const std::vector<schema::Relation>& relations);
  // The names of columns in which a NULL was found.
  std::set<std::string> Run(const Shape& shape);
  std::size_t rows() const { return rows_; }

 private:
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  std::string Literal(const std::string& type, int array_dims);
  bool Try(const std::string& sql);

  Connection& db_;
  std::mt19937 random_;
  std::size_t rows_ = 0;
};

// Few values, so that joins find something.
std::string Hunt::Literal(const std::string& type, int array_dims) {
  if (array_dims > 0) return Below(2) == 0 ? "'{}'" : Cat("'{", Below(3), "}'");
  const bool text = type.find("char") != type.npos || type == "text" ||
                    type == "varchar" || type == "bpchar" || type == "name";
  if (text) return Below(3) == 0 ? "''" : Cat("'", Below(3), "'");
  if (type.find("bool") != type.npos) return Below(2) == 0 ? "true" : "false";
  if (type.find("json") != type.npos)
    return Below(2) == 0 ? "'null'" : R"('{"a": null, "b": [1]}')";
  if (type.find("timestamp") != type.npos || type == "date")
    return Below(3) == 0 && type != "date" ? "'infinity'" : "'2026-01-02'";
  if (type == "uuid") return "'550e8400-e29b-41d4-a716-446655440000'";
  if (type.find("range") != type.npos)
    return Below(2) == 0 ? "'empty'" : "'(,)'";
  if (type == "blob" || type == "bytea") return "'\\x00'";
  return Cat(Below(4));
}

// In a savepoint of its own, where the database has one.
bool Hunt::Try(const std::string& sql) {
  try {
    db_.Execute(sql);
    return true;
  } catch (const Error&) {
    if (db_.in_transaction()) db_.Execute("ROLLBACK");
    return false;
  }
}

void Hunt::Fill(const std::vector<schema::Relation>& relations) {
  const engine::Dialect& dialect = engine::DialectFor(db_.engine());
  // Several rounds: what a foreign key refuses at first is let in later.
  for (int round = 0; round < 12; ++round) {
    for (const schema::Relation& relation : relations) {
      if (!relation.definition.empty() || relation.columns.empty()) continue;
      std::string names;
      std::string values;
      for (const schema::RelationColumn& column : relation.columns) {
        if (column.hidden || Below(5) == 0) continue;
        const bool null = !column.not_null && Below(2) == 0;
        names += Cat(names.empty() ? "" : ", ", dialect.Quote(column.name));
        values += Cat(values.empty() ? "" : ", ",
                      null ? "NULL" : Literal(column.type, column.array_dims));
      }
      if (names.empty()) continue;
      const std::string table =
          dialect.Quote(engine::TableName{relation.schema, relation.name});
      rows_ += Try(Cat("INSERT INTO ", table, " (", names, ") VALUES (", values,
                       ")"))
                   ? 1
                   : 0;
    }
  }
}

// A recursion that random parameters keep from ending gives its first rows.
std::string Bounded(const std::string& sql) {
  const std::string lower = AsciiLower(sql);
  const bool reads = lower.starts_with("select") || lower.starts_with("with");
  for (const char* word : {"insert", "update", "delete", "merge"}) {
    if (lower.find(word) != lower.npos) return sql;
  }
  return reads ? Cat("SELECT * FROM (", sql, "\n) bounded LIMIT 100") : sql;
}

std::set<std::string> Hunt::Run(const Shape& shape) {
  const std::string sql = Bounded(shape.sql);
  std::set<std::string> wrong;
  for (int round = 0; round < 6; ++round) {
    std::vector<Value> arguments;
    for (const Shape::Parameter& parameter : shape.parameters) {
      if (parameter.nullable && Below(2) == 0) {
        arguments.emplace_back();
        continue;
      }
      std::string literal = Literal(
          parameter.type, parameter.array_dims + (parameter.slice ? 1 : 0));
      if (literal.starts_with('\''))
        literal = literal.substr(1, literal.size() - 2);
      const std::optional<std::int64_t> number = ParseInt64(literal);
      if (number && shape.sql.find("?1") != std::string::npos)
        arguments.emplace_back(*number);
      else
        arguments.emplace_back(literal);
    }
    try {
      db_.Execute("BEGIN");
      const Result rows = db_.Execute(sql, std::span<const Value>(arguments));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < shape.columns.size(); ++j) {
          if (!shape.columns[j].nullable && rows.at(i, j).is_null())
            wrong.insert(shape.columns[j].name);
        }
      }
    } catch (const Error&) {
      // A value that a cast or a constraint refuses says nothing.
    }
    if (db_.in_transaction()) Try("ROLLBACK");
  }
  return wrong;
}

struct Score {
  std::size_t queries = 0;
  std::size_t not_null = 0;
  std::size_t rows = 0;
  std::vector<std::string> wrong;
};

void HuntIn(const Case& c, const std::string& engine, const std::string& where,
            Score& score) {
  const sql::Lexicon& lexicon = engine::LexiconOf(engine);
  state::DevDatabase dev =
      state::DevDatabase::Make(engine::KindOf(engine), where);
  const auto queries = engine::OpenQueryEngine(dev.connection());
  std::vector<QueryFile> files;
  for (const std::string& path : state::ListFiles(c.queries))
    files.push_back({path, ReadFile(path)});
  try {
    state::LoadSchema(
        state::ReadSchemaFiles(c.schema), lexicon,
        [&](std::string_view statement) { queries->Load(statement); });
  } catch (const Error&) {
    return;  // a case of a schema that does not load
  }
  queries->FinishLoading();
  const Analyzed analyzed = AnalyzeFiles(files, lexicon, *queries);
  Hunt hunt(dev.connection(), 20261121);
  const auto ask = [&] {
    for (const Shape& shape : analyzed.shapes) {
      for (const std::string& column : hunt.Run(shape))
        score.wrong.push_back(Cat(c.name, " ", shape.name, ": ", column));
    }
  };
  ask();  // of empty tables
  hunt.Fill(queries->Relations({}));
  ask();
  score.rows += hunt.rows();
  score.queries += analyzed.shapes.size();
  for (const Shape& shape : analyzed.shapes)
    score.not_null += static_cast<std::size_t>(
        std::ranges::count(shape.columns, false, &Shape::Column::nullable));
}

void HuntEverywhere(const std::string& engine, const std::string& where) {
  Score score;
  for (const Case& c : CasesOf(engine)) HuntIn(c, engine, where, score);
  EXPECT_THAT(score.wrong, ::testing::IsEmpty());
  EXPECT_GT(score.not_null, 0U);
  std::cout << engine << ": " << score.queries << " queries, " << score.not_null
            << " columns that are called not null, " << score.rows
            << " random rows\n";
}

TEST(Nullability, NoNullIsFoundOnSqlite) {
#if !GODWIT_HAS_SQLITE
  GTEST_SKIP() << "this build has no SQLite";
#endif
  HuntEverywhere("sqlite", "");
}

TEST(Nullability, NoNullIsFoundOnPostgresql) {
#if !GODWIT_HAS_POSTGRESQL
  GTEST_SKIP() << "this build has no PostgreSQL";
#endif
  if (test::Cluster::All().empty()) GTEST_SKIP() << "no server is installed";
  HuntEverywhere("postgresql", test::Cluster::Newest().Dsn());
}

}  // namespace
}  // namespace godwit::query
