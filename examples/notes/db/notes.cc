// Made by godwit from queries/notes.sql; changes in here are lost.
#include "notes.h"

#include "godwit/generated.h"

namespace notes::db {

namespace {

using godwit::internal::Add;
using godwit::internal::Arguments;
using godwit::internal::CopyEach;
using godwit::internal::Execute;
using godwit::internal::QueryText;
using godwit::internal::Rows;
using godwit::internal::Run;
using godwit::internal::RunEach;
using godwit::internal::RunStream;

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

void Read(const Rows& rows, std::size_t first, ListNotesRow& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.title);
  rows.Read(first + 2, out.body);
  rows.Read(first + 3, out.tags);
}

void Read(const Rows& rows, std::size_t first, SearchNotesRow& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.title);
  rows.Read(first + 2, out.body);
  rows.Read(first + 3, out.tags);
}

}  // namespace

std::int64_t AddNote(godwit::Executor db,
                     std::string_view title,
                     std::string_view body) {
  Rows rows = Run(db, kAddNote, title, body);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

void AddTag(godwit::Executor db, std::int64_t note_id, std::string_view tag) {
  Execute(db, kAddTag, note_id, tag);
}

std::int64_t EditNote(godwit::Executor db, const EditNoteParams& params) {
  return Execute(db, kEditNote, params.title, params.body, params.id);
}

std::int64_t DeleteNote(godwit::Executor db, std::int64_t id) {
  return Execute(db, kDeleteNote, id);
}

std::vector<ListNotesRow> ListNotes(godwit::Executor db) {
  Rows rows = Run(db, kListNotes);
  std::vector<ListNotesRow> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

std::vector<SearchNotesRow> SearchNotes(godwit::Executor db,
                                        std::string_view words) {
  Rows rows = Run(db, kSearchNotes, words);
  std::vector<SearchNotesRow> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

}  // namespace notes::db
