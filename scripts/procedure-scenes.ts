import type { Act, ActOf } from "../src/acts/act.ts";
import { toBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import { civilAt, showDate } from "../src/acts/dates.ts";
import type { Ruling } from "../src/acts/entry.ts";
import type { Signer } from "../src/acts/statement.ts";
import { apply } from "../src/register/apply.ts";
import { emptyRegister, type Register } from "../src/register/register.ts";
import { decide } from "../src/rules/decide.ts";
import { wanted } from "../src/rules/signing.ts";
import {
  DAY,
  day,
  FOUNDED,
  founders,
  OFFSET,
  ORIGIN,
  p,
  type Rulebook,
  theGenesis,
  theRulebook,
} from "../test/story-founding.ts";

/** Where a procedure stands: everything that was granted before, and the time at which the next act comes. */
export type State = { readonly register: Register; readonly at: number };
/**
 * A procedure as the table asks about it: its states by name, each made by acts that are granted, and its acts. An act is given in every form
 * that it could have at a time (another day, another number): it is lawful in a state where one of them is granted.
 */
export type Procedure = {
  readonly name: string;
  readonly states: Readonly<Record<string, () => State>>;
  readonly acts: Readonly<Record<string, (at: number) => readonly Act[]>>;
};

export type Step = readonly [at: number, act: Act];
export function on(days: number): (act: Act) => Step {
  return (act) => [day(days), act];
}

/** States of the stories' office, founded with these rules: what was entered until a day, each act granted to the posts that may sign it. */
export function founded(
  ...rules: readonly string[]
): (days: number, ...steps: readonly Step[]) => () => State {
  const rulebook: Rulebook = {
    ...theRulebook,
    rules: rules.map((rule) => ({ rule })),
  };
  const genesis = theGenesis(rules.length === 0 ? {} : { rulebook });
  return (days, ...steps) => statesAfter(days, [FOUNDED, genesis], ...steps);
}

/** The same of an office whose founding is the first step. */
export function statesAfter(
  days: number,
  ...steps: readonly Step[]
): () => State {
  return () => {
    const register = emptyRegister();
    for (const [when, act] of steps) enter(register, when, act);
    return { register, at: day(days) };
  };
}

/** The date so many days behind a time, in the office's own time. */
export function dateAt(at: number, days = 0): string {
  return showDate(civilAt(at + days * DAY, OFFSET));
}

/** Each of the next so many days, as a time. */
export function inDays(at: number, most: number): readonly number[] {
  return Array.from({ length: most }, (_, n) => at + (n + 1) * DAY);
}

/** How an act would be ruled on at a time, signed by these. */
export function ruled(
  register: Register,
  at: number,
  act: Act,
  signers: readonly Signer[],
): Ruling {
  const statement = statementOf(at, act, signers);
  return decide(p, register, { statement, keys: [] }, at);
}

/** A post of the office approves; another one prepares, or nobody does; of what goes against a rule a second one approves beside it. */
export function signedBy(
  approver: string,
  preparer?: string,
  beside?: string,
): Signer[] {
  const signer = (post: string, role: Signer["role"]): Signer => ({
    ...{ role, post },
    person: new Map<string, number>(Object.entries(founders)).get(post) ?? 0,
  });
  return [
    ...(preparer === undefined ? [] : [signer(preparer, "prepared")]),
    signer(approver, "approved"),
    ...(beside === undefined ? [] : [signer(beside, "approved")]),
  ];
}

function enter(register: Register, at: number, act: Act): void {
  const signers =
    act.kind === "genesis" ? foundersOf(act) : signersOf(register, act);
  const ruling = ruled(register, at, act, signers);
  if (ruling.outcome === "refused")
    throw new Error(
      `Cannot set the scene with ${act.kind}: ${JSON.stringify(ruling.findings)}`,
    );
  const statement = statementOf(at, act, signers);
  apply(p, register, {
    ...{ v: 1, type: "act", at, edition: 1 },
    ...{ statement, ruling },
    // Nobody reads what is signed; by its key an entry is known to be an act.
    signatures: signers.map(({ post = "" }) => ({
      ...{ form: "ed25519", key: post, signature: "" },
    })),
  });
}

function statementOf(at: number, act: Act, signers: readonly Signer[]) {
  const id = toBase64url(
    p.sha256(utf8ToBytes(`${at} ${act.kind}`)).subarray(0, 16),
  );
  return {
    ...{ v: 1 as const, office: ORIGIN, id, seen: { size: 0, root: "" } },
    ...{ until: at + DAY, signers: [...signers], act },
  };
}

const foundersOf = ({ tenures }: ActOf<"genesis">): Signer[] =>
  tenures.map(({ person, post }) => ({ role: "approved", person, post }));

/** Posts with the powers that this kind of act wants. */
function signersOf(register: Register, act: Act): Signer[] {
  const isOverride = act.kind === "override";
  const rule: { readonly approve: string; readonly prepare?: string } =
    wanted[isOverride ? act.act.kind : act.kind];
  const withPower = (power: string | undefined) =>
    [...register.posts.values()]
      .filter(({ act: { powers } }) => powers.some((one) => one === power))
      .map((one) => one.act.post);
  return signedBy(
    withPower(rule.approve)[0] ?? "",
    withPower(rule.prepare)[0],
    // Another one of them looks at it again.
    isOverride ? withPower(wanted.override.approve).at(-1) : undefined,
  );
}
