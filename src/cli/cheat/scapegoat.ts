import type { ActEntry } from "../../acts/entry.ts";
import { showInstant } from "../../acts/dates.ts";
import type { Submission } from "../../acts/statement.ts";
import type { FaultCode } from "../../audit/report.ts";
import {
  inForce,
  type ReadRegister,
  type Reported,
  type Standing,
  type Tenure,
} from "../../register/register.ts";
import { CouldNot } from "../exit.ts";
import { sign, type SignerKey } from "../signing.ts";
import { type Attempt, type Betrayal, FILES_ALONE } from "./betrayal.ts";
import { atOf, type History, insertAt, registerAt } from "./history.ts";
import { draftAt, entryOf, GRANTED, lawfulRuling } from "./signing.ts";
import type { Stage } from "./stage.ts";

export const scapegoat: Betrayal = {
  name: "scapegoat",
  title: "sign as the predecessor",
  does: "enters an act of today among the predecessor's, in the predecessor's name, and makes everything since then again",
  who: "the present holder of a post, with that person's own key, who also commands the office's keys and the disk",
  finds:
    "each signature is checked with the key that others enrolled for the named person, before that place of the log; officials who signed later had seen another tree",
  needs: "nothing but the office's files",
  run: async (stage) => {
    const change = changeOfHolder(stage.history);
    return [
      await byTheOwnKey(stage, change),
      await underTheKeysName(stage, change),
      await onceMore(stage, change),
    ];
  },
};

type Change = {
  readonly post: string;
  readonly before: Standing<Tenure>;
  readonly now: Standing<Tenure>;
  /** A reported right that the predecessor could have confirmed. */
  readonly reported: Extract<Reported, { kind: "reportedAuthorisation" }>;
  /** A time in the predecessor's tenure, and the place of the log that has it. */
  readonly at: number;
  readonly index: number;
  readonly register: ReadRegister;
};

/** A post with the power to confirm whose holder changed. */
function changeOfHolder(history: History): Change {
  const register = registerAt(history, history.lines.length);
  for (const [post, tenures] of register.tenures) {
    const before = tenures.find(({ ended }) => ended !== undefined);
    const now = tenures.find((tenure) => inForce(tenure, register.at));
    const powers = register.posts.get(post)?.act.powers ?? [];
    if (before?.ended === undefined || now === undefined) continue;
    if (!powers.includes("confirm")) continue;
    for (const { act, at: reportedAt } of register.reported.values()) {
      if (act.kind !== "reportedAuthorisation") continue;
      const middle = (reportedAt + before.ended.at) / 2;
      const at = Math.round(middle / 60_000) * 60_000;
      const index = history.lines.findIndex((line) => atOf(line) > at);
      return { post, before, now, reported: act, at, index, register };
    }
  }
  throw new CouldNot("Cannot cheat: no head of this office has a predecessor");
}

/** An act to be ashamed of: a right from before the office is confirmed, to the same operator. */
async function ashamed(
  stage: Stage,
  { post, before, now, reported, at, index }: Change,
): Promise<{ named: SignerKey; submission: Submission }> {
  const key = await stage.personKey(now.act.person);
  const { person } = before.act;
  const named: SignerKey = { person, post, role: "approved", key };
  const act = {
    kind: "confirmed",
    reported: reported.reported,
    authorisation: `${reported.reported}.again`,
  };
  const statement = draftAt(stage, index, at, act, [named]);
  return { named, submission: sign(statement, [named]) };
}

async function byTheOwnKey(stage: Stage, change: Change): Promise<Attempt> {
  const { submission } = await ashamed(stage, change);
  return entered(
    stage,
    change,
    submission,
    "unknown-key",
    "the present holder's own key",
  );
}

/** The predecessor's key is public, so it can be named; the signature is still another's. */
async function underTheKeysName(
  stage: Stage,
  change: Change,
): Promise<Attempt> {
  const { submission } = await ashamed(stage, change);
  const { person } = change.before.act;
  const keys = [...change.register.keys];
  const [id] = keys.find(([, one]) => one.person === person) ?? [""];
  const signatures = submission.signatures.map((one) => ({ ...one, key: id }));
  return entered(
    stage,
    change,
    { ...submission, signatures },
    "unsigned",
    "the present holder's own key under the name of the predecessor's",
  );
}

async function entered(
  stage: Stage,
  { index, at, post, register }: Change,
  submission: Submission,
  expected: FaultCode,
  by: string,
): Promise<Attempt> {
  const ruling = lawfulRuling(stage, index, at, submission);
  const entry = entryOf(stage, at, submission, ruling);
  const day = showInstant(at, register.offsetMinutes).slice(0, 10);
  const shown = await stage.show(insertAt(stage.history, index, entry));
  return {
    done: `entry ${index}, dated ${day}, is an act in the name of the former holder of post ${post}, signed with ${by}`,
    checks: [
      await stage.ask(shown, {
        having: FILES_ALONE,
        expected: [expected, "unseen"],
      }),
    ],
  };
}

/** What the predecessor truly signed is entered a second time. */
async function onceMore(stage: Stage, change: Change): Promise<Attempt> {
  const { index, entry } = lastActOf(stage.history, change);
  const again: ActEntry = { ...entry, ruling: GRANTED };
  const shown = await stage.show(insertAt(stage.history, index + 1, again));
  return {
    done: `an act that the predecessor truly signed, entry ${index}, is entered a second time`,
    checks: [
      await stage.ask(shown, {
        having: FILES_ALONE,
        expected: ["repeated", "unseen"],
      }),
    ],
  };
}

function lastActOf(
  { lines }: History,
  { post, before }: Change,
): { index: number; entry: ActEntry } {
  for (const [index, line] of [...lines.entries()].toReversed()) {
    if (line.kind !== "entry" || line.entry.type !== "act") continue;
    const { entry } = line;
    const { signers, act } = entry.statement;
    const own = signers.some(
      (one) => one.person === before.act.person && one.post === post,
    );
    if (own && act.kind !== "genesis" && entry.ruling.outcome === "granted")
      return { index, entry };
  }
  throw new CouldNot("Cannot cheat: the predecessor signed nothing here");
}
