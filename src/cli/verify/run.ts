import { parsePolicy, type Policy } from "../../log/policy.ts";
import { editions } from "../../rules/editions.ts";
import { primitives } from "../../store/crypto.ts";
import { Contradicted, CouldNot, EXIT } from "../exit.ts";
import { check, type CheckOptions, type CheckResult } from "./check.ts";
import { given } from "../given.ts";
import { inFile } from "../in-file.ts";
import { readAlso } from "./also.ts";
import { readAsked } from "./entry-times.ts";
import { readReceipts } from "./kept-receipts.ts";
import { openPlace, type Place } from "./place.ts";
import { exitOf, faultLine, reportLines } from "./print.ts";

export type VerifyOptions = {
  readonly policy?: string;
  readonly genesis?: string;
  readonly receipt?: readonly string[];
  readonly also?: readonly string[];
  readonly entry?: readonly string[];
  readonly json?: boolean;
};

/** `verify` as both programs run it: prints what it found, at the end one line that concludes, and gives the exit code. */
export async function verify(
  where: string,
  options: VerifyOptions,
  print: (line: string) => void = console.log,
): Promise<number> {
  try {
    return await verifyAt(where, options, print);
  } catch (error) {
    // Why stands beside it, on the other stream.
    print("could not check");
    throw error;
  }
}

async function verifyAt(
  where: string,
  options: VerifyOptions,
  print: (line: string) => void,
): Promise<number> {
  const place = await openPlace(where);
  if (
    options.genesis !== undefined &&
    !/^[A-Za-z0-9_-]{43}$/.test(options.genesis)
  ) {
    throw new CouldNot(
      `Cannot use --genesis ${options.genesis}: want the leaf hash of the founding act, 43 characters of base64url`,
    );
  }
  const receipts = (
    await Promise.all((options.receipt ?? []).map(readReceipts))
  ).flat();
  const entries = (options.entry ?? []).map(readAsked);
  const elsewhere = await readAlso(options.also ?? []);
  const policy =
    options.policy === undefined ? undefined : await policyIn(options.policy);
  const result = await checked(place, {
    editions,
    now: () => Date.now(),
    receipts: receipts.map(({ receipt }) => receipt),
    receiptFiles: receipts.map(({ file }) => file),
    ...elsewhere,
    entries,
    onProgress: progress(),
    ...(policy === undefined ? {} : { policy }),
    ...(options.genesis === undefined ? {} : { genesis: options.genesis }),
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  if (result instanceof Contradicted) {
    const conclusion = "1 contradiction";
    const exit = EXIT.refused;
    if (options.json === true)
      print(JSON.stringify({ exit, conclusion, faults: [result.fault] }));
    else for (const line of [faultLine(result.fault), conclusion]) print(line);
    return EXIT.refused;
  }
  if (options.json === true)
    print(
      JSON.stringify({
        exit: exitOf(result),
        size: result.size,
        counts: result.counts,
        uses: result.sums.uses,
        charged: Object.fromEntries(result.sums.charged),
        dropped: result.dropped,
        witnesses: {
          asked: result.watch.asked,
          answered: result.watch.answered,
          silent: result.watch.silent,
          unverified: result.watch.unverified,
        },
        faults: result.faults.kept,
        entries: result.entries,
      }),
    );
  else
    for (const line of reportLines(result, {
      genesisGiven: options.genesis !== undefined,
      policyGiven: policy !== undefined,
    }))
      print(line);
  return exitOf(result);
}

async function checked(
  place: Place,
  options: CheckOptions,
): Promise<CheckResult | Contradicted> {
  try {
    return await check(place, options);
  } catch (error) {
    if (error instanceof Contradicted) return error;
    throw error;
  }
}

export async function policyIn(file: string): Promise<Policy> {
  const text = await given(file, "policy");
  return inFile("policy", file, () => parsePolicy(primitives, text));
}

const PROGRESS_MS = 200;

function progress(): (stage: string, done: number, of: number) => void {
  let last = 0;
  return (stage, done, of) => {
    if (!process.stderr.isTTY || Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    process.stderr.write(`\r${stage.padEnd(8)} ${done} of ${of} entries`);
  };
}
