import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest on two cores, longest first: none of these begins when all others have ended. */
const LONG = [
  "test/outside.pg.test.ts",
  "test/scenarios/several-gateways.test.ts",
  "test/scenarios/ten-minutes.test.ts",
  "test/scenarios/contributor.test.ts",
  "test/scenarios/refusals.test.ts",
  "test/scenarios/citizen.test.ts",
  "test/simulation/small-office.pg.test.ts",
  "test/scenarios/cases-of-authorisation.test.ts",
  "src/gateway/killed.pg.test.ts",
  "test/garbage.test.ts",
  "test/scenarios/log-key.test.ts",
  "test/scenarios/mirror.test.ts",
  "src/log/parsers.test.ts",
  "test/scenarios/check-page.test.ts",
  "test/scenarios/witness.test.ts",
  "test/scenarios/ledger.test.ts",
];

/**
 * The order of the files: the longest, then one of those that mostly wait (for processes, clocks and the disk) by turns with
 * some that mostly compute, so that the processor is never idle in one half of a run and fought over in the other.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(
    files: TestSpecification[],
  ): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = sorted
      .filter((file) => placeOf(file) >= 0)
      .toSorted((a, b) => placeOf(a) - placeOf(b));
    const others = sorted.filter((file) => placeOf(file) < 0);
    const waiting = others.filter(waits);
    const computing = others.filter((file) => !waits(file));
    const turns = [...placed(waiting), ...placed(computing)];
    turns.sort((a, b) => a.at - b.at);
    return [...long, ...turns.map(({ file }) => file)];
  }
}

const placeOf = ({ moduleId }: TestSpecification): number =>
  LONG.findIndex((name) => moduleId.endsWith(`/${name}`));

const waits = ({ moduleId, project }: TestSpecification): boolean =>
  project.name === "postgres" || moduleId.includes("/test/scenarios/");

/** Where in a run, from 0 to 1, each of a row would begin. */
const placed = (files: readonly TestSpecification[]) =>
  files.map((file, index) => ({ file, at: index / files.length }));
