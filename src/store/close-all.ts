/** Ends one thing after the other, each whatever became of those before; what failed first is thrown at the end. */
export async function closeAll(
  ...ends: readonly (() => Promise<unknown> | undefined)[]
): Promise<void> {
  const failed: unknown[] = [];
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}
