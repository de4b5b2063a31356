// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <span>

#include "engine/run.h"
#include "migrate/progress.h"
#include "migrate/runner.h"

namespace godwit::migrate {

// Turns what the engine tells of units into what a user hears of migrations.
class Runner::Told final : public engine::Observer {
 public:
  Told(const MigrateOptions& options, const Prepared& prepared,
       std::span<const engine::Unit> units, std::span<const UnitInfo> infos,
       Report& report, std::set<const Migration*>& scripts,
       const Step*& at_work)
      : options_(options),
        prepared_(prepared),
        units_(units),
        infos_(infos),
        report_(report),
        scripts_(scripts),
        at_work_(at_work) {
    WorkOn(0);
  }

  Told(const Told&) = delete;
  Told& operator=(const Told&) = delete;
  ~Told() override { at_work_ = nullptr; }

  void OnStarted(std::size_t unit) override {
    if (infos_[unit].setup || started_ == units_[unit].step) return;
    started_ = units_[unit].step;
    if (IsScript(prepared_.steps[*started_].step)) return;
    Tell(Progress::Kind::kStarted, *started_, {});
  }
  void OnFinished(std::size_t unit,
                  std::chrono::microseconds duration) override {
    WorkOn(unit + 1);
    if (infos_[unit].setup) return;
    took_ += duration;
    if (!infos_[unit].ends_step) return;
    const std::size_t index = units_[unit].step;
    const PreparedStep& prepared = prepared_.steps[index];
    if (IsScript(prepared.step)) {
      scripts_.insert(prepared.step.migration);
      Tell(Progress::Kind::kScript, index, took_);
      took_ = std::chrono::microseconds{0};
      return;
    }
    MigratedStep done;
    done.version = prepared.step.migration ? prepared.step.migration->version
                                           : prepared.step.row.version;
    if (prepared.step.migration) {
      done.name = prepared.step.migration->name;
      done.module = prepared.step.migration->module;
    }
    done.statements = prepared.section ? prepared.runnable.body.size() : 0;
    done.duration = took_;
    (prepared.step.down ? report_.reverted : report_.applied).push_back(done);
    Tell(Progress::Kind::kFinished, index, took_);
    took_ = std::chrono::microseconds{0};
  }

 private:
  static bool IsScript(const Step& step) {
    return step.migration && !step.migration->script.empty();
  }
  // What the server has begun it says late; what follows the last one that it
  // has finished is what it works on.
  void WorkOn(std::size_t unit) {
    const bool is_step = unit < units_.size() && !infos_[unit].setup;
    at_work_ = is_step ? &prepared_.steps[units_[unit].step].step : nullptr;
  }
  void Tell(Progress::Kind kind, std::size_t index,
            std::chrono::microseconds duration) {
    const Step& step = prepared_.steps[index].step;
    Progress progress;
    progress.kind = kind;
    progress.version =
        step.migration ? step.migration->version : step.row.version;
    if (step.migration) {
      progress.name = step.migration->name;
      progress.module = step.migration->module;
    }
    progress.down = step.down;
    for (std::size_t i = 0; i < prepared_.steps.size(); ++i) {
      if (IsScript(prepared_.steps[i].step)) continue;
      ++progress.total;
      if (i <= index) ++progress.number;
    }
    progress.statements = prepared_.steps[index].section
                              ? prepared_.steps[index].runnable.body.size()
                              : 0;
    progress.duration = duration;
    migrate::Tell(options_, progress);
  }

  const MigrateOptions& options_;
  const Prepared& prepared_;
  std::span<const engine::Unit> units_;
  std::span<const UnitInfo> infos_;
  Report& report_;
  std::set<const Migration*>& scripts_;
  const Step*& at_work_;
  std::optional<std::size_t> started_;
  std::chrono::microseconds took_{0};
};

}  // namespace godwit::migrate
