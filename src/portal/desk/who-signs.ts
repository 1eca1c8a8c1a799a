import type { Act, ActKind } from "../../acts/act.ts";
import type { Finding } from "../../acts/entry.ts";
import { power as powerSchema, type Power } from "../../acts/shapes.ts";
import type { Signer } from "../../acts/statement.ts";
import { holders, type ReadRegister } from "../../register/register.ts";
import { hasPower, powersFor, wanted } from "../../rules/signing.ts";
import { postsOf } from "../account/around-request.ts";

/** Somebody in a post. */
export type Holder = { readonly person: number; readonly post: string };

/** Nobody signs more often than this. */
const SIGNERS_MAX = 8;

/** Everybody who holds a post with a power, in the order of the posts. */
export function holdersWith(
  register: ReadRegister,
  power: Power,
  now: number,
): readonly Holder[] {
  return [...register.posts.values()]
    .filter(({ act }) => act.powers.includes(power))
    .flatMap(({ act: { post } }) =>
      holders(register, post, now).map(({ act: { person } }) => ({
        person,
        post,
      })),
    );
}

/** The post, of those that a person holds, that has one of these powers. */
export function postWith(
  register: ReadRegister,
  person: number,
  powers: readonly Power[],
  now: number,
): string | undefined {
  const held = postsOf(register, person, now);
  for (const power of powers) {
    const found = held.find((post) => hasPower(register, post, power));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether somebody may prepare or approve an act of a kind: as things are now. */
export function maySign(
  register: ReadRegister,
  person: number,
  kind: ActKind,
  now: number,
): boolean {
  if (kind === "disowned") return postsOf(register, person, now).length > 0;
  const powers = powersFor(kind, true);
  const more: readonly Power[] = kind === "override" ? overridden : [];
  return postWith(register, person, [...powers, ...more], now) !== undefined;
}
/** What a decision against a rule may contain, and who decides that. */
const overridden = [
  "authorise",
  "confirm",
  "setCeilings",
  "approveFees",
] as const;

/** What the rules would find if an act were signed so. */
export type Try = (signers: readonly Signer[]) => readonly Finding[];

/**
 * Who signs an act that somebody prepares. The rules are asked until they want nobody more: which acts want two persons is in the rulebook
 * in force, and nowhere else.
 */
export function proposedSigners(
  register: ReadRegister,
  act: Act,
  person: number,
  now: number,
  tried: Try,
): readonly Signer[] {
  const decided = act.kind === "override" ? act.act.kind : act.kind;
  const approve: Power | "signer" = wanted[decided].approve;
  const own = postWith(
    register,
    person,
    powersFor(decided, true).toReversed(),
    now,
  );
  const approves =
    approve === "signer" ||
    (own !== undefined && hasPower(register, own, approve));
  const [first = ""] = postsOf(register, person, now);
  let signers: readonly Signer[] = [
    {
      person,
      post: own ?? first,
      role: approves ? "approved" : "prepared",
    },
  ];
  // Nobody enrols their own key: its holder signs with the new one, and others enrol it.
  if (act.kind === "keyEnrolled")
    signers = [
      { person: act.person, role: "holder" },
      ...signers.filter((one) => one.person !== act.person),
    ];
  // Nobody signs beside whoever takes back what stands in their own name.
  if (approve === "signer") return signers;
  while (signers.length < SIGNERS_MAX) {
    const more = nextSigners(register, signers, approve, now, tried(signers));
    if (more === undefined) return signers;
    signers = more;
  }
  return signers;
}

/** With the signer whom the rules miss; undefined where they miss none, or nobody can be found. */
function nextSigners(
  register: ReadRegister,
  signers: readonly Signer[],
  approve: Power,
  now: number,
  findings: readonly Finding[],
): readonly Signer[] | undefined {
  for (const { result, facts } of findings) {
    const factOf = (wanted: string) =>
      facts.find(([name]) => name === wanted)?.[1];
    const role = factOf("role");
    const isOneEnrollerShort =
      factOf("enrolled-by") !== undefined && factOf("key") === undefined;
    const power = powerSchema.safeParse(
      isOneEnrollerShort ? approve : factOf("power"),
    );
    if ((result !== "missing" && !isOneEnrollerShort) || !power.success)
      continue;
    const others = holdersWith(register, power.data, now).filter(
      (one) => !signers.some(({ person }) => person === one.person),
    );
    if (role === "approved" || isOneEnrollerShort) {
      const [other] = others;
      if (other !== undefined)
        return [...signers, { ...other, role: "approved" }];
    }
    if (role === "prepared") {
      const more = preparedToo(register, signers, approve, others, now);
      if (more !== undefined) return more;
    }
  }
  return undefined;
}

/** Whoever begins prepares, where somebody else may approve; else somebody else prepares. */
function preparedToo(
  register: ReadRegister,
  signers: readonly Signer[],
  approve: Power,
  others: readonly Holder[],
  now: number,
): readonly Signer[] | undefined {
  const only = signers.find(({ role }) => role === "approved");
  const [approver] = holdersWith(register, approve, now).filter(
    ({ person }) => !signers.some((one) => one.person === person),
  );
  if (only !== undefined && approver !== undefined)
    return [
      ...signers.map((one) =>
        one === only ? { ...one, role: "prepared" as const } : one,
      ),
      { ...approver, role: "approved" },
    ];
  const [other] = others;
  return other === undefined
    ? undefined
    : [{ ...other, role: "prepared" }, ...signers];
}
