import type { Command } from "commander";
import { langOf, langOption } from "./lang.ts";
import type * as z from "zod/mini";
import { setTimeout as sleep } from "node:timers/promises";
import { encode } from "../acts/canonical.ts";
import { showInstant } from "../acts/dates.ts";
import { paperPath, type Statement } from "../acts/statement.ts";
import { rulingLines } from "../portal/findings.ts";
import { lawOf } from "../rules/law.ts";
import { writeWhole } from "../store/durable.ts";
import {
  type Paper,
  type PaperOpening,
  readActFile,
  resolveAct,
  type ResolvedAct,
} from "./act-file.ts";
import { addLawCheck } from "./law/check.ts";
import { addressOf, type Answer, call, messageOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import {
  actAnswer,
  explainAnswer,
  foundedPosts,
  foundingStub,
  readAs,
} from "./read-as.ts";
import { keep, mustKeep } from "./receipt-file.ts";
import { addSimulate } from "./simulate.ts";
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
  readonly lang?: string;
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
    .addOption(langOption())
    .addHelpText(
      "after",
      "\nExample:\n  vitrine act examples/acts/fee-vehicle-register.json --as pricing-officer head\nEnds with 0 granted, 1 refused, 2 could not.",
    )
    .action((file: string, options: Options) =>
      runCommand(() => submit(file, options)),
    );
  addExplain(program);
  const law = program.command("law").description("the rules of the office");
  addExplain(law);
  addLawCheck(law);
  addSimulate(law);
}

/** Also as `law explain`. */
function addExplain(parent: Command): void {
  parent
    .command("explain")
    .description(
      "say how the rules would rule on an act, and which looked at it, without signing or entering it",
    )
    .argument("<file>", "the act as JSON")
    .option("--as <post...>", "the posts that would sign")
    .option("--key <file...>", "the key files of those who would sign")
    .option("--url <address>", "the office")
    .addOption(langOption())
    .addHelpText(
      "after",
      "\nExample:\n  vitrine explain examples/acts/fee-vehicle-register.json\nEnds with 0 would be granted, 1 would be refused, 2 could not.",
    )
    .action((file: string, options: Options) =>
      runCommand(() => explain(file, options)),
    );
}

type Drafted = {
  readonly statement: Statement;
  readonly signers: readonly SignerKey[];
  readonly resolved: ResolvedAct;
  readonly offsetMinutes: number;
};

/** The act of a file as a statement for one office: who signs it, what they had seen, what its shorthands mean there. */
async function drafted(
  file: string,
  address: string,
  options: Options,
): Promise<Drafted> {
  const { raw, by, folder } = await readActFile(file);
  const signers = await signersOf(options, by);
  const start = Date.now();
  if (!isGenesis(raw)) {
    const { office, seen, offsetMinutes } = await seenOf(address);
    const resolved = await resolveAct(raw, { folder, start, offsetMinutes });
    const statement = draft(office, seen, resolved.act, signers, start);
    return { statement, signers, resolved, offsetMinutes };
  }
  // A founding act is approved by all who sign it, and enrols the keys that they sign with.
  const founders = signers.map((one) => ({
    ...one,
    role: "approved" as const,
  }));
  const keys = founders.map(({ person, key: { publicKey } }) => ({
    person,
    key: { form: "ed25519", publicKey },
  }));
  const { offsetMinutes } = raw.timeZone;
  const base = { folder, start, offsetMinutes };
  const resolved = await resolveAct({ keys, ...raw }, base);
  mustAllHaveKeys(resolved.act);
  const statement = draft(
    raw.origin,
    nothingSeen,
    resolved.act,
    founders,
    start,
  );
  return { statement, signers: founders, resolved, offsetMinutes };
}

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
  await mustKeep(options.receipt);
  const address = await addressOf(options.url);
  const { statement, signers, resolved, offsetMinutes } = await drafted(
    file,
    address,
    options,
  );
  await keepOpenings(file, statement, resolved.openings);
  const answering = call(address, "/acts", {
    method: "POST",
    body: submissionText(sign(statement, signers)),
  });
  const sending = sendPapers(address, resolved.papers, answering);
  const answer = await answering;
  if (answer.status >= 400) throw new CouldNot(messageOf(answer));
  const { index, ruling, receipt, leaf } = readAs(
    actAnswer,
    answer.body,
    "answer",
  );
  for (const line of rulingLines(
    statement.act,
    ruling,
    index,
    offsetMinutes,
    langOf(options),
  ))
    console.log(line);
  console.log(`leaf      ${leaf}`);
  await sending;
  if (options.receipt !== undefined) await keep(options.receipt, receipt);
  return ruling.outcome === "granted" ? EXIT.done : EXIT.refused;
}

