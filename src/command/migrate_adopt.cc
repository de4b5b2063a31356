// SPDX-License-Identifier: Apache-2.0
// adopt and handback: from another tool's tracker, and to it again.
#include <iostream>
#include <ostream>

#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/migrate_session.h"

namespace godwit::command {

namespace {

using migrate::Adopted;
using migrate::Adoption;
using migrate::HandedBack;
using migrate::LegacyPlace;

std::string NameOf(const LegacyPlace& place) {
  return Cat(place.table.text(), " of ", place.tool->name);
}

std::string Count(std::size_t number, std::string_view what) {
  return Cat(number, ' ', what, number == 1 ? "" : "s");
}

std::vector<migrate::Version> VersionsOf(const Adoption& adoption) {
  std::vector<migrate::Version> versions;
  for (const migrate::AdoptedRow& row : adoption.rows)
    versions.push_back(row.version);
  return versions;
}

void Warn(const Call& call, const Adoption& adoption) {
  if (call.flags.quiet) return;
  for (const std::string& warning : adoption.warnings) {
    call.err << call.terminal.Err(Colour::kYellow,
                                  Cat(call.program.name, ": warning: "))
             << Printable(warning) << '\n';
  }
}

// Shows what is assumed, and asks. An end of the input is a no.
bool Ask(const Call& call, const std::string& into, const LegacyPlace& place,
         const Adoption& adoption) {
  const auto versions = VersionsOf(adoption);
  call.err << NameOf(place) << " into " << into << ":\n  "
           << (versions.empty()
                   ? std::string("no version is applied")
                   : Cat(Count(versions.size(), "version"),
                         " applied: ", migrate::ListVersions(versions)))
           << '\n';
  if (!adoption.pending.empty())
    call.err << "  pending: " << migrate::ListVersions(adoption.pending)
             << '\n';
  for (const std::string& text : adoption.assumptions)
    call.err << "  " << Printable(text) << '\n';
  for (const std::string& text : adoption.warnings)
    call.err << "  " << call.terminal.Err(Colour::kYellow, Printable(text))
             << '\n';
  call.err << "Take it over? [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return EqualsIgnoringCase(answer, "y") || EqualsIgnoringCase(answer, "yes");
}

void ShowDocument(const Call& call, const Adopted& adopted) {
  Json document;
  const bool found = adopted.place.tool != nullptr;
  document["from"] = found                     ? Json(adopted.place.tool->name)
                     : call.flags.from.empty() ? Json(nullptr)
                                               : Json(call.flags.from);
  document["tracker"] =
      found ? Json(adopted.place.table.text()) : Json(nullptr);
  document["adopted"] = adopted.adoption.adopted;
  document["pending"] = adopted.adoption.pending;
  document["unknown"] = adopted.adoption.unknown;
  document["drifted"] = adopted.adoption.drifted;
  document["dry_run"] = call.flags.dry_run;
  document["dropped"] = adopted.dropped;
  if (!adopted.adoption.warnings.empty())
    document["warnings"] = adopted.adoption.warnings;
  call.out << Dump(document) << '\n';
}

std::string Outcome(const Call& call, const Adopted& adopted,
                    const std::string& into) {
  const auto versions = VersionsOf(adopted.adoption);
  if (adopted.was_applied)
    return Cat("nothing to take over: ", into, " is at work already");
  if (adopted.declined) return "nothing was taken over";
  if (!adopted.place.tool)
    return "no tracker of another tool stands under its own name; nothing to "
           "take over";
  if (!adopted.place.exists)
    return Cat("there is no ", NameOf(adopted.place), "; nothing to take over");
  if (versions.empty())
    return Cat(NameOf(adopted.place), " has nothing applied");
  return Cat(call.flags.dry_run ? "would take over " : "took over ",
             Count(versions.size(), "version"), " from ", NameOf(adopted.place),
             " into ", into, ": ", migrate::ListVersions(versions));
}

void ShowText(const Call& call, const Adopted& adopted,
              const std::string& into) {
  call.out << Outcome(call, adopted, into);
  if (!adopted.adoption.pending.empty())
    call.out << "; " << adopted.adoption.pending.size() << " pending";
  call.out << '\n';
  if (adopted.dropped)
    call.out << "dropped " << adopted.place.table.text() << '\n';
}

}  // namespace

int RunAdopt(const Call& call) {
  const Flags& flags = call.flags;
  MigrateSession session(call, flags.dry_run ? Access::kRead : Access::kChange,
                         MigrateSession::Files::kAdopted);
  const std::string into = session.runner().tracker().table().text();
  migrate::AdoptWish wish{.from = flags.from,
                          .tracker = flags.legacy_tracker,
                          .consent = flags.yes,
                          .dry_run = flags.dry_run,
                          .drop_legacy = flags.drop_legacy};
  wish.map = session.settings().Versions();
  if (call.terminal.can_ask && !flags.yes && !flags.dry_run && !flags.json) {
    wish.ask = [&](const LegacyPlace& place, const Adoption& adoption) {
      return Ask(call, into, place, adoption);
    };
  }
  if (session.bad_names()) {
    // Where the tracker holds such versions too, it says what a map would do.
    wish.dry_run = true;
    session.runner().Adopt(wish);
    throw *session.bad_names();
  }
  const Adopted adopted = session.runner().Adopt(wish);
  if (flags.json) {
    ShowDocument(call, adopted);
  } else {
    if (!wish.ask) Warn(call, adopted.adoption);
    ShowText(call, adopted, into);
  }
  return kDone;
}

int RunHandBack(const Call& call) {
  const Flags& flags = call.flags;
  if (flags.to.empty())
    throw Error(ErrorCode::kUsage, "whose tracker is to be written is not said",
                "give --to TOOL");
  MigrateSession session(call, flags.dry_run ? Access::kRead : Access::kChange);
  const HandedBack back =
      session.runner().GiveBack(flags.to, flags.legacy_tracker, flags.dry_run);
  std::vector<migrate::Version> written;
  for (const migrate::LegacyEntry& entry : back.plan.written)
    written.push_back(entry.version);
  std::vector<std::string> removed;
  for (const migrate::LegacyRow& row : back.plan.removed)
    removed.push_back(row.version);
  if (flags.json) {
    call.out << Dump(Json{{"to", back.place.tool->name},
                          {"tracker", back.place.table.text()},
                          {"written", written},
                          {"removed", removed},
                          {"dry_run", flags.dry_run}})
             << '\n';
    return kDone;
  }
  for (const std::string& warning : back.plan.warnings)
    call.err << call.program.name << ": warning: " << Printable(warning)
             << '\n';
  if (written.empty() && removed.empty()) {
    call.out << NameOf(back.place) << " says the same already\n";
    return kDone;
  }
  call.out << (flags.dry_run ? "would write " : "wrote ")
           << (written.empty() ? std::string("no version")
                               : migrate::ListVersions(written))
           << " into " << NameOf(back.place);
  if (!removed.empty())
    call.out << "; no longer there: " << Join(removed, ", ");
  call.out << '\n';
  return kDone;
}

}  // namespace godwit::command
