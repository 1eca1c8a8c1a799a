import { defineConfig } from "vitest/config";

const databaseTests = ["src/**/*.pg.test.ts", "test/**/*.pg.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    setupFiles: ["test/soak.ts"],
    // A machine of two cores that also runs PostgreSQL and a browser; a test that hangs still ends.
    testTimeout: 60_000,
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
