// SPDX-License-Identifier: Apache-2.0
// Works on lines of pieces. A line has up to three cells: what stands in front,
// an assignment that ends on it, and a comment behind; the latter two stand in
// a column with those of the lines around.
#include "hcl/format.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "hcl/lexer.h"

namespace godwit::hcl {

namespace {

using Kind = TokenKind;

// A token, or a whole text in quotes or heredoc.
struct Piece {
  Kind kind = Kind::kEnd;
  std::string_view text;
};

struct Line {
  std::vector<Piece> lead;
  std::vector<Piece> assign;
  std::string_view comment;
  int indent = 0;

  bool Ends() const {  // with lines of its own, so that no column goes on
    return std::ranges::any_of(assign, [](const Piece& piece) {
      return piece.text.find('\n') != std::string_view::npos;
    });
  }
};

// +1 for what opens, -1 for what closes.
int Depth(const Piece& piece) {
  switch (piece.kind) {
    case Kind::kOpenBrace:
    case Kind::kOpenBracket:
    case Kind::kOpenParen:
      return 1;
    case Kind::kCloseBrace:
    case Kind::kCloseBracket:
    case Kind::kCloseParen:
      return -1;
    default:
      return 0;
  }
}

bool IsName(const Piece& piece) {
  return piece.kind == Kind::kIdentifier && piece.text != "in" &&
         piece.text != "if";
}

// Whether a value ends with it, so that `-` behind it subtracts.
bool EndsValue(const Piece& piece) {
  switch (piece.kind) {
    case Kind::kNumber:
    case Kind::kOpenQuote:
    case Kind::kCloseBrace:
    case Kind::kCloseBracket:
    case Kind::kCloseParen:
      return true;
    default:
      return IsName(piece);
  }
}

// Whether a blank stands between the piece and the next.
bool HasBlank(const Piece* before, const Piece& piece, const Piece& next) {
  if (next.kind == Kind::kComma || next.kind == Kind::kEllipsis ||
      next.kind == Kind::kDot || piece.kind == Kind::kDot ||
      piece.kind == Kind::kBang)
    return false;
  if (piece.kind == Kind::kOpenBrace) return next.kind != Kind::kCloseBrace;
  if (next.kind == Kind::kCloseBrace) return true;
  if (piece.kind == Kind::kOpenBracket || piece.kind == Kind::kOpenParen ||
      next.kind == Kind::kCloseBracket || next.kind == Kind::kCloseParen)
    return false;
  if (next.kind == Kind::kOpenParen) return !IsName(piece);
  if (next.kind == Kind::kOpenBracket) return !EndsValue(piece);
  if (piece.kind == Kind::kMinus) return before && EndsValue(*before);
  return true;
}

std::string Text(const std::vector<Piece>& pieces) {
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    out += pieces[i].text;
    if (i + 1 < pieces.size() &&
        HasBlank(i > 0 ? &pieces[i - 1] : nullptr, pieces[i], pieces[i + 1]))
      out += ' ';
  }
  return out;
}

class Formatter {
 public:
  explicit Formatter(const Source& source) : source_(source) {
    std::vector<Diagnostic> none;
    tokens_ = Scan(source, none);
  }

  std::string Format() {
    Split();
    IndentLines();
    for (Line& line : lines_) FindAssignment(line);
    return Write();
  }

 private:
  // The text from this token to the one that closes it, in whatever depth.
  Piece TakeWhole(std::size_t& at) {
    const Kind kind = tokens_[at].kind;
    const std::uint32_t begin = tokens_[at].span.begin;
    int depth = 0;
    for (; tokens_[at].kind != Kind::kEnd; ++at) {
      const Kind each = tokens_[at].kind;
      if (each == Kind::kOpenQuote || each == Kind::kOpenHeredoc) ++depth;
      if ((each == Kind::kCloseQuote || each == Kind::kCloseHeredoc) &&
          --depth == 0)
        break;
    }
    return {kind, source_.Text({begin, tokens_[at].span.end})};
  }

