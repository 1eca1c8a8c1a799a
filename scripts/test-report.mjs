import * as fs from "node:fs";

/** Vitest ends a test that waits too long, but not a file that never loads, nor a loop that never yields. */
const SILENT_MINUTES_MAX = 10;

/** A vitest reporter that leaves the facts which `scripts/test.mjs` counts in the file named by VITRINE_TEST_REPORT. */
export default class TestReport {
  #running = new Map();
  #lastNews = Date.now();

  onInit() {
    setInterval(() => this.#endIfSilent(), 5_000).unref();
  }

  onTestModuleQueued(module) {
    this.#running.set(module.moduleId, module);
    this.#lastNews = Date.now();
  }

  onTestModuleCollected() {
    this.#lastNews = Date.now();
  }

  onTestCaseResult() {
    this.#lastNews = Date.now();
  }

  onTestModuleEnd(module) {
    this.#running.delete(module.moduleId);
    this.#lastNews = Date.now();
  }

  onTestRunEnd(modules, unhandledErrors) {
    this.#write(modules, unhandledErrors.map(firstLine));
  }

  #endIfSilent() {
    if (Date.now() - this.#lastNews < SILENT_MINUTES_MAX * 60_000) return;
    const names = [...this.#running.values()].map(
      (module) => module.relativeModuleId,
    );
    const silence = `no news for ${SILENT_MINUTES_MAX} minutes from ${names.join(", ")}`;
    this.#write([], [silence]);
    killWorkers();
    process.exit(1);
  }

  #write(modules, unhandled) {
    const report = { passed: 0, failed: 0, skipped: [], broken: [], unhandled };
    for (const module of modules) count(module, report);
    fs.writeFileSync(process.env.VITRINE_TEST_REPORT, JSON.stringify(report));
  }
}

function count(module, report) {
  const file = module.relativeModuleId;
  // What cannot be loaded, and what a failing hook took with it, has no failed test to show for it.
  for (const place of [module, ...module.children.allSuites()]) {
    const name = place === module ? file : `${file} > ${place.fullName}`;
    for (const error of place.errors())
      report.broken.push(`${name}: ${firstLine(error)}`);
  }
  for (const test of module.children.allTests()) {
    const { state, note } = test.result();
    if (state === "passed") report.passed += 1;
    else if (state === "skipped")
      report.skipped.push({ name: `${file} > ${test.fullName}`, note });
    else report.failed += 1;
  }
}

/** A worker in an endless loop does not notice that we end. */
function killWorkers() {
  try {
    const children = fs.readFileSync(
      `/proc/self/task/${process.pid}/children`,
      "utf8",
    );
    for (const pid of children.trim().split(" ").map(Number)) {
      const isWorker = fs
        .readFileSync(`/proc/${pid}/cmdline`, "utf8")
        .includes("vitest");
      if (isWorker) process.kill(pid, "SIGKILL");
    }
  } catch {
    // Not Linux, or the worker has ended meanwhile.
  }
}

const firstLine = (error) =>
  String(error?.message ?? error)
    .trim()
    .split("\n")[0];
