import fc from "fast-check";

/** Under `npm run soak` properties run longer and from a fresh seed; in CI they have their small share. */
const seed = process.env["SOAK_SEED"];
if (process.env["SOAK"] === "1") {
  fc.configureGlobal({
    numRuns: 2_000,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  });
}
