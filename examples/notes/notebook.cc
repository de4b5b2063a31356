// SPDX-License-Identifier: Apache-2.0
#include "notebook.h"

#include <godwit/migrator.h>

#include <utility>

#include "db/notes.h"

namespace notes {
namespace {

// The list's rows and the search's are the same to a reader.
template <typename Row>
std::vector<Note> AsNotes(const std::vector<Row>& rows) {
  std::vector<Note> notes;
  for (const Row& row : rows)
    notes.push_back({row.id, row.title, row.body, row.tags});
  return notes;
}

// FTS5 has a query language of its own; in double quotes a word is only a word.
std::string AsQuery(const std::vector<std::string>& words) {
  std::string query;
  for (const std::string& word : words) {
    query += '"';
    for (const char c : word)
      query += c == '"' ? std::string("\"\"") : std::string(1, c);
    query += "\" ";
  }
  return query;
}

}  // namespace

Notebook Notebook::Open(const std::string& path,
                        const godwit::Migrations& migrations) {
  auto connection = godwit::Connection::Open("sqlite:" + path);
  godwit::Migrate(connection, migrations);
  connection.Execute("PRAGMA foreign_keys = ON");
  return Notebook(std::move(connection));
}

std::int64_t Notebook::Add(std::string_view title, std::string_view body,
                           const std::vector<std::string>& tags) {
  return godwit::Transact(connection_, [&](godwit::Transaction& tx) {
    const std::int64_t id = db::AddNote(tx, title, body);
    for (const std::string& tag : tags) db::AddTag(tx, id, tag);
    return id;
  });
}

bool Notebook::Edit(std::int64_t id, std::string_view title,
                    std::string_view body) {
  return db::EditNote(connection_, {.title = std::string(title),
                                    .body = std::string(body),
                                    .id = id}) > 0;
}

bool Notebook::Delete(std::int64_t id) {
  return db::DeleteNote(connection_, id) > 0;
}

std::vector<Note> Notebook::List() {
  return AsNotes(db::ListNotes(connection_));
}

std::vector<Note> Notebook::Search(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  return AsNotes(db::SearchNotes(connection_, AsQuery(words)));
}

}  // namespace notes