async function explain(file: string, options: Options): Promise<number> {
  const address = await addressOf(options.url);
  const { statement, offsetMinutes } = await drafted(file, address, options);
  const answer = await call(address, "/explain", {
    method: "POST",
    body: encode(statement),
  });
  if (answer.status >= 400) throw new CouldNot(messageOf(answer));
  const { ruling, looked, mayState, alike } = readAs(
    explainAnswer,
    answer.body,
    "answer",
  );
  console.log("would be:");
  for (const line of rulingLines(
    statement.act,
    ruling,
    undefined,
    offsetMinutes,
    langOf(options),
  ))
    console.log(line);
  if (mayState.length > 0)
    console.log(`what is missing may be stated by  ${mayState.join(", ")}`);
  if (alike.length > 0)
    console.log("alike cases: same product, purpose and class of payer");
  for (const one of alike)
    console.log(
      `  ${one.outcome}  ${one.id.padEnd(24)} ${one.organisation.padEnd(24)} entry ${one.entry}  ${showInstant(one.at, offsetMinutes)}${one.isInForce === true ? "  in force" : ""}`,
    );
  if (looked.length > 0)
    console.log(
      "rules that looked at it; invariants and what counts without adoption always do, and stand here where they found something",
    );
  for (const { rule, result } of looked)
    console.log(
      `  ${rule.padEnd(16)} ${result.padEnd(8)} ${lawOf(rule).cites}`,
    );
  return ruling.outcome === "granted" ? EXIT.done : EXIT.refused;
}

/** What a founder without a key would have to do nobody could do, and a founding act is not taken back. */
function mustAllHaveKeys(act: unknown): void {
  const { keys, tenures } = readAs(foundedPosts, act, "founding act");
  const without = tenures.filter(
    ({ person }) => !keys.some((key) => key.person === person),
  );
  if (without.length > 0)
    throw new CouldNot(
      `Cannot sign the founding act: ${without.map(({ person, post }) => `person ${person} (${post})`).join(", ")} would have no key; want a --key of every holder of a post`,
    );
}

function isGenesis(raw: unknown): raw is z.infer<typeof foundingStub> {
  return foundingStub.safeParse(raw).success;
}

/** What opens private papers is kept before the act is sent: without its salt nobody could ever show what was committed to. */
async function keepOpenings(
  file: string,
  { id }: Statement,
  openings: readonly PaperOpening[],
): Promise<void> {
  if (openings.length === 0) return;
  const path = `${file}.${id}.papers.json`;
  await writeWhole(path, `${JSON.stringify(openings, null, 2)}\n`, {
    mode: 0o600,
  });
  console.log(`papers    ${path} opens what is private; erase it to forget`);
}

const PAPER_AGAIN_MS = 100;

/**
 * An office takes a paper when an act that it has entered commits to it, and may need it before it can answer: no
 * checkpoint is public under a witness policy that is not here. So papers are offered from the start until they are taken.
 */
async function sendPapers(
  address: string,
  papers: readonly Paper[],
  answering: Promise<Answer>,
): Promise<void> {
  let isAnswered = false;
  const answered = (): void => void (isAnswered = true);
  answering.then(answered, answered);
  for (const { digest, bytes } of papers) {
    for (;;) {
      const wasAnswered = isAnswered;
      const answer = await call(address, `/${paperPath(digest)}`, {
        method: "PUT",
        body: bytes,
      });
      if (answer.status === 404 && !wasAnswered) {
        await sleep(PAPER_AGAIN_MS);
        continue;
      }
      if (answer.status >= 400) console.error(`paper     ${messageOf(answer)}`);
      break;
    }
  }
}
