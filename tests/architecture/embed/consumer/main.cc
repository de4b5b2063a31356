// SPDX-License-Identifier: Apache-2.0
// `consumer` lists the embedded files, `consumer FOLDER` writes them into one.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/billing/billing_steps.h"
#include "app/db/migrations.h"

int main(int argc, char** argv) {
  for (const godwit::EmbeddedMigration& file : app::db::Migrations().files) {
    std::cout << file.checksum << "  " << file.name << "\n";
    if (argc > 1) {
      std::ofstream out(std::filesystem::path(argv[1]) / file.name,
                        std::ios::binary);
      out.write(file.bytes.data(),
                static_cast<std::streamsize>(file.bytes.size()));
    }
  }
  const godwit::Migrations none = app::billing::BillingSteps();
  std::cout << none.format << " " << none.files.size() << "\n";
}
