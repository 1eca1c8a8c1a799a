import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { personKeyId } from "../acts/statement.ts";
import { effectFrom } from "../register/delays.ts";
import {
  inForce,
  type ReadRegister,
  type Standing,
  type Tenure,
} from "../register/register.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { decidePersonKey } from "./passkeys.ts";
import { taken, unknown } from "./registration.ts";
import { isGranting, type Signed } from "./signing.ts";
import { decideEnd, decideSpan } from "./spans.ts";

export function decidePost(
  register: ReadRegister,
  act: ActOf<"post">,
): Verdict {
  const above = [act.superior, act.auditor];
  return {
    findings: [
      ...taken(register.posts, "post", act.post),
      ...unknown(register.bodies, "body", act.body),
      ...above.flatMap((post) =>
        post === act.post ? [] : unknown(register.posts, "post", post),
      ),
      ...when(above.includes(act.post), () =>
        breach("I17", ["post", act.post]),
      ),
    ],
  };
}

export function decideTenure(
  register: ReadRegister,
  { statement }: Signed,
  act: ActOf<"tenure">,
  at: number,
): Verdict {
  const from = Math.max(act.from ?? at, effectFrom(register, act, at) ?? at);
  return {
    findings: [
      ...unknown(register.persons, "person", act.person),
      ...unknown(register.posts, "post", act.post),
      ...decideSpan(act, at),
      ...(act.mode === "full"
        ? []
        : decideEnd(register, act, at, "I5", undefined)),
      ...when(
        act.mode === "delegated" && !delegatorHolds(register, act, from),
        () => missing("V-REF", ["delegator-of", act.post]),
      ),
      ...when(act.mode === "full" && overlaps(register, act, from), () =>
        breach("V-NEW", ["post", act.post], ["tenure", "full"]),
      ),
      ...statement.signers.flatMap((signer) =>
        decideAppointer(register, signer.post, act.post),
      ),
      ...when(
        statement.signers.some(
          ({ role, person }) => role === "approved" && person === act.person,
        ),
        () => breach("I17", ["person", act.person], ["appointed-by", "itself"]),
      ),
      ...(isGranting(register, act.post)
        ? keysByOneAlone(register, act.person, at)
        : []),
    ],
  };
}

/** I17. */
function decideAppointer(
  register: ReadRegister,
  signer: string | undefined,
  appointed: string,
): readonly Finding[] {
  return signer !== undefined &&
    (signer === appointed || isAbove(register, signer, appointed))
    ? [breach("I17", ["post", appointed], ["appointed-by", signer])]
    : [];
}

/** Whether a post is the superior or the auditor of another. */
function isAbove(register: ReadRegister, below: string, post: string): boolean {
  const found = register.posts.get(below)?.act;
  return found?.superior === post || found?.auditor === post;
}

function delegatorHolds(
  register: ReadRegister,
  act: ActOf<"tenure">,
  at: number,
): boolean {
  return (register.tenures.get(act.post) ?? []).some(
    (t) =>
      t.act.person === act.delegator &&
      t.act.mode !== "delegated" &&
      inForce(t, at),
  );
}

function overlaps(
  register: ReadRegister,
  act: ActOf<"tenure">,
  from: number,
): boolean {
  const meets = (t: Standing<Tenure>): boolean =>
    t.ended === undefined &&
    t.act.mode === "full" &&
    t.from < (act.to ?? Infinity) &&
    from < t.to;
  return (register.tenures.get(act.post) ?? []).some(meets);
}

/** A post that grants rights takes nobody whose key was enrolled by one person alone. */
function keysByOneAlone(
  register: ReadRegister,
  person: number,
  at: number,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const [id, key] of register.keys) {
    if (
      key.person === person &&
      key.revoked === undefined &&
      key.at <= at &&
      new Set(key.enrolledBy).size < 2 &&
      key.entry > 0
    ) {
      found.push(
        breach(
          "I4",
          ["key", id],
          ["enrolled-by", new Set(key.enrolledBy).size],
          ["wanted", 2],
        ),
      );
    }
  }
  return found;
}

/** Who ends a tenure may lay down the own post; the post that oversees it is not theirs to empty (I17). */
export function decideTenureEnded(
  register: ReadRegister,
  { statement }: Signed,
  act: ActOf<"tenureEnded">,
  at: number,
): Verdict {
  const held = (register.tenures.get(act.post) ?? []).some(
    (t) => t.act.person === act.person && t.ended === undefined && at < t.to,
  );
  const posts = statement.signers.flatMap(({ post }) => post ?? []);
  return {
    findings: [
      ...when(!held, () => missing("V-REF", ["tenure-of", act.post])),
      ...posts.flatMap((signer) =>
        when(isAbove(register, signer, act.post), () =>
          breach("I17", ["post", act.post], ["ended-by", signer]),
        ),
      ),
    ],
  };
}

export function decideReportedTenure(
  register: ReadRegister,
  act: ActOf<"reportedTenure">,
): Verdict {
  return {
    findings: [
      ...unknown(register.persons, "person", act.person),
      ...unknown(register.posts, "post", act.post),
      ...taken(
        register.reported,
        "tenure",
        `tenure ${act.post} ${act.person} ${act.from}`,
      ).map(() => breach("V-NEW", ["tenure-of", act.post], ["from", act.from])),
    ],
  };
}

/** A key enters by its holder's own signature and that of other persons with the power to enrol: two for granting posts. */
export function decideKeyEnrolled(
  p: Primitives,
  register: ReadRegister,
  { statement }: Signed,
  act: ActOf<"keyEnrolled">,
  at: number,
): Verdict {
  const enrollers = new Set(
    statement.signers
      .filter((s) => s.role === "approved" && s.person !== act.person)
      .map((s) => s.person),
  );
  const wants = holdsGranting(register, act.person, at) ? 2 : 1;
  return {
    findings: [
      ...unknown(register.persons, "person", act.person),
      ...decidePersonKey(act.key),
      ...when(register.keys.has(personKeyId(p, act.key)), () =>
        breach("V-NEW", ["key", personKeyId(p, act.key)]),
      ),
      ...when(
        !statement.signers.some(
          (s) => s.role === "holder" && s.person === act.person,
        ),
        () => missing("I4", ["role", "holder"]),
      ),
      ...when(
        statement.signers.some(
          (s) => s.role !== "holder" && s.person === act.person,
        ),
        () => breach("I4", ["same-person", "holder-and-enroller"]),
      ),
      ...when(enrollers.size < wants, () =>
        breach("I4", ["enrolled-by", enrollers.size], ["wanted", wants]),
      ),
    ],
  };
}

function holdsGranting(
  register: ReadRegister,
  person: number,
  at: number,
): boolean {
  for (const [post, tenures] of register.tenures) {
    if (
      isGranting(register, post) &&
      tenures.some(
        (t) => t.act.person === person && t.ended === undefined && at < t.to,
      )
    )
      return true;
  }
  return false;
}

export function decideKeyRevoked(
  register: ReadRegister,
  act: ActOf<"keyRevoked">,
): Verdict {
  const key = register.keys.get(act.key);
  return {
    findings: [
      ...when(key === undefined, () => missing("V-REF", ["key", act.key])),
      ...when(key?.revoked !== undefined, () =>
        breach("V-ENDED", ["key", act.key]),
      ),
    ],
  };
}
