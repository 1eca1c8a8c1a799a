import { join } from "node:path";
import type { FaultCode } from "../../audit/report.ts";
import { CouldNot } from "../exit.ts";
import type { MachineKeys } from "../keys.ts";
import type { VerifyOptions } from "../verify/run.ts";
import { type Check, REFUSED } from "./betrayal.ts";
import { type Built, noteOf, type Shown } from "./rebuild.ts";
import { askStranger } from "./stranger.ts";
import { type Cosigned, startWatching, type Watching } from "./watching.ts";

/** Who is asked about what a dishonest office shows: a stranger, or a witness. */
export type Asking = {
  readonly ask: (shown: Shown, question: Question) => Promise<Check>;
  /** The check of a stranger who trusts a witness, which holds the honest history. */
  readonly askWatched: (shown: Shown) => Promise<Check>;
  /** A witness that begins to watch today: it cosigned the history as it is before the cheat. */
  readonly newlyWatched: () => Promise<Cosigning>;
  /** Asks the witness to cosign what is shown, as an office would have to. */
  readonly askWitness: (shown: Shown) => Promise<Check>;
};

/** A witness, and the note of the honest history that it cosigned. */
export type Cosigning = Watching & { readonly note: string };

export type Question = {
  readonly having: string;
  readonly expected: readonly FaultCode[];
  readonly because?: string;
} & Pick<VerifyOptions, "policy" | "receipt" | "also">;

/** `all` is the history as it was copied, `before` the part of it that the cheats begin with. */
export function startAsking(
  dir: string,
  memory: string,
  {
    all,
    before,
    keys,
  }: {
    readonly all: Built;
    readonly before: Built;
    readonly keys: MachineKeys;
  },
): Asking & { readonly stop: () => Promise<void> } {
  const started: Promise<Cosigning>[] = [];
  const start = (from: string, name: string, of: Built) => {
    const watching = watch(from, join(dir, name), of, keys);
    started.push(watching);
    return watching;
  };
  let first: Promise<Cosigning> | undefined;
  const watching = (): Promise<Cosigning> =>
    (first ??= start(memory, "witness", all));
  return {
    ask: ({ folder }, { having, expected, because, ...options }) => {
      const said = { having, expected };
      return check(
        folder,
        options,
        because === undefined ? said : { ...said, because },
      );
    },
    askWatched: async ({ folder }) => {
      const { policyFile, remembers } = await watching();
      const about = remembers
        ? "the witness runs on a copy of what the demonstration's own remembers"
        : `the demonstration was never watched: this witness is our own, and cosigned the honest ${all.register.length} entries first`;
      const expected = ["two-histories"] as const;
      const said = { having: "with a witness", expected, about };
      return check(folder, { policy: policyFile }, said);
    },
    newlyWatched: () => start(join(dir, "none"), "new-witness", before),
    askWitness: async ({ note, built: { nodes } }) =>
      refusal(await (await watching()).ask(note, nodes)),
    stop: async () => {
      for (const one of started)
        await (await one.catch(() => undefined))?.stop();
    },
  };
}

/** A witness that has cosigned an honest history. */
async function watch(
  memory: string,
  dir: string,
  all: Built,
  keys: MachineKeys,
): Promise<Cosigning> {
  const watching = await startWatching(memory, dir, all.origin, keys.log);
  const cosigned = await watching.ask(noteOf(all, keys), all.nodes);
  if (!("refused" in cosigned)) return { ...watching, note: cosigned.note };
  await watching.stop();
  throw new CouldNot(
    `Cannot cheat: the honest history is refused: ${cosigned.refused}`,
  );
}

async function check(
  place: string,
  options: VerifyOptions,
  said: Pick<Check, "having" | "expected" | "because" | "about">,
): Promise<Check> {
  return { ...said, ...(await askStranger(place, options)) };
}

function refusal(cosigned: Cosigned): Check {
  const reason = "refused" in cosigned ? cosigned.refused : undefined;
  return {
    having: "of the witness itself, asked to cosign it",
    command: "POST /add-checkpoint",
    expected: REFUSED,
    found: reason === undefined ? [] : [REFUSED],
    lines: [reason ?? "the witness cosigned"],
    exit: reason === undefined ? 0 : 1,
  };
}
