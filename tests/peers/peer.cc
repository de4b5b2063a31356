// SPDX-License-Identifier: Apache-2.0
#include "peer.h"

#include <filesystem>

namespace godwit::peers {
namespace {

using Words = std::vector<std::string>;

std::string Numbered(int version, int width) {
  std::string digits = std::to_string(version);
  return std::string(static_cast<std::size_t>(width) - digits.size(), '0') +
         digits + "_step";
}

bool IsSqlite(const Target& target) {
  return !target.sqlite_file.empty();
}

// The servers of tests listen on a socket, where there is no TLS.
std::string WithoutTls(const Target& target) {
  return target.dsn + "&sslmode=disable";
}

std::vector<File> GooseFile(int version, const std::string& up,
                            const std::string& down) {
  return {{Numbered(version, 5) + ".sql",
           "-- +goose Up\n" + up + "\n\n-- +goose Down\n" + down + "\n"}};
}

Words Goose(const Target& target, const std::string& folder,
            const std::string& verb) {
  return {"-dir", folder, IsSqlite(target) ? "sqlite3" : "postgres",
          IsSqlite(target) ? target.sqlite_file : WithoutTls(target), verb};
}

std::vector<File> Pair(int version, const std::string& up,
                       const std::string& down) {
  return {{Numbered(version, 6) + ".up.sql", up + "\n"},
          {Numbered(version, 6) + ".down.sql", down + "\n"}};
}

Words Migrate(const Target& target, const std::string& folder,
              const Words& verb) {
  Words words = {
      "-path", folder, "-database",
      IsSqlite(target) ? "sqlite://" + target.sqlite_file : WithoutTls(target)};
  words.insert(words.end(), verb.begin(), verb.end());
  return words;
}

std::vector<File> DbmateFile(int version, const std::string& up,
                             const std::string& down) {
  return {{Numbered(version, 3) + ".sql",
           "-- migrate:up\n" + up + "\n\n-- migrate:down\n" + down + "\n"}};
}

Words Dbmate(const Target& target, const std::string& folder,
             const std::string& verb) {
  return {
      "--url",
      IsSqlite(target) ? "sqlite://" + target.sqlite_file : WithoutTls(target),
      "--migrations-dir",
      folder,
      "--no-dump-schema",
      verb};
}

}  // namespace

const std::vector<Peer>& Peers() {
  static const std::vector<Peer> peers = {
      {"goose", "goose", GooseFile,
       [](const Target& t, const std::string& f) { return Goose(t, f, "up"); },
       [](const Target& t, const std::string& f) {
         return Goose(t, f, "down");
       }},
      {"migrate", "golang-migrate", Pair,
       [](const Target& t, const std::string& f) {
         return Migrate(t, f, {"up"});
       },
       [](const Target& t, const std::string& f) {
         return Migrate(t, f, {"down", "1"});
       }},
      {"dbmate", "dbmate", DbmateFile,
       [](const Target& t, const std::string& f) {
         return Dbmate(t, f, "migrate");
       },
       [](const Target& t, const std::string& f) {
         return Dbmate(t, f, "rollback");
       }},
  };
  return peers;
}

std::string ProgramOf(const Peer& peer) {
  const auto path =
      std::filesystem::path(GODWIT_SOURCE_DIR) / ".cache/peers/bin" / peer.name;
  return std::filesystem::exists(path) ? path.string() : "";
}

}  // namespace godwit::peers
