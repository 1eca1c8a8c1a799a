import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    runFolder: string;
  }
}

/** Vitest's globalSetup: a folder for what the files of a run share. */
export async function setup(
  project: TestProject,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-run-"));
  project.provide("runFolder", folder);
  return () =>
    rm(folder, {
      recursive: true,
      force: true,
      maxRetries: 20,
      retryDelay: 100,
    });
}
