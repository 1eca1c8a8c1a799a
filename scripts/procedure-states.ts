import type { Act, ActOf } from "../src/acts/act.ts";
import { toBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import type { Ruling } from "../src/acts/entry.ts";
import type { Signer } from "../src/acts/statement.ts";
import { apply } from "../src/register/apply.ts";
import { emptyRegister, type Register } from "../src/register/register.ts";
import { decide } from "../src/rules/decide.ts";
import { wanted } from "../src/rules/signing.ts";
import { aPermit, offered } from "../test/story-acts.ts";
import {
  aCompletion,
  anApplication,
  anExtension,
  aQuery,
  aRefusal,
  aRetreat,
} from "../test/story-applications.ts";
import {
  DAY,
  day,
  FOUNDED,
  founders,
  ORIGIN,
  p,
  theGenesis,
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

/** Every procedure of the table: a further one is one more of these. */
export const procedures: readonly Procedure[] = [applications()];

function applications(): Procedure {
  const received = [
    ...offered.map(on(1)),
    on(2)(anApplication({ due: day(22) })),
  ];
  const asked = [...received, on(4)(aQuery({ left: 10, by: day(30) }))];
  const after =
    (days: number, ...steps: readonly Step[]) =>
    () =>
      stateAfter(day(days), ...steps);
  const inDays = (at: number, most: number) =>
    Array.from({ length: most }, (_, n) => at + (n + 1) * DAY);
  return {
    name: "An application for a permit",
    states: {
      "not received": after(3, ...offered.map(on(1))),
      received: after(3, ...received),
      "completion asked": after(5, ...asked),
      completed: after(7, ...asked, on(6)(aCompletion({ due: day(15) }))),
      extended: after(5, ...received, on(4)(anExtension({ due: day(30) }))),
      "term over": after(23, ...received),
      granted: after(
        5,
        ...received,
        on(4)(aPermit({ decides: "application-1" })),
      ),
      refused: after(5, ...received, on(4)(aRefusal())),
      withdrawn: after(5, ...received, on(4)(aRetreat())),
    },
    acts: {
      applicationReceived: (at) =>
        inDays(at, 20).map((due) => anApplication({ due })),
      completionAsked: (at) =>
        Array.from({ length: 20 }, (_, n) =>
          aQuery({ left: n + 1, by: at + 30 * DAY }),
        ),
      completionReceived: (at) =>
        inDays(at, 20).map((due) => aCompletion({ due })),
      applicationExtended: (at) =>
        inDays(at, 40).map((due) => anExtension({ due })),
      "permit that decides it": () => [
        aPermit({ permit: "asked", decides: "application-1" }),
      ],
      applicationRefused: (at) => [aRefusal({ redressUntil: at + 60 * DAY })],
      applicationWithdrawn: () => [aRetreat()],
    },
  };
}

export type Step = readonly [at: number, act: Act];
export function on(days: number): (act: Act) => Step {
  return (act) => [day(days), act];
}

/** An office of the stories after these acts, each granted to the posts that may sign it. */
export function stateAfter(at: number, ...steps: readonly Step[]): State {
  const register = emptyRegister();
  enter(register, FOUNDED, theGenesis());
  for (const [when, act] of steps) enter(register, when, act);
  return { register, at };
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

/** A post of the office approves; another one prepares, or nobody does. */
export function signedBy(approver: string, preparer?: string): Signer[] {
  const signer = (post: string, role: Signer["role"]): Signer => ({
    ...{ role, post },
    person: new Map<string, number>(Object.entries(founders)).get(post) ?? 0,
  });
  return [
    ...(preparer === undefined ? [] : [signer(preparer, "prepared")]),
    signer(approver, "approved"),
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
    ...{ statement, signatures: [], ruling },
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
function signersOf(register: Register, { kind }: Act): Signer[] {
  const rule: { readonly approve: string; readonly prepare?: string } =
    wanted[kind];
  const withPower = (power: string | undefined) =>
    [...register.posts.values()].find(({ act }) =>
      act.powers.some((one) => one === power),
    )?.act.post;
  return signedBy(withPower(rule.approve) ?? "", withPower(rule.prepare));
}
