// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "command/exit_status.h"
#include "hcl/format.h"
#include "hcl/parser.h"
#include "state/catalog/declared_schema.h"

namespace godwit::cli {

namespace {

// Throws Error(kParseError) with all that is wrong with its syntax.
void RefuseErrors(const hcl::Document& document) {
  if (document.diagnostics.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kParseError;
  info.state = "the file was not changed";
  for (const hcl::Diagnostic& each : document.diagnostics) {
    const Place where = document.source->PlaceOf(each.span);
    if (info.message.empty()) {
      info.message = each.message;
      info.where = where;
      info.help = each.help;
    } else {
      info.others.push_back({each.message, where, each.help});
    }
  }
  throw Error(std::move(info));
}

// A file beside it takes its place, so that it is whole at any time.
void Replace(const std::string& path, const std::string& text) {
  const std::string fresh = path + ".godwit-new";
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  std::error_code error;
  if (out) {
    std::filesystem::permissions(
        fresh, std::filesystem::status(path, error).permissions(), error);
    std::filesystem::rename(fresh, path, error);
    if (!error) return;
  }
  std::filesystem::remove(fresh, error);
  throw Error(ErrorCode::kFileUnreadable, Cat(path, " cannot be written"));
}

}  // namespace

int RunSchemaFmt(const command::Call& call) {
  std::vector<std::string> paths = call.flags.arguments;
  if (paths.empty()) paths.emplace_back(".");
  std::vector<state::DocumentFile> files;
  for (const std::string& path : paths) {
    std::error_code error;
    const bool named = !std::filesystem::is_directory(path, error);
    if (named && !path.ends_with(".hcl"))
      throw Error(ErrorCode::kUsage, Cat(path, " is no .hcl file"));
    for (state::DocumentFile& file : state::ReadDocumentFiles(path))
      files.push_back(std::move(file));
  }
  bool changes = false;
  for (const state::DocumentFile& file : files) {
    const hcl::Document document = hcl::Parse(file.path, file.text);
    RefuseErrors(document);
    const std::string text = hcl::Format(*document.source);
    if (text == file.text) continue;
    changes = true;
    call.out << file.path << '\n';
    if (!call.flags.check) Replace(file.path, text);
  }
  return call.flags.check && changes ? command::kCheckFailed : command::kDone;
}

}  // namespace godwit::cli
