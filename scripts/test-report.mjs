import * as fs from "node:fs";

/** A vitest reporter that leaves the facts which `scripts/test.mjs` counts in the file named by VITRINE_TEST_REPORT. */
export default class TestReport {
  onTestRunEnd(modules, unhandledErrors) {
    const report = {
      passed: 0,
      failed: 0,
      skipped: [],
      broken: [],
      unhandled: unhandledErrors.map(firstLine),
    };
    for (const module of modules) {
      // What cannot be loaded, and what a failing hook took with it, has no failed test to show for it.
      for (const place of [module, ...module.children.allSuites()]) {
        const name =
          place === module
            ? module.relativeModuleId
            : `${module.relativeModuleId} > ${place.fullName}`;
        for (const error of place.errors())
          report.broken.push(`${name}: ${firstLine(error)}`);
      }
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === "passed") report.passed += 1;
        else if (state === "skipped")
          report.skipped.push({
            name: `${module.relativeModuleId} > ${test.fullName}`,
            note,
          });
        else report.failed += 1;
      }
    }
    fs.writeFileSync(process.env.VITRINE_TEST_REPORT, JSON.stringify(report));
  }
}

const firstLine = (error) =>
  String(error?.message ?? error)
    .trim()
    .split("\n")[0];
