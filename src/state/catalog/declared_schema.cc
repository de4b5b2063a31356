// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/declared_schema.h"

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "engine/database.h"

namespace godwit::state {

namespace {

// Who reads more begins anew.
constexpr std::size_t kMaxComplaints = 50;

// Whether something is missing that another statement may make.
bool IsMissing(const Error& error) {
  constexpr std::string_view kMissing = " 42P01 42883 42704 42703 3F000 3F001 ";
  if (!error.sqlstate().empty()) return HoldsWord(kMissing, error.sqlstate());
  return error.info().message.find("no such ") != std::string::npos;
}

}  // namespace

std::vector<DocumentFile> ReadDocumentFiles(const std::string& path) {
  std::vector<DocumentFile> files;
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    if (path.ends_with(".hcl")) files.push_back({path, ReadFile(path)});
    return files;
  }
  const std::optional<Folder> folder = Folder::Open(path);
  for (const Folder::Entry& entry : folder->List()) {
    if (!entry.is_folder && entry.name.ends_with(".hcl"))
      files.push_back({folder->PathOf(entry.name), folder->Read(entry.name)});
  }
  return files;
}

DeclaredSchema::DeclaredSchema(std::vector<DocumentFile> files,
                               std::span<const VariableValue> variables,
                               const engine::SchemaEngine& engine)
    : read_(ReadDocument(std::move(files), variables, engine.language())) {
  Check(read_.problems);
  declared_ = engine.Declare(read_.declarations);
  std::vector<DocumentProblem> problems;
  for (schema::DeclarationProblem& each : declared_.problems)
    problems.push_back(
        {each.mark, std::move(each.message), std::move(each.help)});
  Check(problems);
}

Place DeclaredSchema::PlaceOf(const schema::Mark& mark) const {
  if (mark.file < 0) return {};
  return read_.sources[static_cast<std::size_t>(mark.file)]->PlaceOf(
      {mark.begin, mark.end});
}

void DeclaredSchema::Check(std::span<const DocumentProblem> problems) const {
  if (problems.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kParseError;
  info.message = problems.front().message;
  info.where = PlaceOf(problems.front().mark);
  info.help = problems.front().help;
  for (const DocumentProblem& each : problems.subspan(1)) {
    if (info.others.size() == kMaxComplaints) break;
    info.others.push_back({each.message, PlaceOf(each.mark), each.help});
  }
  throw Error(std::move(info));
}

void DeclaredSchema::CheckVersion(DevDatabase& database) const {
  if (read_.needs.empty()) return;
  const int version = engine::Open(database.connection())->major_version();
  std::vector<DocumentProblem> problems;
  for (const VersionNeed& need : read_.needs) {
    if (need.since > version)
      problems.push_back({need.mark,
                          Cat(need.what, " needs a server of version ",
                              need.since, "; this one has ", version),
                          {}});
  }
  Check(problems);
}

std::vector<DeclaredSchema::Failure> DeclaredSchema::Run(
    DevDatabase& database,
    std::span<const schema::DeclaredStatement* const> statements) const {
  std::vector<Failure> failures;
  for (const schema::DeclaredStatement* const statement : statements) {
    try {
      database.Run(statement->sql);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kStatementFailed) throw;
      failures.push_back({statement, error});
    }
  }
  return failures;
}

void DeclaredSchema::Execute(DevDatabase& database) {
  CheckVersion(database);
  std::vector<const schema::DeclaredStatement*> all;
  for (const schema::DeclaredStatement& each : declared_.statements)
    all.push_back(&each);
  failures_ = Run(database, all);
}

void DeclaredSchema::ExecuteRest(DevDatabase& database) {
  while (!failures_.empty()) {
    std::vector<const schema::DeclaredStatement*> rest;
    for (const Failure& failure : failures_) rest.push_back(failure.statement);
    failures_ = Run(database, rest);
    if (failures_.size() == rest.size()) Throw(failures_);
  }
}

// What only misses something fails because of the others, if there are any.
void DeclaredSchema::Throw(const std::vector<Failure>& failures) const {
  std::vector<const Failure*> causes;
  for (const Failure& failure : failures) {
    if (!IsMissing(failure.error)) causes.push_back(&failure);
  }
  if (causes.empty()) {
    for (const Failure& failure : failures) causes.push_back(&failure);
  }
  const auto place = [&](const Failure& failure) {
    const int position = failure.error.info().position;
    const std::size_t offset =
        position > 0 ? ByteOffset(failure.statement->sql,
                                  static_cast<std::size_t>(position) - 1)
                     : 0;
    return PlaceOf(position > 0 ? failure.statement->At(offset)
                                : failure.statement->mark);
  };
  ErrorInfo info = causes.front()->error.info();
  info.code = ErrorCode::kParseError;
  info.where = place(*causes.front());
  for (std::size_t i = 1; i < std::min(causes.size(), kMaxComplaints); ++i)
    info.others.push_back({causes[i]->error.info().message, place(*causes[i]),
                           causes[i]->error.info().hint});
  throw Error(std::move(info));
}

}  // namespace godwit::state
