// Made by godwit from queries/notes.sql; changes in here are lost.
#include "notes.h"

#include "godwit/generated.h"

namespace notes::db {

namespace {

using godwit::internal::Encode;
using godwit::internal::EncodeList;
using godwit::internal::QueryText;
using godwit::internal::Rows;
using godwit::internal::Run;
using godwit::internal::RunEach;

constexpr QueryText kAddNote = {
    "AddNote", "queries/notes.sql", 2,
    R"sql(INSERT INTO notes (title, body) VALUES (?1, ?2) RETURNING id)sql"};

constexpr QueryText kAddTag = {
    "AddTag", "queries/notes.sql", 6,
    R"sql(INSERT OR IGNORE INTO tags (note_id, tag) VALUES (?1, ?2))sql"};

constexpr QueryText kEditNote = {
    "EditNote", "queries/notes.sql", 9,
    R"sql(UPDATE notes SET title = ?1, body = ?2, updated_at = CURRENT_TIMESTAMP
 WHERE id = ?3)sql"};

constexpr QueryText kDeleteNote = {
    "DeleteNote", "queries/notes.sql", 13,
    R"sql(DELETE FROM notes WHERE id = ?1)sql"};

constexpr QueryText kListNotes = {
    "ListNotes", "queries/notes.sql", 17,
    R"sql(SELECT id, title, body,
       coalesce((SELECT group_concat(tag, ', ') FROM tags WHERE note_id = id), '') AS tags
  FROM notes
 ORDER BY updated_at DESC, id DESC)sql"};

constexpr QueryText kSearchNotes = {
    "SearchNotes", "queries/notes.sql", 24,
    R"sql(SELECT id, notes.title, notes.body,
       coalesce((SELECT group_concat(tag, ', ') FROM tags WHERE note_id = id), '') AS tags
  FROM notes_text
  JOIN notes ON id = notes_text.rowid
 WHERE notes_text MATCH ?1
 ORDER BY rank)sql"};

void Read(const Rows& rows, std::size_t row, std::size_t first,
          ListNotesRow& out) {
  rows.Read(row, first + 0, out.id);
  rows.Read(row, first + 1, out.title);
  rows.Read(row, first + 2, out.body);
  rows.Read(row, first + 3, out.tags);
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          SearchNotesRow& out) {
  rows.Read(row, first + 0, out.id);
  rows.Read(row, first + 1, out.title);
  rows.Read(row, first + 2, out.body);
  rows.Read(row, first + 3, out.tags);
}

}  // namespace

std::int64_t AddNote(godwit::Executor db,
                     std::string_view title,
                     std::string_view body) {
  const godwit::Value arguments[] = {
      Encode(title),
      Encode(body),
  };
  const Rows rows = Run(db, kAddNote, arguments);
  std::int64_t result{};
  rows.Read(0, 0, result);
  return result;
}

void AddTag(godwit::Executor db, std::int64_t note_id, std::string_view tag) {
  const godwit::Value arguments[] = {
      Encode(note_id),
      Encode(tag),
  };
  Run(db, kAddTag, arguments);
}

std::int64_t EditNote(godwit::Executor db, const EditNoteParams& params) {
  const godwit::Value arguments[] = {
      Encode(params.title),
      Encode(params.body),
      Encode(params.id),
  };
  return Run(db, kEditNote, arguments).changed();
}

std::int64_t DeleteNote(godwit::Executor db, std::int64_t id) {
  const godwit::Value arguments[] = {
      Encode(id),
  };
  return Run(db, kDeleteNote, arguments).changed();
}

std::vector<ListNotesRow> ListNotes(godwit::Executor db) {
  const Rows rows = Run(db, kListNotes);
  std::vector<ListNotesRow> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    Read(rows, i, 0, result[i]);
  return result;
}

std::vector<SearchNotesRow> SearchNotes(godwit::Executor db,
                                        std::string_view words) {
  const godwit::Value arguments[] = {
      Encode(words),
  };
  const Rows rows = Run(db, kSearchNotes, arguments);
  std::vector<SearchNotesRow> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    Read(rows, i, 0, result[i]);
  return result;
}

}  // namespace notes::db
