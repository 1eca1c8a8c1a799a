import type { Command } from "commander";
import { encode } from "../acts/canonical.ts";
import { genesis } from "../acts/office.ts";
import { paperPath } from "../acts/statement.ts";
import { rulingLines } from "../portal/words.ts";
import { writeWhole } from "../store/durable.ts";
import { readActFile, type Paper } from "./act-file.ts";
import { addressOf, call, messageOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { actAnswer, explainAnswer, readAs } from "./read-as.ts";
import {
  demoSigners,
  draft,
  fileSigners,
  nothingSeen,
  seenOf,
  sign,
  type SignerKey,
  submissionText,
} from "./signing.ts";

type Options = {
  readonly as?: string[];
  readonly key?: string[];
  readonly url?: string;
  readonly receipt?: string;
};

/** `act` submits, `explain` only tries. */
export function addAct(program: Command): void {
  program
    .command("act")
    .description(
      "sign an act and submit it; the office rules on it and enters it, granted or refused",
    )
    .argument("<file>", "the act as JSON")
    .option(
      "--as <post...>",
      "sign with a demonstration key: those before the last prepare, the last approves",
    )
    .option("--key <file...>", "sign with key files, in the same order")
    .option("--url <address>", "the office")
    .option("--receipt <file>", "where to keep the receipt")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine act examples/acts/fee-vehicle-register.json --as pricing-officer head\nEnds with 0 granted, 1 refused, 2 could not.",
    )
    .action((file: string, options: Options) =>
      runCommand(() => submit(file, options)),
    );
  program
    .command("explain")
    .description(
      "say how the rules would rule on an act, without signing or entering it",
    )
    .argument("<file>", "the act as JSON")
    .option("--as <post...>", "the posts that would sign")
    .option("--key <file...>", "the key files of those who would sign")
    .option("--url <address>", "the office")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine explain examples/acts/fee-vehicle-register.json\nEnds with 0 would be granted, 1 would be refused, 2 could not.",
    )
    .action((file: string, options: Options) =>
      runCommand(() => explain(file, options)),
    );
}

/** China's time, until the office itself says its own. */
const OFFSET_MINUTES = 480;

async function signersOf(
  { as, key }: Options,
  by: readonly string[] | undefined,
): Promise<SignerKey[]> {
  const signers = [
    ...(await demoSigners(as ?? [])),
    ...(await fileSigners(key ?? [])),
  ];
  if (signers.length > 0) return signers;
  if (by !== undefined) return demoSigners(by);
  throw new CouldNot(
    "Cannot sign: want --as POST (demonstration) or --key FILE",
  );
}

async function submit(file: string, options: Options): Promise<number> {
  const address = await addressOf(options.url);
  const { act, by, papers } = await readActFile(
    file,
    Date.now(),
    OFFSET_MINUTES,
  );
  const signers = await signersOf(options, by);
  const founding = isGenesis(act);
  const { office, seen } =
    founding === undefined
      ? await seenOf(address)
      : { office: founding, seen: nothingSeen };
  const statement = draft(office, seen, act, signers, Date.now());
  const answer = await call(address, "/acts", {
    method: "POST",
    body: submissionText(sign(statement, signers)),
  });
  if (answer.status >= 400) throw new CouldNot(messageOf(answer));
  const { index, ruling, receipt, leaf } = readAs(
    actAnswer,
    answer.body,
    "answer",
  );
  for (const line of rulingLines(statement.act, ruling, index, OFFSET_MINUTES))
    console.log(line);
  console.log(`leaf      ${leaf}`);
  await sendPapers(address, papers);
  if (options.receipt !== undefined) await keep(options.receipt, receipt);
  return ruling.outcome === "granted" ? EXIT.done : EXIT.refused;
}

async function explain(file: string, options: Options): Promise<number> {
  const address = await addressOf(options.url);
  const { act, by } = await readActFile(file, Date.now(), OFFSET_MINUTES);
  const signers = await signersOf(options, by);
  const { office, seen } =
    isGenesis(act) === undefined
      ? await seenOf(address)
      : { office: isGenesis(act) ?? "", seen: nothingSeen };
  const statement = draft(office, seen, act, signers, Date.now());
  const answer = await call(address, "/explain", {
    method: "POST",
    body: encode(statement),
  });
  if (answer.status >= 400) throw new CouldNot(messageOf(answer));
  const { ruling } = readAs(explainAnswer, answer.body, "answer");
  console.log("would be:");
  for (const line of rulingLines(
    statement.act,
    ruling,
    undefined,
    OFFSET_MINUTES,
  ))
    console.log(line);
  return ruling.outcome === "granted" ? EXIT.done : EXIT.refused;
}

function isGenesis(act: unknown): string | undefined {
  const read = genesis.safeParse(act);
  return read.success ? read.data.origin : undefined;
}

async function sendPapers(
  address: string,
  papers: readonly Paper[],
): Promise<void> {
  for (const { digest, bytes } of papers) {
    const answer = await call(address, `/${paperPath(digest)}`, {
      method: "PUT",
      body: bytes,
    });
    if (answer.status >= 400) console.error(`paper     ${messageOf(answer)}`);
  }
}

/** Receipts are kept in their one byte form, so that `verify --receipt` reads them as they were signed. */
export async function keep(path: string, receipt: unknown): Promise<void> {
  await writeWhole(path, encode(receipt));
  console.log(`receipt   ${path}`);
}
