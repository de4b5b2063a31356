// SPDX-License-Identifier: Apache-2.0
// A notebook with full-text search: notes.db in this folder, or $NOTES_FILE.
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "notebook.h"

namespace {

using notes::Notebook;

constexpr const char* kUsage =
    "usage: notes add TITLE BODY [TAG...]\n"
    "       notes list\n"
    "       notes search WORD...\n"
    "       notes edit ID TITLE BODY\n"
    "       notes delete ID\n";

std::optional<std::int64_t> ParseId(const std::string& text) {
  std::int64_t id = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || stop != end) return std::nullopt;
  return id;
}

void Print(const std::vector<notes::Note>& found) {
  for (const notes::Note& note : found) {
    std::cout << note.id << "  " << note.title;
    if (!note.tags.empty()) std::cout << "  [" << note.tags << "]";
    std::cout << "\n   " << note.body << "\n";
  }
}

int Found(bool found, const std::string& id) {
  if (!found) std::cerr << "notes: there is no note " << id << "\n";
  return found ? 0 : 1;
}

int Run(Notebook& notebook, const std::vector<std::string>& words) {
  const std::string verb = words.empty() ? "" : words[0];
  const auto id = words.size() > 1 ? ParseId(words[1]) : std::nullopt;
  if (verb == "add" && words.size() >= 3) {
    std::cout << "note "
              << notebook.Add(words[1], words[2],
                              {words.begin() + 3, words.end()})
              << "\n";
  } else if (verb == "list" && words.size() == 1) {
    Print(notebook.List());
  } else if (verb == "search" && words.size() >= 2) {
    Print(notebook.Search({words.begin() + 1, words.end()}));
  } else if (verb == "edit" && words.size() == 4 && id) {
    return Found(notebook.Edit(*id, words[2], words[3]), words[1]);
  } else if (verb == "delete" && words.size() == 2 && id) {
    return Found(notebook.Delete(*id), words[1]);
  } else {
    std::cerr << kUsage;
    return 2;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  const char* file = std::getenv("NOTES_FILE");
  Notebook notebook = Notebook::Open(file != nullptr ? file : "notes.db");
  return Run(notebook, {argv + 1, argv + argc});
} catch (const godwit::Error& error) {
  std::cerr << "notes: " << error.what() << "\n";
  return 1;
}
