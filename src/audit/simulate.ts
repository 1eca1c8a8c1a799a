import type { Act, ActKind } from "../acts/act.ts";
import { encode } from "../acts/canonical.ts";
import type { ActEntry, Entry, Ruling } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { apply } from "../register/apply.ts";
import {
  emptyRegister,
  type Register,
  type Rulebook,
} from "../register/register.ts";
import { decide } from "../rules/decide.ts";

/** An act that would have come out differently under another rulebook. */
export type Differently = {
  readonly entry: number;
  readonly at: number;
  readonly act: Act;
  /** By which posts it was signed. */
  readonly posts: readonly string[];
  readonly was: Ruling;
  readonly would: Ruling;
};
export type Simulated = {
  readonly acts: number;
  /** Granted, and would have been refused; and the other way round. */
  readonly refused: number;
  readonly granted: number;
  /** Alike in outcome, on other grounds or with other flags. */
  readonly otherwise: number;
  /** Adopted a rulebook, in whose place the other one stood all the time. */
  readonly rulebooks: number;
  readonly differently: readonly Differently[];
};
type Counts = { -readonly [K in keyof Omit<Simulated, "differently">]: number };

/** How far a simulation has come. */
export type Simulation = {
  readonly p: Primitives;
  readonly rulebook: Rulebook;
  readonly register: Register;
  readonly counts: Counts;
  readonly differently: Differently[];
};

export function startSimulation(p: Primitives, rulebook: Rulebook): Simulation {
  return {
    ...{ p, rulebook, register: emptyRegister(), differently: [] },
    counts: { acts: 0, refused: 0, granted: 0, otherwise: 0, rulebooks: 0 },
  };
}

/**
 * Re-decides the next entry of a history as if this rulebook had been the office's from its founding on. History goes on as it went: every
 * act is judged at its time, against the register as it really was, with the rulebook alone another. So a difference is one that the rulebook makes,
 * and none that follows from another difference.
 */
export function simulateEntry(simulation: Simulation, entry: Entry): void {
  const { p, rulebook, register } = simulation;
  if (entry.type === "act") simulateAct(simulation, entry);
  apply(p, register, entry);
  // The other one stands again where a rulebook was adopted: terms that the register keeps are counted by it.
  if (register.rulebook !== undefined && register.rulebook.act !== rulebook)
    register.rulebook = { ...register.rulebook, act: rulebook };
}

/** A whole history at once. Entries are as they were entered, from the founding act on. */
export function simulate(
  p: Primitives,
  entries: Iterable<Entry>,
  rulebook: Rulebook,
): Simulated {
  const simulation = startSimulation(p, rulebook);
  for (const entry of entries) simulateEntry(simulation, entry);
  return simulatedOf(simulation);
}

export function simulatedOf({ counts, differently }: Simulation): Simulated {
  return { ...counts, differently };
}

/** What the founding act says of the rulebook would be refused of another one as well: then nothing could be simulated. */
export function decideFounding(
  p: Primitives,
  founding: ActEntry,
  rulebook: Rulebook,
): Ruling {
  const { statement, signatures, at } = founding;
  return decide(
    p,
    emptyRegister(),
    {
      statement: { ...statement, act: under(statement.act, rulebook) },
      keys: signatures.map(({ key }) => key),
    },
    at,
  );
}

function under(act: Act, rulebook: Rulebook): Act {
  return act.kind === "genesis" ? { ...act, rulebook } : act;
}

const NOT_JUDGED: ReadonlySet<ActKind> = new Set<ActKind>(["rulebookAdopted"]);

function simulateAct(
  { p, rulebook, register, counts, differently }: Simulation,
  { statement, signatures, at, ruling }: ActEntry,
): void {
  const { act, signers } = statement;
  counts.acts += 1;
  if (NOT_JUDGED.has(act.kind)) {
    counts.rulebooks += 1;
    return;
  }
  const keys = signatures.map(({ key }) => key);
  const would = decide(
    p,
    register,
    { statement: { ...statement, act: under(act, rulebook) }, keys },
    at,
  );
  if (encode(would) === encode(ruling)) return;
  counts[would.outcome === ruling.outcome ? "otherwise" : would.outcome] += 1;
  differently.push({
    ...{ entry: register.size, at, act, was: ruling, would },
    posts: signers.flatMap(({ post }) => post ?? []),
  });
}
