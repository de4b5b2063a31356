// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

void AppendJsonText(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // Line ends of Unicode, which JavaScript takes for its own.
    if (text.substr(i, 2) == "\xE2\x80" && i + 2 < text.size() &&
        (text[i + 2] == '\xA8' || text[i + 2] == '\xA9')) {
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += text[i];
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x20 || c == '<' || c == '>' || c == '&') {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      out += escape;
    } else {
      out += text[i];
    }
  }
  out += '"';
}

void AppendJson(std::string& out, const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      out += "null";
      return;
    case ValueKind::kBool:
      out += value.truth() ? "true" : "false";
      return;
    case ValueKind::kNumber:
      out += value.number().ToText();
      return;
    case ValueKind::kString:
      AppendJsonText(out, value.text());
      return;
    case ValueKind::kCapsule:
      throw ValueError{Cat("a ", value.capsule()->kind(), " is no JSON")};
    default:
      break;
  }
  const bool is_object = value.IsMapping();
  out += is_object ? '{' : '[';
  for (std::size_t i = 0; i < value.elements().size(); ++i) {
    if (i > 0) out += ',';
    if (is_object) {
      AppendJsonText(out, value.keys()[i]);
      out += ':';
    }
    AppendJson(out, value.elements()[i]);
  }
  out += is_object ? '}' : ']';
}

// Builds a value while the text is read; numbers keep their digits.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return Add(Value()); }
  bool boolean(bool truth) override { return Add(Value::Bool(truth)); }
  bool number_integer(number_integer_t number) override {
    return Add(Value::Of(Number(number)));
  }
  bool number_unsigned(number_unsigned_t number) override {
    return Add(Value::Of(*Number::Parse(std::to_string(number))));
  }
  bool number_float(number_float_t, const string_t& digits) override {
    return Add(Value::Of(Number::Parse(digits).value_or(Number())));
  }
  bool string(string_t& text) override { return Add(Value::Of(text)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(true); }
  bool start_array(std::size_t) override { return Open(false); }
  bool key(string_t& text) override {
    open_.back().key = text;
    return true;
  }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t place, const std::string&,
                   const nlohmann::json::exception&) override {
    throw ValueError{Cat("the text is no JSON at its byte ", place)};
  }

  Value Take() { return std::move(result_); }

 private:
  struct Level {
    bool is_object = false;
    std::string key;
    std::vector<Value> elements;
    std::vector<std::pair<std::string, Value>> attributes;
  };

  bool Open(bool is_object) {
    if (open_.size() >= 200) throw ValueError{"the value is nested too deep"};
    open_.push_back({is_object, {}, {}, {}});
    return true;
  }

  bool Close() {
    Level level = std::move(open_.back());
    open_.pop_back();
    return Add(level.is_object ? Value::Object(std::move(level.attributes))
                               : Value::Tuple(std::move(level.elements)));
  }

  bool Add(Value value) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back().is_object) {
      open_.back().attributes.emplace_back(open_.back().key, std::move(value));
    } else {
      open_.back().elements.push_back(std::move(value));
    }
    return true;
  }

  std::vector<Level> open_;
  Value result_;
};

Value JsonEncode(Arguments a, Budget&) {
  return Value::Of(ToJson(a[0]));
}

Value JsonDecode(Arguments a, Budget&) {
  Builder builder;
  nlohmann::json::sax_parse(ToString(a[0]), &builder);
  return builder.Take();
}

// Rows of fields: between commas, or in quotes where `""` is one.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {}

  bool ReadRow(std::vector<std::string>& row) {
    while (rest_.starts_with('\n') || rest_.starts_with("\r\n"))
      rest_.remove_prefix(rest_.find('\n') + 1);
    if (rest_.empty()) return false;
    row.clear();
    do {
      row.push_back(rest_.starts_with('"') ? ReadQuoted() : ReadPlain());
    } while (TakeComma());
    if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
    if (!rest_.empty() && rest_.front() != '\n')
      throw ValueError{"behind a quoted field there is a comma or a line end"};
    return true;
  }

 private:
  bool TakeComma() {
    if (!rest_.starts_with(',')) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string ReadPlain() {
    std::string_view field = rest_.substr(0, rest_.find_first_of(",\n"));
    if (field.ends_with('\r')) field.remove_suffix(1);
    if (field.find('"') != std::string_view::npos)
      throw ValueError{"a quote stands in a field without quotes around it"};
    rest_.remove_prefix(field.size());
    return std::string(field);
  }

  std::string ReadQuoted() {
    std::string out;
    for (rest_.remove_prefix(1);; rest_.remove_prefix(1)) {
      const std::size_t quote = rest_.find('"');
      if (quote == std::string_view::npos)
        throw ValueError{"a quoted field is never closed"};
      out += rest_.substr(0, quote);
      rest_.remove_prefix(quote + 1);
      if (!rest_.starts_with('"')) return out;
      out += '"';
    }
  }

  std::string_view rest_;
};

Value CsvDecode(Arguments a, Budget& budget) {
  const std::string text = ToString(a[0]);
  CsvReader reader(text);
  std::vector<std::string> head;
  if (!reader.ReadRow(head)) throw ValueError{"there is no line of names"};
  std::vector<Value> rows;
  for (std::vector<std::string> row; reader.ReadRow(row);) {
    budget.Spend(head.size());
    if (row.size() != head.size())
      throw ValueError{Cat("row ", rows.size() + 1, " has ", row.size(),
                           " fields, and ", head.size(), " have names")};
    std::vector<std::pair<std::string, Value>> fields;
    for (std::size_t i = 0; i < row.size(); ++i)
      fields.emplace_back(head[i], Value::Of(std::move(row[i])));
    rows.push_back(Value::Object(std::move(fields)));
  }
  return Value::List(std::move(rows));
}

}  // namespace

std::string ToJson(const Value& value) {
  std::string out;
  AppendJson(out, value);
  return out;
}

std::vector<Function> JsonFunctions() {
  return {{"jsonencode", 1, 1, true, JsonEncode},
          {"jsondecode", 1, 1, false, JsonDecode},
          {"csvdecode", 1, 1, false, CsvDecode}};
}

}  // namespace godwit::hcl
