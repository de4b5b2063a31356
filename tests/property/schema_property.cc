// SPDX-License-Identifier: Apache-2.0
#include "schema_property.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/text.h"
#include "engine/schema_engine.h"

namespace godwit::property {

namespace {

using schema::Catalog;
using schema::Plan;

[[noreturn]] void Fail(const std::string& what) {
  throw std::runtime_error(what);
}

std::string TextOf(const Plan& plan) {
  std::string text;
  for (const schema::Change& change : plan.changes) {
    for (const std::string& statement : change.sql)
      text += Cat("\n  ", statement, ';');
  }
  return text;
}

// The values of each column by table, sorted; the type goes with the name.
using Values = std::map<std::string, std::vector<std::optional<std::string>>>;

Values ReadValues(Connection& connection, const Catalog& catalog) {
  Values values;
  for (const schema::Table& table : catalog.tables) {
    const std::string count = Cat(table.name.name, '\n');
    values[count].push_back(
        Cat(connection.Execute("SELECT count(*) FROM " + table.name.name)
                .Get<std::int64_t>(0, 0)));
    for (const schema::Column& column : table.columns) {
      if (!column.generated.empty()) continue;
      const Result result = connection.Execute(
          Cat("SELECT CAST(", column.name, " AS text) FROM ", table.name.name));
      auto& found =
          values[Cat(table.name.name, '.', column.name, '\n', column.type)];
      for (std::size_t i = 0; i < result.size(); ++i)
        found.push_back(result.Get<std::optional<std::string>>(i, 0));
      std::ranges::sort(found);
    }
  }
  return values;
}

// NULLs may be filled where NULL may not be any more; nothing else changes.
void CheckValues(const Values& before, const Values& after) {
  for (const auto& [name, old] : before) {
    const auto found = after.find(name);
    if (found == after.end()) continue;
    std::vector<std::optional<std::string>> lost;
    std::ranges::set_difference(old, found->second, std::back_inserter(lost));
    std::erase(lost, std::nullopt);
    if (!lost.empty() || old.size() != found->second.size())
      Fail(Cat("values changed: ", name));
  }
}

class Way {
 public:
  Way(const Bench& bench, const Model& a, const Model& b)
      : bench_(bench),
        connection_(bench.open()),
        engine_(engine::SchemaEngineOf(connection_.engine())) {
    from_ = Load(connection_, a);
    for (const std::string& statement : RowsSql(a, bench.words)) {
      try {
        connection_.Execute(statement);
      } catch (const Error&) {  // breaks a constraint
      }
    }
    Connection target = bench.open();
    to_ = Load(target, b);
  }

  void Check(Figures& figures);

 private:
  Catalog Load(Connection& connection, const Model& model) {
    for (const std::string& statement : SchemaSql(model, bench_.words))
      connection.Execute(statement);
    return engine_.Inspect(connection);
  }
  // An SQLite plan brings its own transactions.
  void Run(const Plan& plan) {
    if (!bench_.words.sqlite) connection_.Execute("BEGIN");
    for (const schema::Change& change : plan.changes) {
      for (const std::string& statement : change.sql)
        connection_.Execute(statement);
    }
    if (!bench_.words.sqlite) connection_.Execute("COMMIT");
  }
  void CheckIsAt(const Catalog& catalog, const char* what) {
    const Plan rest =
        engine_.MakePlan(engine_.Inspect(connection_), catalog, {});
    if (!rest.changes.empty()) Fail(Cat(what, TextOf(rest)));
  }
  std::string Misfits(const Plan& plan);
  void CheckDeclarativeForm();
  void CheckRest(const Plan& plan);

  const Bench& bench_;
  Connection connection_;
  const engine::SchemaEngine& engine_;
  Catalog from_;
  Catalog to_;
};

std::string Way::Misfits(const Plan& plan) {
  std::string found;
  for (const schema::RowCheck& check : plan.checks) {
    try {
      if (connection_.Execute(check.query).Get<std::int64_t>(0, 0) > 0)
        found += Cat("; ", check.message, ": ", check.query);
    } catch (const Error& error) {  // a value that is none of the new type
      found += Cat("; ", check.message, ": ", error.what());
    }
  }
  return found;
}

void Way::CheckDeclarativeForm() {
  Connection again = bench_.open();
  for (const schema::Change& change : engine_.MakePlan({}, from_, {}).changes) {
    for (const std::string& statement : change.sql) again.Execute(statement);
  }
  if (engine_.Inspect(again) != from_)
    Fail("the declarative form is another schema");
}

// What a plan has to do with is enough to try it on.
void Way::CheckRest(const Plan& plan) {
  Catalog from = from_;
  Catalog to = to_;
  engine_.LeaveOutUntouched(plan, from, to);
  Connection rest = bench_.open();
  const auto run = [&](const Plan& some) {
    for (const schema::Change& change : some.changes) {
      for (const std::string& statement : change.sql) rest.Execute(statement);
    }
  };
  try {
    run(engine_.MakePlan({}, from, {}));
    run(plan);
  } catch (const Error& error) {
    Fail(Cat("it fails without what is not touched: ", error.what(),
             TextOf(plan)));
  }
  const Plan left = engine_.MakePlan(engine_.Inspect(rest), to, {});
  if (!left.changes.empty())
    Fail(Cat("it does not arrive without what is not touched", TextOf(left)));
}

void Way::Check(Figures& figures) {
  CheckDeclarativeForm();
  const Plan plan = engine_.MakePlan(from_, to_, {});
  CheckRest(plan);
  const std::string misfits = Misfits(plan);
  const Values before = ReadValues(connection_, from_);
  std::string error;
  try {
    Run(plan);
  } catch (const Error& caught) {
    error = caught.what();
  }
  ++figures.pairs;
  figures.empty += plan.changes.empty();
  for (const schema::Change& change : plan.changes)
    figures.statements += static_cast<int>(change.sql.size());
  if (!error.empty() && misfits.empty())
    Fail(Cat("it fails: ", error, TextOf(plan)));
  if (error.empty() && !misfits.empty())
    Fail(Cat("rows were said not to fit", misfits, TextOf(plan)));
  if (!error.empty()) {
    ++figures.refused;
    if (connection_.in_transaction()) connection_.Execute("ROLLBACK");
    CheckIsAt(from_, "half of it was done");
    CheckValues(before, ReadValues(connection_, from_));
    return;
  }
  CheckIsAt(to_, "it does not arrive");
  CheckValues(before, ReadValues(connection_, to_));
}

}  // namespace

void CheckWay(const Bench& bench, const Model& a, const Model& b,
              Figures& figures) {
  Way(bench, a, b).Check(figures);
}

}  // namespace godwit::property
