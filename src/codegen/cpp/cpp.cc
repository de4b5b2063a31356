// SPDX-License-Identifier: Apache-2.0
#include "codegen/cpp/cpp.h"

#include <algorithm>
#include <set>

#include "codegen/cpp/plan.h"
#include "codegen/naming.h"
#include "codegen/writer.h"
#include "engine/cpp_types.h"

namespace godwit::codegen {

namespace {

using query::Command;
using query::Shape;

constexpr std::size_t kWidth = 80;

std::string ParameterType(const Member& member) {
  const std::string& name = member.type.name;
  if (name == "std::string") return "std::string_view";
  if (member.type.is_small && !name.starts_with("std::optional")) return name;
  return Cat("const ", name, "&");
}

// Starts with a default, so that a struct is never half made.
std::string MemberLine(const Member& member) {
  const std::string& type = member.type.name;
  const bool number = type.starts_with("std::int") ||
                      type.starts_with("std::uint") || type == "float" ||
                      type == "double";
  const bool optional = type.starts_with("std::optional");
  return Cat(type, " ", member.name,
             number                              ? " = 0"
             : type == "bool"                    ? " = false"
             : member.type.is_small && !optional ? "{}"
                                                 : "",
             ";");
}

// A text as C++ takes it, whatever is in it.
std::string RawString(const std::string& text) {
  std::string mark = "sql";
  while (text.find(Cat(")", mark, "\"")) != std::string::npos) mark += '_';
  return Cat("R\"", mark, "(", text, ")", mark, "\"");
}

std::string QuotedString(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string ConstantOf(const Shape& shape) {
  return Cat("k", CamelCase(shape.name));
}

class CppWriter {
 public:
  explicit CppWriter(const Input& input)
      : input_(input), types_(input), plan_(MakePlan(input, types_)) {}

  std::vector<GeneratedFile> Write();

 private:
  bool has_models() const {
    return !plan_.models.empty() || !plan_.enums.empty();
  }
  GeneratedFile ModelsHeader();
  GeneratedFile ModelsSource();
  GeneratedFile Header(const FilePlan& file);
  GeneratedFile Source(const FilePlan& file);

  void Begin(Writer& out, std::string_view source) const;
  void Includes(Writer& out, std::vector<std::string> headers) const;
  void OpenNamespace(Writer& out) const;
  void CloseNamespace(Writer& out) const;
  void Struct(Writer& out, const RowStruct& row) const;
  void EnumFunctions(Writer& out, const schema::EnumType& type) const;

  std::string ReturnType(const Function& function) const;
  void Signature(Writer& out, const Function& function,
                 std::string_view end) const;
  std::vector<std::string> ParameterList(const Function& function) const;
  void Declare(Writer& out, const Function& function) const;
  void Text(Writer& out, const Function& function) const;
  void Readers(Writer& out, const FilePlan& file);
  void Reader(Writer& out, const RowStruct& row, const Shape* shape) const;
  void Body(Writer& out, const Function& function) const;
  void Arguments(Writer& out, const Function& function) const;
  void ManyArguments(Writer& out, const Function& function) const;
  void Rows(Writer& out, const Function& function) const;
  void Fill(Writer& out, const Function& function) const;
  void Batch(Writer& out, const Function& function) const;
  std::string Encoded(const Function& function, std::size_t index,
                      std::string_view prefix) const;
  std::string ReadInto(const Function& function, std::string_view rows,
                       std::string_view row, std::string_view out) const;

  const Input& input_;
  TypeNames types_;
  Plan plan_;
};

void CppWriter::Begin(Writer& out, std::string_view source) const {
  out.Line("// Made by godwit", source.empty() ? "" : " from ", source,
           "; changes in here are lost.");
}

void CppWriter::Includes(Writer& out, std::vector<std::string> headers) const {
  std::ranges::sort(headers);
  std::vector<std::string> quoted;
  for (const std::string& header : headers) {
    if (header.starts_with('<'))
      out.Line("#include ", header);
    else
      quoted.push_back(header);
  }
  if (!quoted.empty() && quoted.size() < headers.size()) out.Blank();
  for (const std::string& header : quoted) out.Line("#include ", header);
  out.Blank();
}

void CppWriter::OpenNamespace(Writer& out) const {
  out.Line("namespace ", input_.name_space, " {");
  out.Blank();
}

void CppWriter::CloseNamespace(Writer& out) const {
  out.Line("}  // namespace ", input_.name_space);
}

void CppWriter::Struct(Writer& out, const RowStruct& row) const {
  out.Line("struct ", row.name, " {");
  out.Indent();
  for (const Member& member : row.members) out.Line(MemberLine(member));
  if (row.members.size() <= 32)
    out.Line("bool operator==(const ", row.name, "&) const = default;");
  out.Outdent();
  out.Line("};");
  out.Blank();
}

GeneratedFile CppWriter::ModelsHeader() {
  Writer out;
  Begin(out, "the schema");
  out.Line("#pragma once");
  out.Blank();
  std::vector<std::string> headers = plan_.model_headers;
  if (!plan_.enums.empty()) {
    headers.insert(headers.end(), {"<string>", "<string_view>"});
    std::ranges::sort(headers);
    headers.erase(std::unique(headers.begin(), headers.end()), headers.end());
  }
  Includes(out, std::move(headers));
  OpenNamespace(out);
  for (const schema::EnumType* type : plan_.enums) {
    const std::string name = types_.EnumOf(*type);
    UniqueNames names;
    out.Line("enum class ", name, " {");
    out.Indent();
    for (const std::string& label : type->labels)
      out.Line(names.Take(Constant(label)), ",");
    out.Outdent();
    out.Line("};");
    out.Blank();
    out.Line("// The label as the database has it.");
    out.Line("std::string_view ToString(", name, " value);");
    out.Line("// False where the text is no label.");
    out.Line("bool FromString(std::string_view text, ", name, "& value);");
    out.Blank();
  }
  for (const auto& [table, model] : plan_.models) {
    out.Line("// ", table);
    Struct(out, model);
  }
  CloseNamespace(out);
  return {"models.h", out.text()};
}

void CppWriter::EnumFunctions(Writer& out, const schema::EnumType& type) const {
  const std::string name = types_.EnumOf(type);
  UniqueNames names;
  std::vector<std::string> constants;
  for (const std::string& label : type.labels)
    constants.push_back(names.Take(Constant(label)));
  out.Line("std::string_view ToString(", name, " value) {");
  out.Indent();
  out.Line("switch (value) {");
  out.Indent();
  for (std::size_t i = 0; i < constants.size(); ++i) {
    out.Line("case ", name, "::", constants[i], ":");
    out.Line("  return ", QuotedString(type.labels[i]), ";");
  }
  out.Outdent();
  out.Line("}");
  out.Line("return {};");
  out.Outdent();
  out.Line("}");
  out.Blank();
  out.Line("bool FromString(std::string_view text, ", name, "& value) {");
  out.Indent();
  for (std::size_t i = 0; i < constants.size(); ++i) {
    out.Line("if (text == ", QuotedString(type.labels[i]), ") {");
    out.Line("  value = ", name, "::", constants[i], ";");
    out.Line("  return true;");
    out.Line("}");
  }
  out.Line("return false;");
  out.Outdent();
  out.Line("}");
  out.Blank();
}

GeneratedFile CppWriter::ModelsSource() {
  Writer out;
  Begin(out, "the schema");
  out.Line("#include \"models.h\"");
  out.Blank();
  OpenNamespace(out);
  for (const schema::EnumType* type : plan_.enums) EnumFunctions(out, *type);
  CloseNamespace(out);
  return {"models.cc", out.text()};
}

std::string CppWriter::ReturnType(const Function& function) const {
  const std::string& row = function.row_type;
  switch (function.shape->command) {
    case Command::kOne:
      return function.shape->one_row ? row : Cat("std::optional<", row, ">");
    case Command::kMany:
      return Cat("std::vector<", row, ">");
    case Command::kBatchOne:
      return Cat("std::vector<std::optional<", row, ">>");
    case Command::kBatchMany:
      return Cat("std::vector<std::vector<", row, ">>");
    case Command::kExecRows:
    case Command::kExecResult:
    case Command::kExecLastId:
    case Command::kCopyFrom:
      return "std::int64_t";
    default:
      return "void";
  }
}

bool TakesMany(const Function& function) {
  switch (function.shape->command) {
    case Command::kBatchExec:
    case Command::kBatchMany:
    case Command::kBatchOne:
    case Command::kCopyFrom:
      return true;
    default:
      return false;
  }
}

// Several runs take a list, each of a struct or of the one parameter.
std::vector<std::string> CppWriter::ParameterList(
    const Function& function) const {
  std::vector<std::string> list = {"godwit::Executor db"};
  const std::string name = Cat(function.shape->name, "Params");
  if (function.shape->command == Command::kStream) return list;
  if (TakesMany(function)) {
    const bool bare = !function.takes_struct && function.parameters.size() == 1;
    list.push_back(Cat("const std::vector<",
                       bare ? function.parameters[0].type.name : name,
                       ">& each"));
  } else if (function.takes_struct) {
    list.push_back(Cat("const ", name, "& params"));
  } else {
    for (const Member& parameter : function.parameters)
      list.push_back(Cat(ParameterType(parameter), " ", parameter.name));
  }
  return list;
}

void CppWriter::Signature(Writer& out, const Function& function,
                          std::string_view end) const {
  const std::string head =
      Cat(ReturnType(function), " ", function.shape->name, "(");
  const std::vector<std::string> list = ParameterList(function);
  const std::string line = Cat(head, Join(list, ", "), ")", end);
  if (line.size() <= kWidth) return out.Line(line);
  const std::string pad(head.size(), ' ');
  const bool fits = std::ranges::all_of(list, [&](const std::string& item) {
    return head.size() + item.size() + 1 + end.size() <= kWidth;
  });
  if (!fits) {
    out.Line(head);
    for (std::size_t i = 0; i < list.size(); ++i)
      out.Line("    ", list[i], i + 1 < list.size() ? "," : Cat(")", end));
    return;
  }
  for (std::size_t i = 0; i < list.size(); ++i)
    out.Line(i == 0 ? head : pad, list[i],
             i + 1 < list.size() ? "," : Cat(")", end));
}

bool NeedsStruct(const Function& function) {
  return function.takes_struct ||
         (TakesMany(function) && function.parameters.size() != 1);
}

void CppWriter::Declare(Writer& out, const Function& function) const {
  const Shape& shape = *function.shape;
  if (NeedsStruct(function) && !function.parameters.empty())
    Struct(out, {Cat(shape.name, "Params"), function.parameters});
  if (function.row && !function.single) Struct(out, *function.row);
  for (const std::string& comment : shape.comments)
    out.Line(Cat("//", comment.starts_with(' ') || comment.empty() ? "" : " ",
                 comment));
  Signature(out, function, ";");
  out.Blank();
}

GeneratedFile CppWriter::Header(const FilePlan& file) {
  Writer out;
  Begin(out, file.source);
  out.Line("#pragma once");
  out.Blank();
  std::set<std::string> headers(file.headers.begin(), file.headers.end());
  headers.insert("\"godwit/executor.h\"");
  if (has_models()) headers.insert("\"models.h\"");
  for (const Function& function : file.functions) {
    const std::string type = ReturnType(function);
    if (type.find("std::optional") != type.npos) headers.insert("<optional>");
    if (type.find("std::vector") != type.npos) headers.insert("<vector>");
    if (type.find("std::int64_t") != type.npos) headers.insert("<cstdint>");
    if (TakesMany(function)) headers.insert("<vector>");
    if (!function.takes_struct && headers.contains("<string>"))
      headers.insert("<string_view>");
  }
  Includes(out, {headers.begin(), headers.end()});
  OpenNamespace(out);
  for (const Function& function : file.functions) Declare(out, function);
  CloseNamespace(out);
  return {Cat(file.stem, ".h"), out.text()};
}

void CppWriter::Text(Writer& out, const Function& function) const {
  const Shape& shape = *function.shape;
  out.Line("constexpr QueryText ", ConstantOf(shape), " = {");
  out.Line("    ", QuotedString(shape.name), ", ", QuotedString(shape.file),
           ", ", shape.line, ",");
  // The text's own lines must not be indented.
  out.Line("    ", RawString(shape.sql), "};");
  out.Blank();
}

// How a struct is read from the columns that begin at `first`.
void CppWriter::Reader(Writer& out, const RowStruct& row,
                       const Shape* shape) const {
  if (row.members.empty()) {  // SELECT FROM t
    out.Line("void Read(const Rows&, std::size_t, std::size_t, ", row.name,
             "&) {}");
    out.Blank();
    return;
  }
  out.Line("void Read(const Rows& rows, std::size_t row, std::size_t first,");
  out.Line("          ", row.name, "& out) {");
  out.Indent();
  std::size_t column = 0;
  for (const Member& member : row.members) {
    if (member.embed < 0 || shape == nullptr) {
      out.Line("rows.Read(row, first + ", column, ", out.", member.name, ");");
      ++column;
      continue;
    }
    const auto count = static_cast<std::size_t>(std::ranges::count(
        shape->columns, member.embed, &Shape::Column::embed));
    const bool optional =
        shape->embeds[static_cast<std::size_t>(member.embed)].optional;
    if (optional) {
      out.Line("if (HasValue(rows, row, first + ", column, ", ", count, "))");
      out.Line("  Read(rows, row, first + ", column, ", out.", member.name,
               ".emplace());");
    } else {
      out.Line("Read(rows, row, first + ", column, ", out.", member.name, ");");
    }
    column += count;
  }
  out.Outdent();
  out.Line("}");
  out.Blank();
}

void CppWriter::Readers(Writer& out, const FilePlan& file) {
  std::set<std::string> models;
  bool optional = false;
  for (const Function& function : file.functions) {
    for (const auto& [table, model] : plan_.models) {
      if (function.row_type == model.name && !function.row)
        models.insert(table);
      if (!function.row) continue;
      for (const Member& member : function.row->members) {
        if (member.embed < 0) continue;
        const Shape::Embed& embed =
            function.shape->embeds[static_cast<std::size_t>(member.embed)];
        if (embed.table == table) models.insert(table);
        optional = optional || embed.optional;
      }
    }
  }
  if (optional) {
    out.Line("// Whether an outer join has found a row.");
    out.Line(
        "bool HasValue(const Rows& rows, std::size_t row, std::size_t "
        "first,");
    out.Line("              std::size_t count) {");
    out.Line("  for (std::size_t i = first; i < first + count; ++i) {");
    out.Line("    if (!rows.IsNull(row, i)) return true;");
    out.Line("  }");
    out.Line("  return false;");
    out.Line("}");
    out.Blank();
  }
  for (const std::string& table : models)
    Reader(out, plan_.models.at(table), nullptr);
  for (const Function& function : file.functions) {
    if (function.row && !function.single)
      Reader(out, *function.row, function.shape);
  }
}

std::string CppWriter::Encoded(const Function& function, std::size_t index,
                               std::string_view prefix) const {
  const bool list = function.shape->parameters[index].slice &&
                    engine::ListsAreJson(input_.engine);
  return Cat(list ? "EncodeList(" : "Encode(", prefix,
             function.parameters[index].name, ")");
}

void CppWriter::Arguments(Writer& out, const Function& function) const {
  if (function.parameters.empty()) return;
  const std::string_view prefix = function.takes_struct ? "params." : "";
  out.Line("const godwit::Value arguments[] = {");
  for (std::size_t i = 0; i < function.parameters.size(); ++i)
    out.Line("    ", Encoded(function, i, prefix), ",");
  out.Line("};");
}

void CppWriter::ManyArguments(Writer& out, const Function& function) const {
  const bool bare = !NeedsStruct(function);
  out.Line("std::vector<std::vector<godwit::Value>> arguments;");
  out.Line("arguments.reserve(each.size());");
  out.Line("for (const auto& params : each) {");
  out.Indent();
  out.Line("arguments.push_back({");
  for (std::size_t i = 0; i < function.parameters.size(); ++i)
    out.Line("    ", bare ? "Encode(params)" : Encoded(function, i, "params."),
             ",");
  out.Line("});");
  out.Outdent();
  out.Line("}");
}

std::string CppWriter::ReadInto(const Function& function, std::string_view rows,
                                std::string_view row,
                                std::string_view out) const {
  if (!function.single)
    return Cat("Read(", rows, ", ", row, ", 0, ", out, ");");
  const Member& member = function.row->members[0];
  if (member.embed < 0) return Cat(rows, ".Read(", row, ", 0, ", out, ");");
  return Cat("Read(", rows, ", ", row, ", 0, ", out, ");");
}

// Every row into `result`; std::vector<bool> has no references to read into.
void CppWriter::Fill(Writer& out, const Function& function) const {
  const bool bits = function.row_type == "bool";
  out.Line("for (std::size_t i = 0; i < rows.size(); ++i)", bits ? " {" : "");
  if (!bits) {
    out.Line("  ", ReadInto(function, "rows", "i", "result[i]"));
    return;
  }
  out.Line("  bool value = false;");
  out.Line("  ", ReadInto(function, "rows", "i", "value"));
  out.Line("  result[i] = value;");
  out.Line("}");
}

void CppWriter::Rows(Writer& out, const Function& function) const {
  const bool one = function.shape->command == Command::kOne;
  if (one && function.shape->one_row) {
    out.Line(function.row_type, " result{};");
    out.Line(ReadInto(function, "rows", "0", "result"));
    out.Line("return result;");
    return;
  }
  if (one) {
    out.Line("std::optional<", function.row_type, "> result;");
    out.Line("if (rows.size() > 0)");
    out.Line("  ", ReadInto(function, "rows", "0", "result.emplace()"));
    out.Line("return result;");
    return;
  }
  out.Line("std::vector<", function.row_type, "> result(rows.size());");
  Fill(out, function);
  out.Line("return result;");
}

void CppWriter::Batch(Writer& out, const Function& function) const {
  const Command command = function.shape->command;
  ManyArguments(out, function);
  const std::string run =
      Cat("RunEach(db, ", ConstantOf(*function.shape), ", arguments)");
  if (command == Command::kBatchExec) return out.Line(run, ";");
  if (command == Command::kCopyFrom) {
    out.Line("std::int64_t count = 0;");
    out.Line("for (const Rows& rows : ", run, ")");
    out.Line("  count += rows.changed();");
    out.Line("return count;");
    return;
  }
  out.Line(ReturnType(function), " results;");
  out.Line("for (const Rows& rows : ", run, ") {");
  out.Indent();
  if (command == Command::kBatchOne) {
    out.Line("auto& result = results.emplace_back();");
    out.Line("if (rows.size() > 0)");
    out.Line("  ", ReadInto(function, "rows", "0", "result.emplace()"));
  } else {
    out.Line("auto& result = results.emplace_back(rows.size());");
    Fill(out, function);
  }
  out.Outdent();
  out.Line("}");
  out.Line("return results;");
}

void CppWriter::Body(Writer& out, const Function& function) const {
  Signature(out, function, " {");
  out.Indent();
  if (TakesMany(function)) {
    Batch(out, function);
  } else {
    Arguments(out, function);
    const std::string run =
        Cat("Run(db, ", ConstantOf(*function.shape),
            function.parameters.empty() ? ")" : ", arguments)");
    switch (function.shape->command) {
      case Command::kExec:
        out.Line(run, ";");
        break;
      case Command::kExecRows:
      case Command::kExecResult:
        out.Line("return ", run, ".changed();");
        break;
      case Command::kExecLastId:
        out.Line(run, ";");
        out.Line("return godwit::internal::LastInsertId(db);");
        break;
      default:
        out.Line("const Rows rows = ", run, ";");
        Rows(out, function);
    }
  }
  out.Outdent();
  out.Line("}");
  out.Blank();
}

GeneratedFile CppWriter::Source(const FilePlan& file) {
  Writer out;
  Begin(out, file.source);
  out.Line("#include \"", file.stem, ".h\"");
  out.Blank();
  out.Line("#include \"godwit/generated.h\"");
  out.Blank();
  OpenNamespace(out);
  out.Line("namespace {");
  out.Blank();
  out.Line("using godwit::internal::Encode;");
  out.Line("using godwit::internal::EncodeList;");
  out.Line("using godwit::internal::QueryText;");
  out.Line("using godwit::internal::Rows;");
  out.Line("using godwit::internal::Run;");
  out.Line("using godwit::internal::RunEach;");
  out.Blank();
  for (const Function& function : file.functions) Text(out, function);
  Readers(out, file);
  out.Line("}  // namespace");
  out.Blank();
  for (const Function& function : file.functions) Body(out, function);
  CloseNamespace(out);
  return {Cat(file.stem, ".cc"), out.text()};
}

std::vector<GeneratedFile> CppWriter::Write() {
  std::vector<GeneratedFile> files;
  if (has_models()) files.push_back(ModelsHeader());
  if (!plan_.enums.empty()) files.push_back(ModelsSource());
  for (const FilePlan& file : plan_.files) {
    files.push_back(Header(file));
    files.push_back(Source(file));
  }
  return files;
}

}  // namespace

std::vector<GeneratedFile> WriteCpp(const Input& input) {
  return CppWriter(input).Write();
}

}  // namespace godwit::codegen
