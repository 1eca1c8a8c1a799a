import { promises as fs } from "node:fs";
import { join } from "node:path";
import { showInstant } from "../../acts/dates.ts";
import { HOUR } from "../../acts/shapes.ts";
import type { Submission } from "../../acts/statement.ts";
import {
  inForce,
  type ReadRegister,
  type Standing,
  type Tenure,
} from "../../register/register.ts";
import { CouldNot } from "../exit.ts";
import { sign, type SignerKey } from "../signing.ts";
import {
  type Attempt,
  type Betrayal,
  FILES_ALONE,
  WITHOUT_WITNESS,
} from "./betrayal.ts";
import { atOf, type History, insertAt, registerAt } from "./history.ts";
import { followed } from "./serving.ts";
import { draftAt, entryOf, GRANTED, lawfulRuling } from "./signing.ts";
import type { Shown } from "./rebuild.ts";
import type { Stage } from "./stage.ts";

const DAY = 86_400_000;

export const backdate: Betrayal = {
  name: "backdate",
  title: "backdate an appointment",
  does: "lets somebody have held a post before the appointment was made, in six ways",
  who: "those who appoint, with their own keys, together with whoever holds the log's key, the gateway's key and the disk",
  finds:
    "nothing may begin before its entry; times never fall; a reported tenure grants nothing; whoever signed later had seen another tree. What lies behind the last signature of an official only a witness holds, and between two entries any time can be said unless somebody kept what a witness cosigned in between",
  needs:
    "nothing but the office's files; for the time since an official last signed a witness, and a checkpoint that it cosigned since",
  run: async (stage) => {
    const { history } = stage;
    const end = history.lines.length;
    const register = registerAt(history, end);
    const staged = { stage, register, ...appointing(register) };
    const seen = seenByOfficials(history);
    return [
      await withEarlierBeginning(staged, end),
      await withEarlierTime(staged, end),
      await asIfReported(staged, end),
      await setBack(staged, end),
      await putAmongOlder(staged, seen - 1),
      await putBehindTheLast(staged, Math.floor((seen + 1 + end) / 2)),
    ];
  },
};

type Staged = {
  readonly stage: Stage;
  readonly register: ReadRegister;
  readonly appointed: { readonly person: number; readonly post: string };
  readonly prepares: Standing<Tenure>;
  readonly appoints: Standing<Tenure>;
};

/** Who appoints, who prepares it, and somebody of the office who gets a second post. */
function appointing(
  register: ReadRegister,
): Omit<Staged, "stage" | "register"> {
  const appoints = holderWith(register, "appoint", []);
  const prepares = holderWith(
    register,
    "register",
    [appoints.act.post],
    appoints,
  );
  const permits = holderWith(register, "permit", []);
  const other = holderWith(register, "prepareFees", [permits.act.post]);
  const appointed = { person: other.act.person, post: permits.act.post };
  return { appoints, prepares, appointed };
}

/** A holder of a post with that power; in the body of somebody else's post, if one is named. */
function holderWith(
  { tenures, posts, at }: ReadRegister,
  power: string,
  not: readonly string[],
  beside?: Standing<Tenure>,
): Standing<Tenure> {
  const body = posts.get(beside?.act.post ?? "")?.act.body;
  for (const [post, held] of tenures) {
    const act = posts.get(post)?.act;
    if (act === undefined || not.includes(post)) continue;
    if (!act.powers.some((one) => one === power)) continue;
    if (body !== undefined && act.body !== body) continue;
    const holder = held.find((tenure) => inForce(tenure, at));
    if (holder !== undefined) return holder;
  }
  throw new CouldNot(`Cannot cheat: nobody here has the power ${power}`);
}

/** Up to this size the log is pinned by what officials had seen when they last signed. */
function seenByOfficials({ lines }: History): number {
  const sizes = lines.map((line) =>
    line.kind === "entry" && line.entry.type === "act"
      ? line.entry.statement.seen.size
      : 0,
  );
  return Math.max(1, ...sizes);
}

async function signerOf(
  stage: Stage,
  { act }: Standing<Tenure>,
  role: SignerKey["role"],
): Promise<SignerKey> {
  const { person, post } = act;
  return { person, post, role, key: await stage.personKey(person) };
}

/** An acting appointment, truly signed by those who appoint. */
async function appointment(
  { stage, prepares, appoints, appointed }: Staged,
  index: number,
  at: number,
  from?: number,
): Promise<Submission> {
  const signers = [
    await signerOf(stage, prepares, "prepared"),
    await signerOf(stage, appoints, "approved"),
  ];
  const to = Math.ceil((at + 200 * DAY) / HOUR) * HOUR;
  const span = from === undefined ? { to } : { from, to };
  const act = { kind: "tenure", mode: "acting", ...appointed, ...span };
  return sign(draftAt(stage, index, at, act, signers), signers);
}

async function withEarlierBeginning(
  staged: Staged,
  end: number,
): Promise<Attempt> {
  const { stage, register } = staged;
  const { at } = register;
  const from = Math.floor((at - 60 * DAY) / HOUR) * HOUR;
  const submission = await appointment(staged, end, at, from);
  const entry = entryOf(stage, at, submission, GRANTED);
  const shown = await stage.show(insertAt(stage.history, end, entry));
  return {
    done: "appointed today, from sixty days ago; the office enters it as granted",
    checks: [
      await stage.ask(shown, {
        having: FILES_ALONE,
        expected: ["ruling"],
      }),
    ],
  };
}

