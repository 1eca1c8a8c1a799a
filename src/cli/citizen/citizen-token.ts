import type { Command } from "commander";
import { SESSION_MS } from "../../gateway/citizen/sign-in.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { sessionToken } from "./office-here.ts";

const MINUTE = 60_000;
const MINUTES_MAX = 60;

type Options = {
  readonly for?: string;
  readonly as?: string;
  readonly minutes: string;
};

export function addCitizenToken(program: Command): void {
  program
    .command("citizen-token")
    .description(
      "make a token for a person whom you have identified; for some minutes it shows them who used their data",
    )
    .argument("<folder>", "the office's folder on this machine")
    .argument(
      "<code>",
      "the person's code: what the subject field of datasets holds for them",
    )
    .option("--for <code>", "whose list it is, where somebody stands in")
    .option("--as <what>", "with --for: representative")
    .option(
      "--minutes <n>",
      "how long it lasts, at most 60",
      String(SESSION_MS / MINUTE),
    )
    .addHelpText(
      "after",
      "\nFor the adapter that identifies people: nothing here checks who they are, or for whom they may stand in.\nExample:\n  vitrine citizen-token my-office 990101200001011234",
    )
    .action((folder: string, code: string, options: Options) =>
      runCommand(() => citizenToken(folder, code, options)),
    );
}

async function citizenToken(
  folder: string,
  person: string,
  options: Options,
): Promise<number> {
  const subject = options.for ?? person;
  if ((options.for !== undefined) !== (options.as !== undefined))
    throw new CouldNot(
      "Cannot make a token for somebody else: want --for CODE and --as representative together",
    );
  if (options.as !== undefined && options.as !== "representative")
    throw new CouldNot(
      `Cannot use --as ${options.as}: want --as representative`,
    );
  if (options.for === person)
    throw new CouldNot(
      `Cannot use --for ${person}: nobody stands in for themselves`,
    );
  const minutes = /^[0-9]{1,2}$/.test(options.minutes)
    ? Number(options.minutes)
    : 0;
  if (minutes < 1 || minutes > MINUTES_MAX)
    throw new CouldNot(
      `Cannot use --minutes ${options.minutes}: want a whole number from 1 to ${MINUTES_MAX}`,
    );
  for (const code of [person, subject])
    if (!/^[\x21-\x7e]{1,64}$/.test(code))
      throw new CouldNot(
        "Cannot make a token: want a code of 1 to 64 characters without spaces",
      );
  const by = options.for === undefined ? "subject" : "representative";
  const session = { by, person, subject } as const;
  console.log(await sessionToken(folder, session, minutes * MINUTE));
  return EXIT.done;
}
