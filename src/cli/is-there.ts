import { promises as fs } from "node:fs";

/** Whether something lies at a path that this account may reach. */
export function isThere(path: string): Promise<boolean> {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}
