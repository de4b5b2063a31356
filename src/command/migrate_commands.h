// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command/command.h"

namespace godwit::command {

int RunUp(const Call& call);
int RunUpTo(const Call& call);
int RunUpByOne(const Call& call);
int RunDown(const Call& call);
int RunDownTo(const Call& call);
int RunReset(const Call& call);
int RunRedo(const Call& call);
int RunGoto(const Call& call);
int RunStatus(const Call& call);
int RunCurrent(const Call& call);
int RunCreate(const Call& call);
int RunVerify(const Call& call);
int RunParse(const Call& call);
int RunBaseline(const Call& call);
int RunForce(const Call& call);
int RunResolve(const Call& call);
int RunAdopt(const Call& call);
int RunHandBack(const Call& call);
int RunFix(const Call& call);
int RunWait(const Call& call);

}  // namespace godwit::command
