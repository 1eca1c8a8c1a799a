import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { showCount } from "../audit/says.ts";
import { lockFolder } from "../store/folder-lock.ts";
import { Contradicted, CouldNot, EXIT, runCommand } from "./exit.ts";
import {
  type MirrorOptions,
  mirrorOnce,
  mustBeMirror,
  type Round,
} from "./mirror/copy.ts";
import { openPlace } from "./verify/place.ts";
import { faultLine } from "./verify/print.ts";
import { policyIn } from "./verify/run.ts";

type Options = {
  readonly policy?: string;
  readonly genesis?: string;
  readonly watch?: string;
};

export function addMirror(program: Command): void {
  program
    .command("mirror")
    .description(
      "keep a verified copy of another office's logs, papers and cosigned checkpoints",
    )
    .argument("<url>", "the office's address, or that of another mirror")
    .argument("<dir>", "where the copy lies; made when missing")
    .option(
      "--genesis <hash>",
      "the office's fingerprint, from somebody other than the office",
    )
    .option(
      "--policy <file>",
      "witnesses that you trust (a C2SP tlog-policy file): what they did not cosign is not kept",
    )
    .option("--watch <seconds>", "go on, and look again so often")
    .addHelpText(
      "after",
      "\nA run that was ended goes on where it was. `vitrine verify DIR` checks the copy with the office switched off; any web server that serves the folder serves valid logs.\nExample:\n  vitrine mirror http://127.0.0.1:8080 my-copy\nEnds with 0 the copy is up to date, 1 what is shown contradicts what is held, 2 could not.",
    )
    .action((url: string, dir: string, options: Options) =>
      runCommand(() => mirror(url, dir, options)),
    );
}

async function mirror(
  url: string,
  dir: string,
  { genesis, policy, watch }: Options,
): Promise<number> {
  if (!/^https?:\/\//.test(url))
    throw new CouldNot(
      `Cannot copy ${url}: want an address that begins with http:// or https://`,
    );
  if (genesis !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(genesis))
    throw new CouldNot(
      `Cannot use --genesis ${genesis}: want the leaf hash of the founding act, 43 characters of base64url`,
    );
  const everySeconds = secondsOf(watch);
  const options: MirrorOptions = {
    now: () => Date.now(),
    onProgress: progress(),
    ...(genesis === undefined ? {} : { genesis }),
    ...(policy === undefined ? {} : { policy: await policyIn(policy) }),
  };
  await mustBeMirror(dir);
  await lockFolder(dir);
  for (;;) {
    const code = await round(url, dir, options, everySeconds !== undefined);
    if (code !== EXIT.done || everySeconds === undefined) return code;
    await sleep(everySeconds * 1000);
  }
}

/** While it watches, an office that is away is waited for; a contradiction ends it. */
async function round(
  url: string,
  dir: string,
  options: MirrorOptions,
  isWatching: boolean,
): Promise<number> {
  try {
    const done = await mirrorOnce(await openPlace(url), dir, options);
    clearProgress();
    for (const line of roundLines(done, dir)) console.log(line);
    return EXIT.done;
  } catch (error) {
    clearProgress();
    if (error instanceof Contradicted) {
      console.log(faultLine(error.fault));
      console.log("1 contradiction: the copy stays as it was");
      return EXIT.refused;
    }
    if (!isWatching || !(error instanceof CouldNot)) throw error;
    console.error(`${error.message}; it is tried again`);
    return EXIT.done;
  }
}

function roundLines(done: Round, dir: string): readonly string[] {
  const { papers, kept, unseen } = done;
  return [
    `office       ${done.origin}, founded by ${done.fingerprint}`,
    `copied       ${showCount(done.entries)} entries of ${showCount(done.logs)} logs, ${showCount(done.cosigned)} cosigned checkpoints, ${showCount(papers.fetched)} papers; trees, signatures and heads hold`,
    ...(papers.missing > 0
      ? [
          `missing      ${showCount(papers.missing)} papers are not to be had as they were entered`,
        ]
      : []),
    ...kept.map(
      (log) =>
        `kept         ${log}: the office does not show it any more, this copy has it`,
    ),
    ...unseen.map(
      (log) =>
        `not there    ${log}: heads name it, and nothing of it is in public`,
    ),
    `in ${dir}: register log at size ${showCount(done.size)}; vitrine verify ${dir}`,
  ];
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9][0-9]{0,5}$/.test(text))
    throw new CouldNot(
      `Cannot use --watch ${text}: want whole seconds from 1 to 999999`,
    );
  return Number(text);
}

const PROGRESS_MS = 200;

function progress(): (log: string, done: number, of: number) => void {
  let last = 0;
  return (log, done, of) => {
    if (!process.stderr.isTTY || Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    process.stderr.write(`\r\u001b[K${log}  ${done} of ${of} bundles`);
  };
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}
