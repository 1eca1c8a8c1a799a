import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

const databaseTests = ["src/**/*.pg.test.ts", "test/**/*.pg.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    // Stories mostly wait: with one worker less than cores, as is the default, two cores are idle most of the time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    setupFiles: ["test/soak.ts"],
    // A machine of two cores that also runs PostgreSQL and a browser; a test that hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: [
            "src/**/*.test.ts",
            "src/**/*.test.tsx",
            "test/**/*.test.ts",
          ],
          exclude: databaseTests,
          globalSetup: ["test/run-folder-setup.ts"],
        },
      },
      {
        // A run without these files starts no PostgreSQL.
        extends: true,
        test: {
          name: "postgres",
          include: databaseTests,
          globalSetup: ["test/postgres-setup.ts"],
        },
      },
    ],
  },
});