  void Split() {
    Line line;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const Token& token = tokens_[at];
      std::string_view text = source_.Text(token.span);
      if (token.kind == Kind::kEnd) break;
      if (token.kind == Kind::kOpenQuote || token.kind == Kind::kOpenHeredoc) {
        line.lead.push_back(TakeWhole(at));
      } else if (token.kind == Kind::kNewline) {
        lines_.push_back(std::exchange(line, {}));
      } else if (token.kind == Kind::kComment && !text.starts_with("/*")) {
        while (text.ends_with('\n') || text.ends_with('\r') ||
               text.ends_with(' ') || text.ends_with('\t'))
          text.remove_suffix(1);
        if (line.lead.empty()) {
          line.lead.push_back({Kind::kComment, text});
        } else {
          line.comment = text;
        }
        lines_.push_back(std::exchange(line, {}));
      } else {
        line.lead.push_back({token.kind, text});
      }
    }
    if (!line.lead.empty()) lines_.push_back(std::move(line));
  }

  // However many brackets a line opens, what follows is one level deeper.
  void IndentLines() {
    std::vector<int> open;
    for (Line& line : lines_) {
      int net = 0;
      for (const Piece& piece : line.lead) net += Depth(piece);
      if (net < 0) {
        int closed = -net;
        while (closed > 0 && !open.empty()) {
          const int level = std::min(closed, open.back());
          closed -= level;
          open.back() -= level;
          if (open.back() == 0) open.pop_back();
        }
      }
      line.indent = static_cast<int>(open.size());
      if (net > 0) open.push_back(net);
    }
  }

  // From the first `=` on, where what opens behind it closes on the line.
  static void FindAssignment(Line& line) {
    const auto equals =
        std::ranges::find(line.lead, Kind::kAssign, &Piece::kind);
    if (equals == line.lead.end() || equals == line.lead.begin()) return;
    int net = 0;
    for (auto at = equals; at != line.lead.end(); ++at) net += Depth(*at);
    if (net != 0) return;
    line.assign.assign(equals, line.lead.end());
    line.lead.erase(equals, line.lead.end());
  }

  // Up to which line, from `first` on, all have the cell.
  template <typename F>
  std::size_t RunEnd(std::size_t first, F has) const {
    std::size_t end = first;
    while (end < lines_.size() && has(lines_[end])) {
      ++end;
      if (lines_[end - 1].Ends()) break;
    }
    return end;
  }

  std::string Write() {
    std::vector<std::string> texts(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!lines_[i].lead.empty())
        texts[i] =
            std::string(2 * static_cast<std::size_t>(lines_[i].indent), ' ') +
            Text(lines_[i].lead);
    }
    Align(
        texts, [](const Line& line) { return !line.assign.empty(); },
        [](const Line& line) { return Text(line.assign); });
    Align(
        texts, [](const Line& line) { return !line.comment.empty(); },
        [](const Line& line) { return std::string(line.comment); });
    std::string out;
    for (const std::string& text : texts) out += text + '\n';
    return out;
  }

  // Puts the cells of neighbouring lines into one column.
  template <typename Has, typename Cell>
  void Align(std::vector<std::string>& texts, Has has, Cell cell) const {
    for (std::size_t i = 0; i < lines_.size();) {
      if (!has(lines_[i])) {
        ++i;
        continue;
      }
      const std::size_t end = RunEnd(i, has);
      std::size_t width = 0;
      for (std::size_t at = i; at < end; ++at)
        width = std::max(width, CodePoints(texts[at]));
      for (; i < end; ++i) {
        texts[i].append(width + 1 - CodePoints(texts[i]), ' ');
        texts[i] += cell(lines_[i]);
      }
    }
  }

  const Source& source_;
  std::vector<Token> tokens_;
  std::vector<Line> lines_;
};

}  // namespace

std::string Format(const Source& source) {
  return Formatter(source).Format();
}

}  // namespace godwit::hcl
