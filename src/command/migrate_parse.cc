// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/settings.h"
#include "command/terminal.h"

namespace godwit::command {

namespace {

using migrate::Migration;
using migrate::ParsedMigration;
using migrate::Section;

Json Statements(const Section& section) {
  Json list = Json::array();
  for (const migrate::ShownView& shown : section.shown)
    list.push_back({{"sql", std::string(shown.sql)}, {"line", shown.line}});
  return list;
}

Json FileValue(const Migration& migration, const ParsedMigration& parsed,
               std::string_view format) {
  Json value;
  value["file"] = migration.path();
  value["format"] = format;
  value["version"] = migration.version;
  value["name"] = migration.name;
  value["transaction"] = parsed.up.transaction;
  value["env_sub"] = parsed.env_sub;
  value["up"] = Statements(parsed.up);
  value["down"] = Statements(parsed.down);
  return value;
}

void ShowSection(const Call& call, const Section& section,
                 std::string_view direction) {
  if (!section.present) {
    call.out << "  " << direction << ": none\n";
    return;
  }
  call.out << "  " << call.terminal.Out(Colour::kBold, direction)
           << (section.transaction ? "" : " (no transaction)") << ": "
           << section.shown.size()
           << (section.shown.size() == 1 ? " statement\n" : " statements\n");
  for (const migrate::ShownView& shown : section.shown) {
    std::string text = Printable(shown.sql, "\n\t");
    for (std::size_t at = text.find('\n'); at != text.npos;
         at = text.find('\n', at + 9))
      text.replace(at, 1, "\n         ");
    call.out << call.terminal.Out(
                    Colour::kDim,
                    Cat("  ",
                        std::string(5 - std::min<std::size_t>(
                                            5, Cat(shown.line).size()),
                                    ' '),
                        shown.line, ": "))
             << text << '\n';
  }
}

}  // namespace

int RunParse(const Call& call) {
  const std::unique_ptr<Settings> settings = call.ReadSettings();
  const sql::Lexicon& lexicon = settings->Lexicon();
  const migrate::Source source =
      call.flags.arguments.empty()
          ? settings->ReadSource(std::nullopt)
          : migrate::Source::ReadFiles(call.flags.arguments, settings->Format(),
                                       settings->Versions());
  const migrate::Environment environment = migrate::ProcessEnvironment();
  Json document;
  document["files"] = Json::array();
  for (const Migration& migration : source.migrations()) {
    const ParsedMigration parsed =
        source.format().parse(migration, lexicon, environment);
    if (call.flags.json) {
      document["files"].push_back(
          FileValue(migration, parsed, source.format().name));
      continue;
    }
    call.out << call.terminal.Out(Colour::kCyan, Printable(migration.path()))
             << ": " << source.format().name << ", version "
             << migration.version << '\n';
    ShowSection(call, parsed.up, "up");
    ShowSection(call, parsed.down, "down");
  }
  if (call.flags.json) call.out << Dump(document) << '\n';
  return kDone;
}

}  // namespace godwit::command
