// SPDX-License-Identifier: Apache-2.0
#include "cli/schema_report.h"

#include <ostream>

#include "base/text.h"

namespace godwit::cli {

namespace {

std::optional<std::int64_t> LossOf(Losses losses, std::size_t number) {
  return number < losses.size() ? losses[number] : std::nullopt;
}

}  // namespace

std::string LossText(const schema::Change& change,
                     const std::optional<std::int64_t>& count) {
  if (!count) return change.loses;
  return Cat(change.loses, " (", *count, ')');
}

void WriteStatements(std::ostream& out, const schema::Plan& plan,
                     Losses losses) {
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const schema::Change& change = plan.changes[i];
    // A line end in a name must not end the comment.
    if (!change.loses.empty())
      out << "-- destroys: " << Printable(LossText(change, LossOf(losses, i)))
          << '\n';
    if (!change.assumes.empty())
      out << "-- assumes: " << Printable(change.assumes) << '\n';
    for (const std::string& statement : change.sql) out << statement << ";\n";
  }
}

command::Json PlanValue(const schema::Plan& plan, Losses losses) {
  command::Json document;
  document["changes"] = command::Json::array();
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const schema::Change& change = plan.changes[i];
    command::Json value = {
        {"kind", change.kind},       {"object", change.object},
        {"sql", change.sql},         {"destructive", change.destructive},
        {"hazards", change.hazards}, {"locks", change.locks}};
    if (!change.loses.empty()) value["loses"] = change.loses;
    if (const auto lost = LossOf(losses, i)) value["lost"] = *lost;
    if (!change.assumes.empty()) value["assumes"] = change.assumes;
    document["changes"].push_back(std::move(value));
  }
  return document;
}

}  // namespace godwit::cli
