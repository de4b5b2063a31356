// SPDX-License-Identifier: Apache-2.0
#include "notebook.h"

#include <godwit/migrator.h>

#include <utility>

namespace notes {
namespace {

std::vector<Note> ReadNotes(const godwit::Result& rows) {
  std::vector<Note> notes;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    notes.push_back(
        {rows.Get<std::int64_t>(row, 0), rows.Get<std::string>(row, 1),
         rows.Get<std::string>(row, 2), rows.Get<std::string>(row, 3)});
  }
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
    const auto id =
        tx.Execute(
              "INSERT INTO notes (title, body) VALUES (?1, ?2) RETURNING id",
              title, body)
            .Get<std::int64_t>(0, 0);
    for (const std::string& tag : tags) {
      tx.Execute("INSERT OR IGNORE INTO tags (note_id, tag) VALUES (?1, ?2)",
                 id, tag);
    }
    return id;
  });
}

bool Notebook::Edit(std::int64_t id, std::string_view title,
                    std::string_view body) {
  return connection_
             .Execute(
                 "UPDATE notes SET title = ?2, body = ?3, updated_at = "
                 "CURRENT_TIMESTAMP"
                 " WHERE id = ?1",
                 id, title, body)
             .changed() > 0;
}

bool Notebook::Delete(std::int64_t id) {
  return connection_.Execute("DELETE FROM notes WHERE id = ?1", id).changed() >
         0;
}

std::vector<Note> Notebook::List() {
  constexpr std::string_view kList = R"(
    SELECT id, title, body, coalesce((SELECT group_concat(tag, ', ') FROM tags WHERE note_id = id), '')
      FROM notes
     ORDER BY updated_at DESC, id DESC)";
  return ReadNotes(connection_.Execute(kList));
}

std::vector<Note> Notebook::Search(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  constexpr std::string_view kSearch = R"(
    SELECT id, notes.title, notes.body,
           coalesce((SELECT group_concat(tag, ', ') FROM tags WHERE note_id = id), '')
      FROM notes_text
      JOIN notes ON id = notes_text.rowid
     WHERE notes_text MATCH ?1
     ORDER BY rank)";
  return ReadNotes(connection_.Execute(kSearch, AsQuery(words)));
}

}  // namespace notes
