// SPDX-License-Identifier: Apache-2.0
// godwit_runtime_bench ENGINE DATABASE ROUNDS: does each task by hand and by
// generated code in turns, and prints a line a round as JSON.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>

#include "contest.h"

namespace {

double CpuMicroseconds() {
  return static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC;
}

// Microseconds of one time: on the clock, and of this process's CPU.
struct Spent {
  double wall = 0;
  double cpu = 0;
};

Spent Measure(const bench::Task& task,
              const std::function<std::int64_t()>& work, std::int64_t& answer) {
  if (task.clear) task.clear();
  const double cpu = CpuMicroseconds();
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < task.times; ++i) answer = work();
  const std::chrono::duration<double, std::micro> wall =
      std::chrono::steady_clock::now() - began;
  return {wall.count() / task.times, (CpuMicroseconds() - cpu) / task.times};
}

void Round(const bench::Task& task, bool hand_first) {
  Spent spent[2];
  std::int64_t answers[2] = {};
  for (const bool hand : {hand_first, !hand_first})
    spent[hand ? 0 : 1] = Measure(task, hand ? task.by_hand : task.generated,
                                  answers[hand ? 0 : 1]);
  if (answers[0] != answers[1]) {
    std::fprintf(stderr, "%s: %lld by hand, %lld generated\n",
                 task.name.c_str(), static_cast<long long>(answers[0]),
                 static_cast<long long>(answers[1]));
    std::exit(1);
  }
  std::printf(
      "{\"task\":\"%s\",\"hand\":%.4f,\"generated\":%.4f,\"hand_cpu\":%.4f,"
      "\"generated_cpu\":%.4f}\n",
      task.name.c_str(), spent[0].wall, spent[1].wall, spent[0].cpu,
      spent[1].cpu);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: godwit_runtime_bench ENGINE DATABASE ROUNDS\n", stderr);
    return 2;
  }
  try {
    const bool postgres = std::strcmp(argv[1], "postgresql") == 0;
    const std::vector<bench::Task> tasks =
        postgres ? bench::PostgresTasks(argv[2]) : bench::SqliteTasks(argv[2]);
    for (int round = 0; round < std::atoi(argv[3]); ++round) {
      for (const bench::Task& task : tasks) Round(task, round % 2 == 0);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "godwit_runtime_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
