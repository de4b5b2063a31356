// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/error_report.h"
#include "cli/exit_status.h"
#include "cli/process_title.h"

namespace {

int Report(const godwit::Error& error, const std::vector<std::string>& words) {
  using namespace godwit::cli;
  const auto given = [&](std::string_view flag) {
    return std::find(words.begin(), words.end(), flag) != words.end();
  };
  const bool json =
      std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return word == "--json" || word.starts_with("--json=");
      });
  if (json) std::cout << ErrorJson(error.info()) << '\n';
  std::cout.flush();
  std::cerr << ShowError(error.info(), Terminal::Look(given("--no-color")));
  return ExitStatus(error);
}

}  // namespace

int main(int count, char** arguments) {
  using namespace godwit;
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> words(arguments + 1, arguments + count);
  cli::HideDsns(count, arguments);
  try {
    const cli::Invocation invocation = cli::ParseArguments(words);
    if (!invocation.command || invocation.flags.help) {
      std::cout << cli::HelpText(invocation.group, invocation.command);
      return cli::kDone;
    }
    return invocation.command->run(invocation.flags);
  } catch (const Error& error) {
    return Report(error, words);
  } catch (const std::bad_alloc&) {
    return Report(Error(ErrorCode::kInternal, "out of memory"), words);
  } catch (const std::exception& error) {
    return Report(Error(ErrorCode::kInternal, error.what()), words);
  }
}
