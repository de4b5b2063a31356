// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit {

namespace {
[[noreturn]] void ThrowUnreadable(const std::string& path, int error) {
  ErrorInfo info;
  info.code = ErrorCode::kFileUnreadable;
  info.message =
      Cat("cannot read ", path, ": ", AsciiLower(std::strerror(error)));
  info.where.file = path;
  throw Error(std::move(info));
}

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// A pipe or a socket in a folder would be waited for, without an end.
void CheckIsFile(int descriptor, const std::string& path) {
  struct stat status = {};
  if (fstat(descriptor, &status) != 0 || S_ISREG(status.st_mode)) return;
  ErrorInfo info;
  info.code = ErrorCode::kFileUnreadable;
  info.message = Cat("cannot read ", path, ": it is no regular file");
  info.where.file = path;
  throw Error(std::move(info));
}

struct Place {
  int folder;
  const std::string& name;
};

// What is known of a file before it is opened.
enum class Kind {
  kRegular,    // it ends where a read is short
  kInAFolder,  // it may be a pipe that nobody meant
  kNamed,      // a pipe that its user named is waited for
};

// `path` is only made for an error.
template <typename Path>
std::string ReadAt(const Place& place, Kind kind, const Path& path) {
  const int flags = kind == Kind::kInAFolder ? O_NONBLOCK : 0;
  const Descriptor file(
      openat(place.folder, place.name.c_str(), O_RDONLY | O_CLOEXEC | flags));
  if (file.get() < 0) ThrowUnreadable(path(), errno);
  // Most files are smaller than this: asking for their size would cost more
  // than it saves. A folder says so when it is read.
  std::array<char, 16384> buffer;
  std::string bytes;
  while (true) {
    const ssize_t got = read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) ThrowUnreadable(path(), errno);
    const auto size = static_cast<std::size_t>(got);
    if (size == 0 && bytes.empty() && kind == Kind::kInAFolder)
      CheckIsFile(file.get(), path());
    bytes.append(buffer.data(), size);
    if (size == 0 || (kind == Kind::kRegular && size < buffer.size()))
      return bytes;
  }
}

// Symbolic links count as what they lead to.
bool IsFolder(int folder, const dirent& entry) {
  if (entry.d_type != DT_LNK && entry.d_type != DT_UNKNOWN)
    return entry.d_type == DT_DIR;
  struct stat status = {};
  return fstatat(folder, entry.d_name, &status, 0) == 0 &&
         S_ISDIR(status.st_mode);
}
}  // namespace

std::string ReadFile(const std::string& path) {
  return ReadAt({AT_FDCWD, path}, Kind::kNamed, [&] { return path; });
}

std::optional<Folder> Folder::Open(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) return Folder(path, descriptor);
  if (errno != ENOENT) ThrowUnreadable(path, errno);
  return std::nullopt;
}

Folder::Folder(Folder&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

Folder::~Folder() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::vector<Folder::Entry> Folder::List() const {
  // fdopendir takes the descriptor for itself.
  const int copy = openat(descriptor_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(
      copy < 0 ? nullptr : fdopendir(copy), closedir);
  if (stream == nullptr) ThrowUnreadable(path_, errno);
  std::vector<Entry> entries;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..")
      entries.push_back({std::string(name), IsFolder(descriptor_, *entry),
                         entry->d_type == DT_REG});
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

std::string Folder::Read(const std::string& name, bool is_regular) const {
  return ReadAt({descriptor_, name},
                is_regular ? Kind::kRegular : Kind::kInAFolder,
                [&] { return PathOf(name); });
}

std::string Folder::PathOf(std::string_view name) const {
  return path_.ends_with('/') ? Cat(path_, name) : Cat(path_, "/", name);
}

}  // namespace godwit
