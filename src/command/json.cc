// SPDX-License-Identifier: Apache-2.0
#include "command/json.h"

namespace godwit::command {

Json ErrorValue(const ErrorInfo& info) {
  Json error;
  error["code"] = std::string(Word(info.code));
  error["message"] = info.message;
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) error[key] = value;
  };
  text("file", info.where.file);
  if (info.where.line > 0) error["line"] = info.where.line;
  if (info.where.column > 0) error["column"] = info.where.column;
  text("sqlstate", info.sqlstate);
  if (info.sqlite_code != 0) error["sqlite_code"] = info.sqlite_code;
  text("condition", info.condition);
  text("constraint", info.constraint);
  text("detail", info.detail);
  text("hint", info.hint);
  if (info.version) error["version"] = *info.version;
  text("state", info.state);
  text("help", info.help);
  for (const Complaint& other : info.others) {
    ErrorInfo plain;
    plain.code = info.code;
    plain.message = other.message;
    plain.where = other.where;
    plain.help = other.help;
    error["others"].push_back(ErrorValue(plain));
  }
  return error;
}

std::string Dump(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace godwit::command
