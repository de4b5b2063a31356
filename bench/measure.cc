// SPDX-License-Identifier: Apache-2.0
// godwit_measure FILE PROGRAM [ARGUMENT…]: runs the program and writes what it
// took to the file, as JSON: wall time, CPU time and peak memory of it and of
// the children it waited for. A program's peak memory begins with that of the
// process which started it, so that must be as small as this one.
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

extern char** environ;

namespace {

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) / 1e6;
}

int Write(const char* path, double wall, int status, const rusage& usage) {
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) return 127;
  std::fprintf(file,
               "{\"wall\":%.6f,\"cpu\":%.6f,\"peak_kib\":%ld,\"status\":%d}\n",
               wall, Seconds(usage.ru_utime) + Seconds(usage.ru_stime),
               usage.ru_maxrss, WEXITSTATUS(status));
  std::fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: godwit_measure FILE PROGRAM [ARGUMENT...]\n", stderr);
    return 2;
  }
  const auto began = std::chrono::steady_clock::now();
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, argv[2], nullptr, nullptr, argv + 2, environ);
  if (error != 0) {
    std::fprintf(stderr, "%s: %s\n", argv[2], std::strerror(error));
    return 127;
  }
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  const std::chrono::duration<double> wall =
      std::chrono::steady_clock::now() - began;
  return Write(argv[1], wall.count(), status, usage);
}
