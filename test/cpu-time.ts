/** Processor time of this process for synchronous work, in milliseconds: what else the machine does hardly changes it. */
export function cpuMsOf(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}
