import { showCount } from "../audit/says.ts";
import { CouldNot, Contradicted } from "../cli/exit.ts";
import { check, type CheckResult } from "../cli/verify/check.ts";
import type { Place } from "../cli/verify/place.ts";
import { exitOf, faultLine, reportLines } from "../cli/verify/print.ts";
import { webPlace } from "../cli/verify/web-place.ts";
import { FormatError } from "../log/format-error.ts";
import { parsePolicy, type Policy } from "../log/policy.ts";
import { editions } from "../rules/editions.ts";
import { digestOf, filePlace, type PickedFile } from "./file-place.ts";
import {
  cannotVerify,
  primitives,
  signaturesHold,
  signaturesLooked,
} from "./primitives.ts";

/** What the page asks for: an office by its address, or a copy of its logs. */
export type Order = {
  readonly address: string;
  readonly files: readonly PickedFile[];
  readonly genesis: string;
  readonly policy: string;
};

/** What it hears: how far it is, and at the end the lines of the report, the concluding one last. */
export type Heard =
  | {
      readonly kind: "progress";
      readonly stage: string;
      readonly done: number;
      readonly of: number;
    }
  | {
      readonly kind: "ended";
      readonly exit: number;
      readonly lines: readonly string[];
    };

/** An office that shows another bad signature each time it is looked at is not looked at for ever. */
const LOOKS_MAX = 8;
const PROGRESS_MS = 100;

declare function postMessage(message: Heard): void;
declare function addEventListener(
  type: "message",
  listener: (event: { readonly data: Order }) => void,
): void;

addEventListener("message", ({ data }) => {
  run(data).then(postMessage, (error: unknown) => {
    throw error;
  });
});

async function run(order: Order): Promise<Heard> {
  try {
    const why = await cannotVerify();
    if (why !== undefined) throw new CouldNot(`Cannot check: ${why}`);
    const place = await placeOf(order);
    const policy = policyIn(order.policy);
    if (order.genesis !== "" && !/^[A-Za-z0-9_-]{43}$/.test(order.genesis))
      throw new CouldNot(
        "Cannot use the fingerprint: want the leaf hash of the founding act, 43 characters of base64url",
      );
    const result = await found(place, policy, order.genesis);
    const [exit, lines] =
      result instanceof Contradicted
        ? [1, [faultLine(result.fault), "1 contradiction"]]
        : [exitOf(result), linesOf(result, order)];
    return { kind: "ended", exit, lines };
  } catch (error) {
    return {
      kind: "ended",
      exit: 2,
      lines: [sayWhy(error), "could not check"],
    };
  }
}

async function placeOf({ address, files }: Order): Promise<Place> {
  if (files.length > 0) return filePlace(files);
  if (/^https?:\/\/[^\s/]+/.test(address))
    return webPlace(address.replace(/\/+$/, ""), digestOf);
  throw new CouldNot(
    "Cannot check: want an address that begins with http:// or https://, or a folder",
  );
}

function policyIn(text: string): Policy | undefined {
  return text.trim() === "" ? undefined : parsePolicy(primitives, text);
}

/** What was found counts when all signatures held that were taken to hold meanwhile. */
async function found(
  place: Place,
  policy: Policy | undefined,
  genesis: string,
): Promise<CheckResult | Contradicted> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const result = await checked(place, policy, genesis);
    const hold = await signaturesHold((done, of) =>
      tell("signatures", done, of),
    );
    if (hold) return result;
  }
  throw new CouldNot(
    `Cannot check ${place.name}: each time it was looked at it showed other signatures that do not hold`,
  );
}

async function checked(
  place: Place,
  policy: Policy | undefined,
  genesis: string,
): Promise<CheckResult | Contradicted> {
  try {
    return await check(place, {
      editions,
      now: () => Date.now(),
      receipts: [],
      also: [],
      onProgress: tell,
      ...(policy === undefined ? {} : { policy }),
      ...(genesis === "" ? {} : { genesis }),
    });
  } catch (error) {
    if (error instanceof Contradicted) return error;
    throw error;
  }
}

function linesOf(
  result: CheckResult,
  { genesis, policy }: Order,
): readonly string[] {
  const lines = reportLines(result, {
    genesisGiven: genesis !== "",
    policyGiven: policy.trim() !== "",
  });
  const looked = `verified     ${showCount(signaturesLooked())} signatures by this browser`;
  return [...lines.slice(0, 1), looked, ...lines.slice(1)];
}

let told = 0;

function tell(stage: string, done: number, of: number): void {
  const now = performance.now();
  if (done < of && now - told < PROGRESS_MS) return;
  told = now;
  postMessage({ kind: "progress", stage, done, of });
}

function sayWhy(error: unknown): string {
  if (error instanceof FormatError || error instanceof CouldNot)
    return error.message;
  return error instanceof Error
    ? `Cannot check: ${error.name}: ${error.message}`
    : "Cannot check: an unknown error";
}
