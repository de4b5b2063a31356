// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

// A query as a tree of plain values: what names, nullability and parameters are
// read from. It holds what both dialects have in common; each engine's parser
// makes it, and leaves as kOther what says nothing about a result.
namespace godwit::sql {

struct Query;
struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;
using QueryPtr = std::unique_ptr<Query>;

struct Expression {
  enum class Kind : std::uint8_t {
    kOther,
    kColumn,     // name: table and schema before it, where they stand there
    kStar,       // name: of what is before the star
    kParameter,  // number
    kNull,
    kLiteral,   // text; literal
    kDefault,   // DEFAULT in VALUES or SET
    kCall,      // name, arguments, and what a call has
    kOperator,  // name: the operator; one argument or two; also LIKE, BETWEEN,
                // IN with a list: NULL where an argument decides nothing
    kAnd,
    kOr,
    kNot,
    kIsNull,
    kIsNotNull,
    kTest,      // IS [NOT] TRUE, IS [NOT] DISTINCT FROM: never NULL
    kCase,      // operand, whens, otherwise
    kCoalesce,  // NULL where all arguments are; also ifnull
    kExtreme,   // GREATEST, LEAST of SQL: NULL where all arguments are
    kNullIf,
    kCast,        // arguments[0], text: the type as it is written
    kSubquery,    // query
    kExists,      // query
    kInQuery,     // arguments[0] IN, = ANY, < ALL of query
    kAnyArray,    // arguments[0] = ANY (arguments[1])
    kArrayQuery,  // ARRAY(query)
    kArray,
    kRow,
    kField,          // arguments[0].name
    kSubscript,      // arguments[0][…]
    kNamedArgument,  // name => arguments[0]
    kCurrent,        // CURRENT_DATE and the like: never NULL
    kRaise,          // does not return
  };
  enum class Literal : std::uint8_t {
    kText,
    kInteger,
    kReal,
    kBlob,
    kBoolean,
  };

  Kind kind = Kind::kOther;
  Literal literal = Literal::kText;
  bool star = false;      // count(*)
  bool negated = false;   // NOT IN, NOT BETWEEN, NOT EXISTS, <> ALL
  bool windowed = false;  // OVER
  bool framed = false;    // OVER with a frame of its own
  int number = 0;
  std::size_t offset = 0;  // in the statement's text, in bytes
  std::vector<std::string> name;
  std::string text;
  std::vector<ExpressionPtr> arguments;  // CASE: [when, then]…
  ExpressionPtr operand;                 // CASE operand
  ExpressionPtr otherwise;               // ELSE
  ExpressionPtr filter;                  // FILTER (WHERE …)
  QueryPtr query;
};

// One of SELECT's or RETURNING's columns.
struct Target {
  ExpressionPtr value;
  std::string alias;
  std::size_t offset = 0;
};

struct FromItem {
  enum class Kind : std::uint8_t { kTable, kQuery, kFunction, kJoin };
  enum class Join : std::uint8_t { kInner, kLeft, kRight, kFull };

  Kind kind = Kind::kTable;
  std::vector<std::string> name;  // of a table; schema before it
  std::string alias;
  std::vector<std::string> columns;  // alias (a, b)
  std::size_t offset = 0;
  QueryPtr query;
  bool lateral = false;
  // Functions: ROWS FROM has several.
  std::vector<ExpressionPtr> functions;
  bool ordinality = false;
  std::vector<std::string> defined;  // AS t (a int, b text): their names
  // Joins.
  Join join = Join::kInner;
  bool natural = false;
  std::vector<std::string> using_columns;
  std::unique_ptr<FromItem> left, right;
  ExpressionPtr on;
};

struct CommonTable {
  std::string name;
  std::vector<std::string> columns;
  QueryPtr query;
};

struct Assignment {
  std::string column;
  ExpressionPtr value;
};

struct Query {
  enum class Kind : std::uint8_t {
    kOther,  // a statement that is no query: CALL, TRUNCATE, …
    kSelect,
    kValues,
    kSetOperation,
    kInsert,
    kUpdate,
    kDelete,
    kMerge,
  };
  enum class Operation : std::uint8_t { kUnion, kIntersect, kExcept };

  Kind kind = Kind::kOther;
  bool recursive = false;
  std::vector<CommonTable> with;

  std::vector<Target> targets;                  // RETURNING's, too
  std::vector<std::unique_ptr<FromItem>> from;  // UPDATE … FROM, DELETE … USING
  ExpressionPtr where;
  std::vector<ExpressionPtr> group_by;
  bool grouping_sets = false;  // CUBE, ROLLUP, GROUPING SETS
  ExpressionPtr having;
  std::vector<ExpressionPtr> order_by;
  ExpressionPtr limit, skip;  // LIMIT, OFFSET

  std::vector<std::vector<ExpressionPtr>> rows;  // VALUES

  Operation operation = Operation::kUnion;
  QueryPtr left, right;

  // INSERT, UPDATE, DELETE, MERGE.
  std::unique_ptr<FromItem> target;
  std::vector<std::string> columns;  // INSERT (a, b)
  QueryPtr source;                   // INSERT's SELECT or VALUES
  std::vector<Assignment> assignments;
  bool has_conflict = false;  // ON CONFLICT, INSERT OR IGNORE
  std::vector<Assignment> conflict_assignments;
  ExpressionPtr conflict_where;
  // INSERTs and UPDATEs of MERGE.
  std::vector<QueryPtr> actions;
};

}  // namespace godwit::sql
