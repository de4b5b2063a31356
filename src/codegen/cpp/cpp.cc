// SPDX-License-Identifier: Apache-2.0
#include "codegen/cpp/cpp.h"

#include <algorithm>
#include <set>

#include "codegen/cpp/plan.h"
#include "codegen/naming.h"
#include "codegen/writer.h"

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
  GeneratedFile Constraints() const;
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
  void Call(Writer& out, std::string_view head, const Function& function,
            std::vector<std::string> first = {}) const;
  void Stream(Writer& out, const Function& function) const;
  void BindEach(Writer& out, const Function& function) const;
  void Rows(Writer& out, const Function& function) const;
  void Fill(Writer& out, const Function& function,
            std::string_view result) const;
  void Batch(Writer& out, const Function& function) const;
  std::string ReadInto(const Function& function, std::string_view out) const;

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
    case Command::kStream:
      return Cat("godwit::Stream<", row, ">");
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

// What has parameters, on as many lines as it takes.
void Head(Writer& out, const std::string& head,
          const std::vector<std::string>& list, std::string_view end) {
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

void CppWriter::Signature(Writer& out, const Function& function,
                          std::string_view end) const {
  Head(out, Cat(ReturnType(function), " ", function.shape->name, "("),
       ParameterList(function), end);
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
  if (std::ranges::any_of(file.functions, [](const Function& function) {
        return function.shape->command == Command::kStream;
      }))
    headers.insert("\"godwit/stream.h\"");
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
  out.Line("    ", RawString(shape.sql), shape.copy.empty() ? "};" : ",");
  if (!shape.copy.empty()) out.Line("    ", RawString(shape.copy), "};");
  out.Blank();
}

// How a struct is read from the columns that begin at `first`.
void CppWriter::Reader(Writer& out, const RowStruct& row,
                       const Shape* shape) const {
  if (row.members.empty()) {  // SELECT FROM t
    out.Line("void Read(const Rows&, std::size_t, ", row.name, "&) {}");
    out.Blank();
    return;
  }
  Head(out, "void Read(",
       {"const Rows& rows", "std::size_t first", Cat(row.name, "& out")}, " {");
  out.Indent();
  std::size_t column = 0;
  for (const Member& member : row.members) {
    if (member.embed < 0 || shape == nullptr) {
      out.Line("rows.Read(first + ", column, ", out.", member.name, ");");
      ++column;
      continue;
    }
    const auto count = static_cast<std::size_t>(std::ranges::count(
        shape->columns, member.embed, &Shape::Column::embed));
    const bool optional =
        shape->embeds[static_cast<std::size_t>(member.embed)].optional;
    if (optional) {
      out.Line("if (HasValue(rows, first + ", column, ", ", count, "))");
      out.Line("  Read(rows, first + ", column, ", out.", member.name,
               ".emplace());");
    } else {
      out.Line("Read(rows, first + ", column, ", out.", member.name, ");");
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
        "bool HasValue(const Rows& rows, std::size_t first, std::size_t "
        "count) {");
    out.Line("  for (std::size_t i = first; i < first + count; ++i) {");
    out.Line("    if (!rows.IsNull(i)) return true;");
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

// The call that runs the query with its arguments, as many on a line as there
// is room for.
void CppWriter::Call(Writer& out, std::string_view head,
                     const Function& function,
                     std::vector<std::string> first) const {
  std::vector<std::string> list = {"db", ConstantOf(*function.shape)};
  list.insert(list.end(), first.begin(), first.end());
  const std::string_view prefix = function.takes_struct ? "params." : "";
  for (const Member& parameter : function.parameters)
    list.push_back(Cat(prefix, parameter.name));
  std::string line = Cat(head, "(");
  const std::string pad(line.size(), ' ');
  constexpr std::size_t kIndent = 2;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string item = Cat(list[i], i + 1 < list.size() ? "," : ");");
    const bool starts = line.back() == '(' || line.back() == ' ';
    if (!starts && kIndent + line.size() + 1 + item.size() > kWidth) {
      out.Line(line);
      line = pad;
    }
    if (!starts && line != pad) line += ' ';
    line += item;
  }
  out.Line(line);
}

std::string CppWriter::ReadInto(const Function& function,
                                std::string_view out) const {
  const bool bare = function.single && function.row->members[0].embed < 0;
  return Cat(bare ? "rows.Read(0, " : "Read(rows, 0, ", out, ");");
}

// Every row into `result`; std::vector<bool> has no references to read into.
void CppWriter::Fill(Writer& out, const Function& function,
                     std::string_view result) const {
  const bool bits = function.row_type == "bool";
  out.Line("while (rows.Next())", bits ? " {" : "");
  if (!bits) {
    out.Line("  ", ReadInto(function, Cat(result, ".emplace_back()")));
    return;
  }
  out.Line("  bool value = false;");
  out.Line("  ", ReadInto(function, "value"));
  out.Line("  ", result, ".push_back(value);");
  out.Line("}");
}

void CppWriter::Rows(Writer& out, const Function& function) const {
  Call(out, "Rows rows = Run", function);
  if (function.shape->command != Command::kOne) {
    out.Line("std::vector<", function.row_type, "> result;");
    out.Line("result.reserve(rows.count());");
    Fill(out, function, "result");
    out.Line("return result;");
    return;
  }
  if (function.shape->one_row) {
    out.Line(function.row_type, " result{};");
    out.Line("rows.First();");
    out.Line(ReadInto(function, "result"));
  } else {
    out.Line("std::optional<", function.row_type, "> result;");
    out.Line("if (rows.Next())");
    out.Line("  ", ReadInto(function, "result.emplace()"));
  }
  out.Line("rows.Finish();");
  out.Line("return result;");
}

void CppWriter::Stream(Writer& out, const Function& function) const {
  out.Line("const auto read = [](Rows& rows, ", function.row_type, "& out) {");
  out.Line("  ", ReadInto(function, "out"));
  out.Line("};");
  Call(out, Cat("return RunStream<", function.row_type, ">"), function,
       {"read"});
}

void CppWriter::BindEach(Writer& out, const Function& function) const {
  out.Line("const auto bind = [&](Arguments& to, std::size_t i) {");
  if (!NeedsStruct(function)) {
    out.Line("  Add(to, each[i]);");
  } else {
    for (const Member& parameter : function.parameters)
      out.Line("  Add(to, each[i].", parameter.name, ");");
  }
  out.Line("};");
}

void CppWriter::Batch(Writer& out, const Function& function) const {
  const Command command = function.shape->command;
  const std::string arguments =
      Cat("Each(db, ", ConstantOf(*function.shape), ", each.size(), bind");
  BindEach(out, function);
  if (command == Command::kBatchExec) return out.Line("Run", arguments, ");");
  if (command == Command::kCopyFrom)
    return out.Line("return Copy", arguments, ");");
  out.Line(ReturnType(function), " results(each.size());");
  out.Line("const auto read = [&](Rows& rows, std::size_t i) {");
  out.Indent();
  if (command == Command::kBatchOne) {
    out.Line("if (rows.Next())");
    out.Line("  ", ReadInto(function, "results[i].emplace()"));
  } else {
    Fill(out, function, "results[i]");
  }
  out.Outdent();
  out.Line("};");
  out.Line("Run", arguments, ", read);");
  out.Line("return results;");
}

void CppWriter::Body(Writer& out, const Function& function) const {
  Signature(out, function, " {");
  out.Indent();
  if (TakesMany(function)) {
    Batch(out, function);
  } else {
    switch (function.shape->command) {
      case Command::kExec:
        Call(out, "Execute", function);
        break;
      case Command::kExecRows:
      case Command::kExecResult:
        Call(out, "return Execute", function);
        break;
      case Command::kExecLastId:
        Call(out, "Execute", function);
        out.Line("return godwit::internal::LastInsertId(db);");
        break;
      case Command::kStream:
        Stream(out, function);
        break;
      default:
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
  for (const std::string_view name :
       {"Add", "Arguments", "CopyEach", "Execute", "QueryText", "Rows", "Run",
        "RunEach", "RunStream"})
    out.Line("using godwit::internal::", name, ";");
  out.Blank();
  for (const Function& function : file.functions) Text(out, function);
  Readers(out, file);
  out.Line("}  // namespace");
  out.Blank();
  for (const Function& function : file.functions) Body(out, function);
  CloseNamespace(out);
  return {Cat(file.stem, ".cc"), out.text()};
}

// The names that an error's constraint() may be; equal ones are one.
GeneratedFile CppWriter::Constraints() const {
  Writer out;
  Begin(out, "the schema");
  out.Line("#pragma once");
  out.Blank();
  Includes(out, {"<string_view>"});
  OpenNamespace(out);
  std::string_view owner;
  std::set<std::string_view> written;
  UniqueNames names;
  for (const schema::ConstraintName& constraint : input_.analyzed.constraints) {
    if (!written.insert(constraint.name).second) continue;
    if (owner != constraint.owner) {
      if (!owner.empty()) out.Blank();
      owner = constraint.owner;
      out.Line("// ", owner);
    }
    const std::string head = Cat("inline constexpr std::string_view ",
                                 names.Take(Constant(constraint.name)), " =");
    const std::string value = Cat(QuotedString(constraint.name), ";");
    if (head.size() + 1 + value.size() <= kWidth) {
      out.Line(head, " ", value);
    } else {
      out.Line(head);
      out.Line("    ", value);
    }
  }
  out.Blank();
  CloseNamespace(out);
  return {"constraints.h", out.text()};
}

std::vector<GeneratedFile> CppWriter::Write() {
  std::vector<GeneratedFile> files;
  if (!input_.analyzed.constraints.empty()) files.push_back(Constraints());
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
