// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/parse/statements.h"

#include "engine/sqlite/parse/parse.h"

namespace godwit::engine {

namespace {

using sql::FromItem;
using sql::Query;
using sql::QueryPtr;

std::unique_ptr<Query> Make(Query::Kind kind) {
  auto query = std::make_unique<Query>();
  query->kind = kind;
  return query;
}

}  // namespace

bool SqliteParser::AtSelect() const {
  return cursor_.IsWord("select") || cursor_.IsWord("with") ||
         (cursor_.IsWord("values") && cursor_.IsSymbol('(', 1));
}

QueryPtr SqliteParser::ReadAll() {
  QueryPtr query = ReadStatement();
  cursor_.TakeSymbol(';');
  if (!cursor_.at_end()) throw NotRead{};
  return query;
}

QueryPtr SqliteParser::ReadStatement() {
  Query with;
  ReadWith(with);
  QueryPtr query;
  if (cursor_.IsWord("insert") || cursor_.IsWord("replace"))
    query = ReadInsert();
  else if (cursor_.IsWord("update"))
    query = ReadUpdate();
  else if (cursor_.IsWord("delete"))
    query = ReadDelete();
  else
    query = ReadSelect();
  if (!with.with.empty()) {
    query->with = std::move(with.with);
    query->recursive = with.recursive;
  }
  return query;
}

void SqliteParser::ReadWith(Query& query) {
  if (!cursor_.TakeWord("with")) return;
  query.recursive = cursor_.TakeWord("recursive");
  // SQLite takes any of them as recursive that names itself.
  query.recursive = true;
  do {
    sql::CommonTable table;
    table.name = cursor_.NeedName();
    if (cursor_.IsSymbol('(')) table.columns = ReadNames();
    cursor_.NeedWord("as");
    cursor_.TakeWord("not");
    cursor_.TakeWord("materialized");
    cursor_.NeedSymbol('(');
    const Depth depth(*this);
    table.query = ReadStatement();
    cursor_.NeedSymbol(')');
    query.with.push_back(std::move(table));
  } while (cursor_.TakeSymbol(','));
}

std::vector<std::string> SqliteParser::ReadNames() {
  std::vector<std::string> names;
  cursor_.NeedSymbol('(');
  do names.push_back(cursor_.NeedName());
  while (cursor_.TakeSymbol(','));
  cursor_.NeedSymbol(')');
  return names;
}

QueryPtr SqliteParser::ReadSelect() {
  const Depth depth(*this);
  Query with;
  ReadWith(with);
  QueryPtr query = ReadCore();
  while (true) {
    Query::Operation operation = Query::Operation::kUnion;
    if (cursor_.TakeWord("union"))
      cursor_.TakeWord("all");
    else if (cursor_.TakeWord("intersect"))
      operation = Query::Operation::kIntersect;
    else if (cursor_.TakeWord("except"))
      operation = Query::Operation::kExcept;
    else
      break;
    QueryPtr both = Make(Query::Kind::kSetOperation);
    both->operation = operation;
    both->left = std::move(query);
    both->right = ReadCore();
    query = std::move(both);
  }
  ReadLimits(*query);
  query->with = std::move(with.with);
  query->recursive = with.recursive;
  return query;
}

void SqliteParser::ReadLimits(Query& query) {
  if (cursor_.TakeWords({"order", "by"}))
    query.order_by = expressions_.ReadList();
  if (!cursor_.TakeWord("limit")) return;
  query.limit = expressions_.Read();
  if (cursor_.TakeWord("offset")) {
    query.skip = expressions_.Read();
  } else if (cursor_.TakeSymbol(',')) {  // LIMIT offset, count
    query.skip = std::move(query.limit);
    query.limit = expressions_.Read();
  }
}

QueryPtr SqliteParser::ReadCore() {
  if (cursor_.TakeWord("values")) {
    QueryPtr values = Make(Query::Kind::kValues);
    do {
      cursor_.NeedSymbol('(');
      values->rows.push_back(expressions_.ReadList());
      cursor_.NeedSymbol(')');
    } while (cursor_.TakeSymbol(','));
    return values;
  }
  cursor_.NeedWord("select");
  QueryPtr query = Make(Query::Kind::kSelect);
  if (!cursor_.TakeWord("distinct")) cursor_.TakeWord("all");
  query->targets = ReadTargets();
  ReadSelectBody(*query);
  return query;
}

void SqliteParser::ReadSelectBody(Query& query) {
  if (cursor_.TakeWord("from")) query.from.push_back(ReadFrom());
  if (cursor_.TakeWord("where")) query.where = expressions_.Read();
  if (cursor_.TakeWords({"group", "by"}))
    query.group_by = expressions_.ReadList();
  if (cursor_.TakeWord("having")) query.having = expressions_.Read();
  ReadWindows();
}

// WINDOW name AS (…), …
void SqliteParser::ReadWindows() {
  if (!cursor_.TakeWord("window")) return;
  do {
    cursor_.NeedName();
    cursor_.NeedWord("as");
    cursor_.SkipParentheses();
  } while (cursor_.TakeSymbol(','));
}

std::string SqliteParser::ReadAlias() {
  if (cursor_.TakeWord("as")) return cursor_.NeedName();
  const bool is_word = cursor_.Peek().kind == sql::TokenKind::kWord;
  if (!cursor_.IsName() || (is_word && IsReserved(cursor_.Peek().text)))
    return "";
  return cursor_.NeedName();
}

std::vector<sql::Target> SqliteParser::ReadTargets() {
  std::vector<sql::Target> targets;
  do {
    sql::Target target;
    target.offset = cursor_.offset();
    target.value = expressions_.Read();
    target.alias = ReadAlias();
    targets.push_back(std::move(target));
  } while (cursor_.TakeSymbol(','));
  return targets;
}

std::unique_ptr<FromItem> SqliteParser::ReadFrom() {
  const Depth depth(*this);
  std::unique_ptr<FromItem> left = ReadTable();
  while (true) {
    auto join = std::make_unique<FromItem>();
    join->kind = FromItem::Kind::kJoin;
    if (!ReadJoin(*join)) return left;
    join->left = std::move(left);
    join->right = ReadTable();
    if (cursor_.TakeWord("on"))
      join->on = expressions_.Read();
    else if (cursor_.TakeWord("using"))
      join->using_columns = ReadNames();
    left = std::move(join);
  }
}

// https://www.sqlite.org/syntax/join-operator.html
bool SqliteParser::ReadJoin(FromItem& join) {
  if (cursor_.TakeSymbol(',')) return true;
  join.natural = cursor_.TakeWord("natural");
  if (cursor_.TakeWord("left"))
    join.join = FromItem::Join::kLeft;
  else if (cursor_.TakeWord("right"))
    join.join = FromItem::Join::kRight;
  else if (cursor_.TakeWord("full"))
    join.join = FromItem::Join::kFull;
  else if (!cursor_.TakeWord("inner"))
    cursor_.TakeWord("cross");
  cursor_.TakeWord("outer");
  return cursor_.TakeWord("join");
}

std::unique_ptr<FromItem> SqliteParser::ReadTable() {
  auto item = std::make_unique<FromItem>();
  item->offset = cursor_.offset();
  if (cursor_.TakeSymbol('(')) {
    if (AtSelect()) {
      item->kind = FromItem::Kind::kQuery;
      item->query = ReadSelect();
      cursor_.NeedSymbol(')');
      item->alias = ReadAlias();
      return item;
    }
    item = ReadFrom();
    cursor_.NeedSymbol(')');
    return item;
  }
  item->name.push_back(cursor_.NeedName());
  if (cursor_.TakeSymbol('.')) item->name.push_back(cursor_.NeedName());
  if (cursor_.TakeSymbol('(')) {
    item->kind = FromItem::Kind::kFunction;
    auto call = std::make_unique<sql::Expression>();
    call->kind = sql::Expression::Kind::kCall;
    call->name = item->name;
    call->offset = item->offset;
    if (!cursor_.IsSymbol(')')) call->arguments = expressions_.ReadList();
    cursor_.NeedSymbol(')');
    item->functions.push_back(std::move(call));
  }
  item->alias = ReadAlias();
  if (cursor_.TakeWords({"indexed", "by"}))
    cursor_.NeedName();
  else
    cursor_.TakeWords({"not", "indexed"});
  return item;
}

std::unique_ptr<FromItem> SqliteParser::ReadTarget() {
  auto item = std::make_unique<FromItem>();
  item->offset = cursor_.offset();
  item->name.push_back(cursor_.NeedName());
  if (cursor_.TakeSymbol('.')) item->name.push_back(cursor_.NeedName());
  if (cursor_.TakeWord("as")) item->alias = cursor_.NeedName();
  return item;
}

QueryPtr SqliteParser::ReadInsert() {
  QueryPtr query = Make(Query::Kind::kInsert);
  if (!cursor_.TakeWord("replace")) {
    cursor_.NeedWord("insert");
    if (cursor_.TakeWord("or")) {
      query->has_conflict = cursor_.IsWord("ignore");
      cursor_.Advance();
    }
  }
  cursor_.NeedWord("into");
  query->target = ReadTarget();
  if (cursor_.IsSymbol('(') && !cursor_.IsWord("select", 1))
    query->columns = ReadNames();
  if (!cursor_.TakeWords({"default", "values"})) query->source = ReadSelect();
  ReadConflict(*query);
  ReadReturning(*query);
  return query;
}

// https://www.sqlite.org/lang_upsert.html
void SqliteParser::ReadConflict(Query& query) {
  while (cursor_.TakeWords({"on", "conflict"})) {
    query.has_conflict = true;
    if (cursor_.IsSymbol('(')) cursor_.SkipParentheses();
    if (cursor_.TakeWord("where")) expressions_.Read();
    cursor_.NeedWord("do");
    if (cursor_.TakeWord("nothing")) continue;
    cursor_.NeedWord("update");
    cursor_.NeedWord("set");
    for (sql::Assignment& assignment : ReadAssignments())
      query.conflict_assignments.push_back(std::move(assignment));
    if (cursor_.TakeWord("where")) query.conflict_where = expressions_.Read();
  }
}

void SqliteParser::ReadReturning(Query& query) {
  if (cursor_.TakeWord("returning")) query.targets = ReadTargets();
}

std::vector<sql::Assignment> SqliteParser::ReadAssignments() {
  std::vector<sql::Assignment> assignments;
  do {
    std::vector<std::string> names;
    if (cursor_.IsSymbol('('))
      names = ReadNames();
    else
      names.push_back(cursor_.NeedName());
    cursor_.NeedSymbol('=');
    sql::ExpressionPtr value = expressions_.Read();
    if (names.size() > 1 && value->kind == sql::Expression::Kind::kRow &&
        value->arguments.size() == names.size()) {
      for (std::size_t i = 0; i < names.size(); ++i)
        assignments.push_back({names[i], std::move(value->arguments[i])});
    } else {
      assignments.push_back(
          {names.size() == 1 ? names[0] : "", std::move(value)});
    }
  } while (cursor_.TakeSymbol(','));
  return assignments;
}

QueryPtr SqliteParser::ReadUpdate() {
  QueryPtr query = Make(Query::Kind::kUpdate);
  cursor_.NeedWord("update");
  if (cursor_.TakeWord("or")) cursor_.Advance();
  query->target = ReadTarget();
  if (cursor_.TakeWords({"indexed", "by"})) cursor_.NeedName();
  cursor_.NeedWord("set");
  query->assignments = ReadAssignments();
  if (cursor_.TakeWord("from")) query->from.push_back(ReadFrom());
  if (cursor_.TakeWord("where")) query->where = expressions_.Read();
  ReadReturning(*query);
  ReadLimits(*query);
  return query;
}

QueryPtr SqliteParser::ReadDelete() {
  QueryPtr query = Make(Query::Kind::kDelete);
  cursor_.NeedWord("delete");
  cursor_.NeedWord("from");
  query->target = ReadTarget();
  if (cursor_.TakeWords({"indexed", "by"})) cursor_.NeedName();
  if (cursor_.TakeWord("where")) query->where = expressions_.Read();
  ReadReturning(*query);
  ReadLimits(*query);
  return query;
}

QueryPtr ParseSqlite(std::string_view sql) {
  try {
    return SqliteParser(sql).ReadAll();
  } catch (const NotRead&) {
    return nullptr;
  }
}

}  // namespace godwit::engine
