// SPDX-License-Identifier: Apache-2.0
#include "cli/schema_checks.h"

#include "base/text.h"
#include "cli/schema_report.h"

namespace godwit::cli {

namespace {

using schema::Change;
using schema::Plan;

// One number, that the database itself tells. What cannot be counted is not
// known: somebody may have no right to read a table and yet to drop it.
std::optional<std::int64_t> Ask(Connection& database,
                                const std::string& query) {
  try {
    const Result result = database.Execute(query);
    if (!result.empty()) return result.Get<std::int64_t>(0, 0);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kStatementFailed) throw;
  }
  return std::nullopt;
}

// What is wrong with the rows; empty: nothing. A query that fails over a value
// says so by its error.
std::string Complaint(Connection& database, const schema::RowCheck& check) {
  std::int64_t rows = 0;
  try {
    const Result result = database.Execute(check.query);
    if (!result.empty()) rows = result.Get<std::int64_t>(0, 0);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kStatementFailed) throw;
    if (!error.info().sqlstate.starts_with("22")) return {};
    return Cat(check.message, ": ", error.info().message);
  }
  if (rows == 0) return {};
  return Cat(check.message, ": ", rows, rows == 1 ? " row of " : " rows of ",
             check.table, rows == 1 ? " does not fit" : " do not fit");
}

}  // namespace

std::vector<std::optional<std::int64_t>> CountLosses(Connection& database,
                                                     const Plan& plan) {
  std::vector<std::optional<std::int64_t>> losses;
  for (const Change& change : plan.changes) {
    losses.push_back(change.count.empty() ? std::nullopt
                                          : Ask(database, change.count));
  }
  return losses;
}

void CheckRows(Connection& database, const Plan& plan) {
  std::string message;
  for (const schema::RowCheck& check : plan.checks) {
    const std::string complaint = Complaint(database, check);
    if (complaint.empty()) continue;
    message += Cat(message.empty() ? "" : "; ", complaint);
  }
  if (message.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kRowsDoNotFit;
  info.message = std::move(message);
  info.state = "nothing was changed";
  info.help = "change those rows, or the schema that is to come";
  throw Error(std::move(info));
}

void RefuseDestructive(const Plan& plan,
                       const std::vector<std::optional<std::int64_t>>& losses,
                       std::string_view allowed) {
  std::string lost;
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const Change& change = plan.changes[i];
    if (!change.destructive) continue;
    lost += Cat(lost.empty() ? "" : "; ",
                LossText(change, i < losses.size() ? losses[i] : std::nullopt));
  }
  if (lost.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kDestructive;
  info.message = Cat("the plan destroys: ", lost);
  info.state = "nothing was changed";
  info.help =
      Cat("--allow-destructive ", allowed,
          " all the same; what only got another name is told by '-- @renamed "
          "from=old' behind it in the file");
  throw Error(std::move(info));
}

}  // namespace godwit::cli
