import type { Command } from "commander";
import { runCommand } from "./exit.ts";
import { type VerifyAnyOptions, verifyPlaceOrProof } from "./verify/proof.ts";

export function addVerify(program: Command): void {
  program
    .command("verify")
    .description(
      "check an office without trusting it: trees, signatures, rulings, uses, charges",
    )
    .argument("[place]", "its address, or a folder with a copy of its logs")
    .option(
      "--genesis <hash>",
      "the office's fingerprint, from somebody other than the office",
    )
    .option(
      "--policy <file>",
      "witnesses that you trust (a C2SP tlog-policy file)",
    )
    .option(
      "--receipt <path...>",
      "receipts whose promises are to be checked: files, or folders of them",
    )
    .option(
      "--also <file...>",
      "checkpoints of this office that were found elsewhere: files, folders of them, mirrors and their addresses; or the place of the log that it follows",
    )
    .option(
      "--entry <which...>",
      "when entries were made, as far as cosignatures say: a number of the register, LOG/NUMBER, or a leaf hash; with --proof the file with the entry's bytes",
    )
    .option("--proof <file>", "check this one proof, without any place")
    .option("--json", "one line of JSON")
    .addHelpText(
      "after",
      "\nA stranger runs the one-file program that did not come from the office: node vitrine-verify.mjs PLACE\nExample:\n  vitrine verify http://127.0.0.1:8080\n  vitrine verify --proof register-12.tlog-proof --policy policy.txt\nEnds with 0 no contradiction found, 1 contradictions, 2 could not check.",
    )
    .action((place: string | undefined, options: VerifyAnyOptions) =>
      runCommand(() => verifyPlaceOrProof(place, options)),
    );
}
