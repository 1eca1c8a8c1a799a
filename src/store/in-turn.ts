import { LogHalted } from "./durable.ts";

/**
 * Does one thing after the other, each whatever became of those before. What failed first is thrown at the end; a log that
 * halted before anything else.
 */
export async function inTurn(
  ...steps: readonly (() => Promise<unknown> | undefined)[]
): Promise<void> {
  const failed: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0)
    throw failed.find((error) => error instanceof LogHalted) ?? failed[0];
}
