// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "godwit/error.h"

namespace godwit {
namespace {

using testing::ElementsAre;

class File : public testing::Test {
 protected:
  File() : folder_(testing::TempDir() + "godwit_file_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ + "/sub");
  }
  ~File() override { std::filesystem::remove_all(folder_); }
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }

  std::string folder_;
};

std::string MessageOf(auto&& work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kFileUnreadable);
    return error.what();
  }
  return "no error";
}

TEST_F(File, IsReadByteForByte) {
  const std::string bytes =
      std::string("a\0\r\n", 4) + std::string(100'000, 'x');
  Write("a", bytes);
  EXPECT_EQ(ReadFile(folder_ + "/a"), bytes);
  Write("empty", "");
  EXPECT_EQ(ReadFile(folder_ + "/empty"), "");
  EXPECT_FALSE(ReadFile("/proc/self/status").empty());
}

TEST_F(File, SaysWhyItCannotBeRead) {
  EXPECT_EQ(MessageOf([&] { ReadFile(folder_ + "/b"); }),
            "cannot read " + folder_ + "/b: no such file or directory");
  EXPECT_EQ(MessageOf([&] { ReadFile(folder_ + "/sub"); }),
            "cannot read " + folder_ + "/sub: is a directory");
  std::filesystem::create_symlink("loop", folder_ + "/loop");
  EXPECT_THAT(MessageOf([&] { ReadFile(folder_ + "/loop"); }),
              testing::HasSubstr("/loop: too many"));
  EXPECT_THAT(
      MessageOf([&] { ReadFile(folder_ + "/" + std::string(300, 'x')); }),
      testing::EndsWith(": file name too long"));
  Write("file", "");
  EXPECT_THAT(MessageOf([&] { ReadFile(folder_ + "/file/inside"); }),
              testing::EndsWith(": not a directory"));
  EXPECT_THAT(MessageOf([&] { ReadFile(""); }),
              testing::EndsWith(": no such file or directory"));
}

TEST_F(File, FoldersListTheirFilesSorted) {
  Write("b", "2");
  Write("a", "1");
  std::filesystem::create_directory_symlink(folder_ + "/sub",
                                            folder_ + "/link");
  const auto folder = Folder::Open(folder_);
  ASSERT_TRUE(folder);
  std::vector<std::pair<std::string, bool>> entries;
  for (const Folder::Entry& entry : folder->List())
    entries.emplace_back(entry.name, entry.is_folder);
  EXPECT_THAT(entries,
              ElementsAre(std::pair("a", false), std::pair("b", false),
                          std::pair("link", true), std::pair("sub", true)));
  EXPECT_EQ(folder->Read("b"), "2");
  EXPECT_EQ(MessageOf([&] { folder->Read("c"); }),
            "cannot read " + folder_ + "/c: no such file or directory");
}

TEST_F(File, APipeInAFolderIsNotWaitedFor) {
  ASSERT_EQ(mkfifo((folder_ + "/1_a.sql").c_str(), 0600), 0);
  Write("2_b.sql", "");
  const auto folder = Folder::Open(folder_);
  EXPECT_EQ(MessageOf([&] { folder->Read("1_a.sql"); }),
            "cannot read " + folder_ + "/1_a.sql: it is no regular file");
  EXPECT_EQ(folder->Read("2_b.sql"), "");
}

TEST_F(File, RegularFilesOfAFolderAreReadWholeAtEveryLength) {
  const auto folder = Folder::Open(folder_);
  for (const std::size_t size : {0u, 1u, 16383u, 16384u, 16385u, 100'000u}) {
    const std::string bytes(size, 'x');
    Write("a", bytes);
    EXPECT_EQ(folder->Read("a", true), bytes) << size;
  }
  std::filesystem::create_symlink("a", folder_ + "/link");
  for (const Folder::Entry& entry : folder->List()) {
    EXPECT_EQ(entry.is_regular, entry.name == "a") << entry.name;
  }
}

TEST_F(File, AFolderThatIsNotThereIsNoError) {
  EXPECT_FALSE(Folder::Open(folder_ + "/none"));
  Write("a", "");
  EXPECT_EQ(MessageOf([&] { Folder::Open(folder_ + "/a"); }),
            "cannot read " + folder_ + "/a: not a directory");
}

}  // namespace
}  // namespace godwit
