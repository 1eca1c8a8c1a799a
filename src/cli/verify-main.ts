import { parseArgs } from "node:util";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { BEGINS_WITH_HYPHEN } from "./hashes.ts";
import { verifyPlaceOrProof } from "./verify/proof.ts";

const HELP = `vitrine-verify: check a public-data office without trusting it

  node vitrine-verify.mjs PLACE [--genesis HASH] [--policy FILE] [--receipt FILE|DIR]… [--also FILE|DIR]…
       [--entry N]… [--json]
  node vitrine-verify.mjs --proof FILE [--policy FILE] [--entry FILE | --receipt FILE] [--json]

PLACE is the office's address, or a folder with a copy of its logs.
  --genesis HASH   the office's fingerprint, from somebody other than the office
  --policy FILE    witnesses that you trust (a C2SP tlog-policy file)
  --receipt …      receipts whose promises are to be checked
  --also …         checkpoints of this office that were found elsewhere: files,
                   folders of them, mirrors and their addresses; or the place
                   of the log that it follows
  --entry N        when that entry was made, as far as cosignatures say: its
                   number in the register, LOG/NUMBER, or its leaf hash
  --proof FILE     one proof (a C2SP tlog-proof file), checked without any place
  --entry FILE     with --proof: the entry's bytes
  --json           one line of JSON

Example:
  node vitrine-verify.mjs http://127.0.0.1:8080
Ends with 0: no contradiction found, 1: contradictions, 2: could not check.`;

/** `parseArgs` takes a value that begins with a hyphen only where it is joined to its option. */
function joined(args: readonly string[]): string[] {
  const given = [...args];
  for (const [at, option] of [...args.entries()].toReversed())
    if (
      (option === "--genesis" || option === "--entry") &&
      BEGINS_WITH_HYPHEN.test(args[at + 1] ?? "")
    )
      given.splice(at, 2, `${option}=${args[at + 1] ?? ""}`);
  return given;
}

await runCommand(async () => {
  let parsed;
  try {
    parsed = parseArgs({
      args: joined(process.argv.slice(2)),
      allowPositionals: true,
      options: {
        genesis: { type: "string" },
        policy: { type: "string" },
        receipt: { type: "string", multiple: true },
        also: { type: "string", multiple: true },
        proof: { type: "string" },
        entry: { type: "string", multiple: true },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new CouldNot(
      error instanceof Error ? error.message : "Cannot read the arguments",
    );
  }
  const { values, positionals } = parsed;
  const [place, ...more] = positionals;
  if (values.help === true) {
    console.log(HELP);
    return EXIT.done;
  }
  if (more.length > 0 || (place === undefined && values.proof === undefined))
    throw new CouldNot("Cannot verify: want one address or folder, see --help");
  const { help: _, ...options } = values;
  return verifyPlaceOrProof(place, options);
});
