// SPDX-License-Identifier: Apache-2.0
#include "codegen/naming.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace godwit::codegen {

namespace {

// [lex.key]; sorted.
constexpr std::string_view kKeywords[] = {
    "alignas",       "alignof",     "and",
    "and_eq",        "asm",         "auto",
    "bitand",        "bitor",       "bool",
    "break",         "case",        "catch",
    "char",          "char16_t",    "char32_t",
    "char8_t",       "class",       "co_await",
    "co_return",     "co_yield",    "compl",
    "concept",       "const",       "const_cast",
    "consteval",     "constexpr",   "constinit",
    "continue",      "decltype",    "default",
    "delete",        "do",          "double",
    "dynamic_cast",  "else",        "enum",
    "explicit",      "export",      "extern",
    "false",         "float",       "for",
    "friend",        "goto",        "if",
    "inline",        "int",         "long",
    "mutable",       "namespace",   "new",
    "noexcept",      "not",         "not_eq",
    "nullptr",       "operator",    "or",
    "or_eq",         "private",     "protected",
    "public",        "register",    "reinterpret_cast",
    "requires",      "return",      "short",
    "signed",        "sizeof",      "static",
    "static_assert", "static_cast", "struct",
    "switch",        "template",    "this",
    "thread_local",  "throw",       "true",
    "try",           "typedef",     "typeid",
    "typename",      "union",       "unsigned",
    "using",         "virtual",     "void",
    "volatile",      "wchar_t",     "while",
    "xor",           "xor_eq"};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string CamelCase(std::string_view name) {
  std::string camel;
  bool start = true;
  for (const char c : name) {
    if (!IsLetter(c) && !IsDigit(c)) {
      start = true;
      continue;
    }
    camel += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    start = false;
  }
  if (camel.empty() || IsDigit(camel[0])) camel.insert(0, "X");
  return camel;
}

std::string Singular(std::string_view name) {
  struct Ending {
    std::string_view plural;
    std::string_view singular;
  };
  // The first that fits; what ends like a plural and is none comes first.
  constexpr Ending kEndings[] = {{"ss", "ss"},
                                 {"us", "us"},
                                 {"is", "is"},
                                 {"news", "news"},
                                 {"series", "series"},
                                 {"data", "data"},
                                 {"media", "media"},
                                 {"people", "person"},
                                 {"children", "child"},
                                 {"statuses", "status"},
                                 {"aliases", "alias"},
                                 {"addresses", "address"},
                                 {"movies", "movie"},
                                 {"ies", "y"},
                                 {"sses", "ss"},
                                 {"xes", "x"},
                                 {"ches", "ch"},
                                 {"shes", "sh"},
                                 {"s", ""}};
  for (const Ending& ending : kEndings) {
    if (name.size() > ending.plural.size() && name.ends_with(ending.plural))
      return Cat(name.substr(0, name.size() - ending.plural.size()),
                 ending.singular);
    if (name == ending.plural && ending.plural.size() > 3)
      return std::string(ending.singular);
  }
  return std::string(name);
}

std::string Constant(std::string_view label) {
  return Cat("k", CamelCase(label));
}

std::string Identifier(std::string_view name, std::string_view otherwise) {
  std::string made;
  for (const char c : name)
    made += IsLetter(c) || IsDigit(c) || c == '_' ? c : '_';
  // Names with underscores at their ends or two in a row are not for programs.
  while (!made.empty() && made.front() == '_') made.erase(0, 1);
  while (!made.empty() && made.back() == '_') made.pop_back();
  for (std::size_t at = made.find("__"); at != made.npos; at = made.find("__"))
    made.erase(at, 1);
  if (made.empty()) made = otherwise;
  if (IsDigit(made[0])) made.insert(0, "n");
  if (std::ranges::binary_search(kKeywords, made)) made += '_';
  return made;
}

std::string UniqueNames::Take(std::string name) {
  std::string unique = name;
  for (int i = 2; !taken_.insert(unique).second; ++i)
    unique = Cat(name, name.ends_with('_') ? "" : "_", i);
  return unique;
}

}  // namespace godwit::codegen
