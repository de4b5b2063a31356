// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <new>
#include <ostream>

#include "base/text.h"
#include "command/command.h"
#include "command/error_report.h"
#include "command/exit_status.h"

namespace godwit::command {

namespace {

// The modules below name the tool where they say what to do next; the user has
// the program in front of them.
ErrorInfo InWordsOf(const Program& program, ErrorInfo info) {
  constexpr std::string_view kTool = "'godwit migrate ";
  const std::string own = Cat("'", program.Called("migrate"), " ");
  for (std::size_t at = info.help.find(kTool); at != info.help.npos;
       at = info.help.find(kTool, at + own.size()))
    info.help.replace(at, kTool.size(), own);
  return info;
}

// The words may be what is wrong, so that flags are looked for by hand.
bool Given(std::span<const std::string> words, std::string_view flag) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word == flag || word.starts_with(Cat(flag, '='));
  });
}

Terminal LookAt(const Output& output, std::span<const std::string> words) {
  return output.is_own ? Terminal{}
                       : Terminal::Look(Given(words, "--no-color"));
}

int Report(const Program& program, std::span<const std::string> words,
           const Output& output, const Error& error) {
  const ErrorInfo info = InWordsOf(program, error.info());
  if (Given(words, "--json")) output.out << ErrorJson(info) << '\n';
  output.out.flush();
  output.err << ShowError(program.name, info, LookAt(output, words));
  output.err.flush();
  return ExitStatus(error);
}

}  // namespace

int Run(const Program& program, std::span<const std::string> words,
        const Output& output) {
  try {
    const Invocation invocation = ParseArguments(program, words);
    int status = kDone;
    if (!invocation.command || invocation.flags.help) {
      output.out << HelpText(program, invocation.group, invocation.command);
    } else {
      const Terminal terminal = LookAt(output, words);
      status = invocation.command->run(
          {program, invocation.flags, terminal, output.out, output.err});
    }
    output.out.flush();
    return status;
  } catch (const Error& error) {
    return Report(program, words, output, error);
  } catch (const std::bad_alloc&) {
    return Report(program, words, output,
                  Error(ErrorCode::kInternal, "out of memory"));
  } catch (const std::exception& error) {
    return Report(program, words, output,
                  Error(ErrorCode::kInternal, error.what()));
  }
}

}  // namespace godwit::command
