/** How acts that are wrong in random places came out: each rule that they break is found, and no other. */
export type Mutations = {
  acts: number;
  kept: number;
  found: number;
  missed: number;
  wronglyRefused: number;
};

export const noMutations = (): Mutations => ({
  ...{ acts: 0, kept: 0, found: 0, missed: 0, wronglyRefused: 0 },
});

export function count(
  report: Mutations,
  said: ReadonlySet<string>,
  broken: readonly string[],
): void {
  report.acts++;
  if (said.size === 0) report.kept++;
  for (const rule of broken)
    if (said.has(rule)) report.found++;
    else report.missed++;
  for (const rule of said) if (!broken.includes(rule)) report.wronglyRefused++;
}

export const isSoak = process.env["SOAK"] === "1";

/** `npm run mutations` prints it. */
export function tell(name: string, report: Mutations): void {
  if (!isSoak) return;
  const { acts, kept, found, missed, wronglyRefused } = report;
  process.stdout.write(
    `${name}: ${acts} acts, ${kept} of them without a fault; faults found ${found}, missed ${missed}, wrongly refused ${wronglyRefused}\n`,
  );
}
