// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "sql/lexicon.h"
#include "sql/splitter.h"

// What a fuzzer calls with each input, libFuzzer's name and shape, so that its
// main can stand in for driver.cc.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace godwit::fuzz {

inline std::string_view TextOf(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Ends the process, as a fuzzer expects it of a finding.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// Statements are views of the text, ascending and disjoint, and each of them is
// one statement by itself.
inline void CheckStatements(std::string_view text,
                            std::span<const sql::StatementView> statements,
                            const sql::Lexicon& lexicon) {
  std::size_t end = 0;
  int line = 1;
  for (const sql::StatementView& statement : statements) {
    Require(!statement.text.empty(), "a statement has a text");
    Require(statement.offset >= end, "statements ascend");
    Require(statement.end() <= text.size(), "statements lie in the text");
    Require(text.data() + statement.offset == statement.text.data(),
            "a statement is a view of the text");
    Require(statement.line >= line && statement.end_line >= statement.line,
            "lines ascend");
    Require(statement.terminated == statement.text.ends_with(';'),
            "only a semicolon ends a statement");
    end = statement.end() + statement.copy_data.size();
    line = statement.end_line;
    const auto again = sql::Split(statement.text, lexicon);
    Require(again.size() == 1 && again[0].text == statement.text,
            "a statement is one statement");
    Require(again[0].traits == statement.traits,
            "a statement has the same traits by itself");
  }
}

}  // namespace godwit::fuzz