async function withEarlierTime(staged: Staged, end: number): Promise<Attempt> {
  const { stage, register } = staged;
  const at = register.at - 60 * DAY;
  const submission = await appointment(staged, end, at);
  const entry = entryOf(stage, at, submission, GRANTED);
  const shown = await stage.show(insertAt(stage.history, end, entry));
  return {
    done: "entered today with the time of sixty days ago",
    checks: [
      await stage.ask(shown, {
        having: FILES_ALONE,
        expected: ["at-falls"],
      }),
    ],
  };
}

/** It may be reported that somebody held a post; what they then sign is still not signed by a holder. */
async function asIfReported(staged: Staged, end: number): Promise<Attempt> {
  const { stage, register, appointed } = staged;
  const registrar = await signerOf(
    stage,
    holderWith(register, "report", []),
    "approved",
  );
  const { at, offsetMinutes } = register;
  const source = [...register.reported.values()].at(0)?.act.source;
  const from = showInstant(at - 60 * DAY, offsetMinutes).slice(0, 10);
  const report = {
    kind: "reportedTenure",
    mode: "full",
    ...appointed,
    from,
    source,
  };
  const reported = sign(draftAt(stage, end, at, report, [registrar]), [
    registrar,
  ]);
  const { person, post } = appointed;
  const key = await stage.personKey(person);
  const permit = [...register.permits.values()].findLast((one) =>
    inForce(one, at),
  );
  const act = {
    kind: "permitRevoked",
    permit: permit?.act.permit,
    reason: "request",
  };
  const signer: SignerKey = { person, post, role: "approved", key };
  const used = sign(draftAt(stage, end, at, act, [signer]), [signer]);
  const first = entryOf(
    stage,
    at,
    reported,
    lawfulRuling(stage, end, at, reported),
  );
  const second = entryOf(stage, at, used, GRANTED);
  const both = insertAt(insertAt(stage.history, end, first), end + 1, second);
  return {
    done: "the tenure is reported as one of sixty days ago, and an act of the person is granted on it",
    checks: [
      await stage.ask(await stage.show(followed(both)), {
        having: FILES_ALONE,
        expected: ["ruling"],
      }),
    ],
  };
}

/** The time falls no lower than the last entry's: until somebody outside cosigns, it is the office's word. */
async function setBack(staged: Staged, end: number): Promise<Attempt> {
  const { stage, register } = staged;
  const { at, offsetMinutes } = register;
  const submission = await appointment(staged, end, at);
  const ruling = lawfulRuling(stage, end, at, submission);
  const witness = await stage.newlyWatched();
  const entry = entryOf(stage, at, submission, ruling);
  const shown = await stage.show(insertAt(stage.history, end, entry));
  const cosigned = await witness.ask(shown.note, shown.built.nodes);
  if ("refused" in cosigned) throw new CouldNot(cosigned.refused);
  await publishNote(shown, cosigned.note);
  const kept = join(stage.dir, "kept-and-cosigned.checkpoint");
  await fs.writeFile(kept, witness.note);
  const policy = witness.policyFile;
  return {
    done: `entered today with the time of the last entry before it, ${showInstant(at, offsetMinutes)}; a witness had cosigned the log today without it, and cosigns it with it`,
    checks: [
      await stage.ask(shown, {
        having: WITHOUT_WITNESS,
        expected: [],
        because: "Between two entries the time is the office's word.",
      }),
      await stage.ask(shown, {
        having: "with a witness",
        expected: [],
        because:
          "The log only grew, and a witness shows its newest cosignature.",
        policy,
      }),
      await stage.ask(shown, {
        having: "with a witness and a checkpoint that it cosigned in between",
        expected: ["at-before-cosignature"],
        policy,
        also: [kept],
      }),
    ],
  };
}

async function publishNote({ folder }: Shown, note: string): Promise<void> {
  await fs.writeFile(join(folder, "public/log/register/checkpoint"), note);
}

async function insertedAt(staged: Staged, index: number) {
  const { stage } = staged;
  const at = Math.max(...stage.history.lines.slice(index - 1, index).map(atOf));
  const submission = await appointment(staged, index, at);
  const ruling = lawfulRuling(stage, index, at, submission);
  const entry = entryOf(stage, at, submission, ruling);
  return stage.show(insertAt(stage.history, index, entry));
}

async function putAmongOlder(staged: Staged, index: number): Promise<Attempt> {
  return {
    done: `the appointment is put in as entry ${index}, before an act that others signed, and everything since then is made again`,
    checks: [
      await staged.stage.ask(await insertedAt(staged, index), {
        having: WITHOUT_WITNESS,
        expected: ["unseen"],
      }),
    ],
  };
}

async function putBehindTheLast(
  staged: Staged,
  index: number,
): Promise<Attempt> {
  const { stage } = staged;
  const shown = await insertedAt(staged, index);
  return {
    done: `the appointment is put in as entry ${index}, behind the last act of an official, where only machines have signed`,
    checks: [
      await stage.ask(shown, {
        having: WITHOUT_WITNESS,
        expected: [],
        because: "Nobody outside remembers, and no official has signed since.",
      }),
      await stage.askWatched(shown),
    ],
  };
}
