// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_describe.h"

#include <algorithm>

#include "runtime/postgres_parameters.h"

namespace godwit::internal {

namespace {

// So many statements are on their way at once: neither side's buffers fill up.
constexpr std::size_t kTogether = 64;

void Send(Wire& wire, const char* name, const std::string& statement) {
  PGconn* const connection = wire.get();
  const std::string text = StatementText(statement);
  if (PQsendPrepare(connection, name, text.c_str(), 0, nullptr) == 0 ||
      PQsendDescribePrepared(connection, name) == 0 ||
      PQpipelineSync(connection) == 0)
    wire.SendFailed();
}

void Take(const PGresult* result, StatementDescription& into) {
  for (int i = 0; i < PQnparams(result); ++i)
    into.parameters.push_back(PQparamtype(result, i));
  for (int i = 0; i < PQnfields(result); ++i) {
    into.columns.push_back({PQfname(result, i), PQftype(result, i),
                            PQftable(result, i), PQftablecol(result, i)});
  }
}

// The replies to one statement's Parse, Describe and Sync. A null result ends
// each but the Sync's.
StatementDescription Receive(Wire& wire) {
  StatementDescription description;
  while (true) {
    while (!wire.HasResult()) wire.Wait(!wire.Flush());
    const ResultHandle result(PQgetResult(wire.get()));
    if (result == nullptr) {
      if (PQstatus(wire.get()) == CONNECTION_BAD) wire.Lost(nullptr);
      continue;
    }
    switch (PQresultStatus(result.get())) {
      case PGRES_PIPELINE_SYNC:
        return description;
      case PGRES_COMMAND_OK:
        Take(result.get(), description);
        break;
      case PGRES_PIPELINE_ABORTED:
        break;
      default:
        if (!description.error) description.error = wire.Describe(result.get());
    }
  }
}

}  // namespace

StatementDescription DescribePrepared(Wire& wire, const std::string& name,
                                      const std::string& statement) {
  if (PQenterPipelineMode(wire.get()) == 0) wire.SendFailed();
  Send(wire, name.c_str(), statement);
  StatementDescription description = Receive(wire);
  if (PQexitPipelineMode(wire.get()) == 0) wire.SendFailed();
  return description;
}

std::vector<StatementDescription> DescribeStatements(
    Wire& wire, std::span<const std::string> statements) {
  std::vector<StatementDescription> descriptions;
  descriptions.reserve(statements.size());
  wire.BeginPipeline();
  if (PQenterPipelineMode(wire.get()) == 0) wire.SendFailed();
  std::size_t sent = 0;
  while (descriptions.size() < statements.size()) {
    while (sent < statements.size() && sent - descriptions.size() < kTogether)
      Send(wire, "", statements[sent++]);
    wire.Flush();
    descriptions.push_back(Receive(wire));
  }
  if (PQexitPipelineMode(wire.get()) == 0) wire.SendFailed();
  return descriptions;
}

}  // namespace godwit::internal
