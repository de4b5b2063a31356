// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command/command.h"

namespace godwit::cli {

// The tool: all groups, with the project file for settings.
const command::Program& Tool();

// What only the tool has, one file each.
int RunCompletion(const command::Call& call);
int RunDevClean(const command::Call& call);
int RunDevInit(const command::Call& call);
int RunDevStatus(const command::Call& call);
int RunGenerate(const command::Call& call);
int RunQueryAnalyze(const command::Call& call);
int RunQueryCheck(const command::Call& call);
int RunSchemaDiff(const command::Call& call);
int RunSchemaFmt(const command::Call& call);
int RunSchemaInspect(const command::Call& call);
int RunSchemaApply(const command::Call& call);
int RunSchemaNew(const command::Call& call);
int RunSchemaSnapshot(const command::Call& call);
int RunSchemaStatus(const command::Call& call);
int RunSchemaUpdate(const command::Call& call);
int RunVersion(const command::Call& call);

}  // namespace godwit::cli
