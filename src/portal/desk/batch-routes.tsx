import { sentenceOf } from "../acts/badge.ts";
import type { Context, Hono } from "hono";
import type { FC } from "hono/jsx";
import {
  actOf,
  type Draft,
  DraftMoved,
  placesOf,
  signersOf,
} from "../../accounts/drafts.ts";
import { bytesToHex, fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { encode, encodeBytes, Malformed } from "../../acts/canonical.ts";
import {
  type Batch,
  signedBatchBytes,
  type Statement,
} from "../../acts/statement.ts";
import { leafHash } from "../../log/hash.ts";
import { rootFromInclusion } from "../../log/proof.ts";
import { pathsInLeaves } from "../../log/tree.ts";
import type { Office } from "../../office/office.ts";
import type { ReadRegister } from "../../register/register.ts";
import { readForm, type Sent } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { whenSure } from "../health.ts";
import { say, sayCount } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { deskOf, type Desk, draftFor, official } from "./desk.ts";
import { DeskPage } from "./desk-page.tsx";
import { statementOf } from "./draft-routes.tsx";
import { kindTitle } from "./draft-page.tsx";
import { signAndEnter } from "./enter.ts";
import { isDeskKind } from "./kinds.ts";
import { Ruled } from "./ruling.tsx";
import { SaidAct } from "./said-act.tsx";
import { SignForm } from "./sign-form.tsx";
import { placed, signatureIn } from "./signature.ts";
import { isSignedInLists, passkeysHere } from "./signing-keys.ts";
import { statementShown } from "./statement.ts";

const FORM_BYTES_MAX = 4 * 1024 * 1024;
const LIST_MAX = 64;

/** One signature over a list of like acts (docs/spec/2-statement.md): each with its own ruling, looked at before. */
export function batchRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.post("/desk/batches", limited, async (c) => {
    const { person } = official(c, options);
    const desk = deskOf(options);
    const list = await listIn(c, desk, await readForm(c));
    const statements = list.map((draft) => statementOf(desk, draft));
    const batch = batchFor(desk, list, statements);
    return showBatch(c, desk, person, list, batch);
  });
  app.post("/desk/batches/sign", whenSure(options), limited, async (c) => {
    const { person } = official(c, options);
    const desk = deskOf(options);
    const sent = await readForm(c);
    const list = await listIn(c, desk, sent);
    const statements = list.map((draft, index): Statement => {
      if (draft.stage !== "open") return statementOf(desk, draft);
      const shown = statementShown(
        ...([options.office, draft] as const),
        ...([sent.texts("statement")[index] ?? "", options.now()] as const),
      );
      if ("notSigned" in shown) throw new Malformed(shown.notSigned);
      return shown;
    });
    const { root, batches } = batchFor(desk, list, statements);
    const message = signedBatchBytes(root);
    const made = await signatureIn(desk, person, message, sent);
    if ("notSigned" in made) throw new Malformed(made.notSigned);
    const away: string[] = [];
    for (const [index, draft] of list.entries()) {
      const statement = statements[index];
      const batch = batches[index];
      if (statement === undefined || batch === undefined) continue;
      const put = placed(
        ...([desk.options, statement, placesOf(draft, person)] as const),
        ...([message, made] as const),
      );
      if ("notSigned" in put) {
        away.push(put.notSigned);
        continue;
      }
      const before =
        draft.stage === "signing"
          ? draft.signatures
          : statement.signers.map(() => null);
      const against = await signAndEnter(desk, draft, {
        ...{ statement, batch },
        signatures: before.map((one, place) =>
          put.places.includes(place) ? made : one,
        ),
      }).catch((error: unknown) => {
        // The others of the list are signed all the same: each stands by its own path to the root.
        if (error instanceof DraftMoved) return { turnedAway: error.message };
        throw error;
      });
      if (against !== undefined) away.push(against.turnedAway);
    }
    // Those that were entered are; the others are drafts still, and this is why.
    if (away.length > 0) throw new Malformed([...new Set(away)].join("; "));
    return c.redirect("/desk", 303);
  });
}

type Batched = {
  readonly root: Uint8Array;
  readonly batches: readonly Batch[];
  readonly statements: readonly Statement[];
};

/** What is signed for a list: the root under the first signatures, where there are some; one of the list may have been withdrawn since. */
function batchFor(
  desk: Desk,
  list: readonly Exclude<Draft, { stage: "entered" }>[],
  statements: readonly Statement[],
): Batched {
  const { primitives } = desk.options;
  const kept = list.flatMap((draft) =>
    draft.stage === "signing" && draft.batch !== undefined ? [draft] : [],
  );
  const [first] = kept;
  if (first?.batch === undefined) return batchOf(desk, statements);
  const { index, count, path } = first.batch;
  const root = rootFromInclusion(
    ...([
      primitives,
      leafHash(primitives, encodeBytes(first.statement)),
    ] as const),
    ...([index, count, path.map(fromBase64url)] as const),
  );
  if (root === undefined)
    throw new Error("Cannot sign a list: a path leads nowhere");
  const batches = kept.flatMap(({ batch }) =>
    batch === undefined ? [] : [batch],
  );
  return { root, batches, statements };
}

function batchOf(
  { options: { primitives } }: Desk,
  statements: readonly Statement[],
): Batched {
  const leaves = statements.map((one) =>
    leafHash(primitives, encodeBytes(one)),
  );
  const { root, paths } = pathsInLeaves(primitives, leaves);
  return {
    ...{ root, statements },
    batches: paths.map((path, index) => ({
      ...{ index, count: leaves.length },
      path: path.map(toBase64url),
    })),
  };
}

/**
 * The drafts of a list, in their order. Those that somebody has signed in a list are signed in the same list again: its root is what stands
 * under every signature.
 */
async function listIn(
  c: Context,
  desk: Desk,
  sent: Sent,
): Promise<readonly Exclude<Draft, { stage: "entered" }>[]> {
  const who = official(c, desk.options);
  const ids = [...new Set(sent.texts("draft"))];
  if (ids.length < 1 || ids.length > LIST_MAX)
    throw new Forbidden(`want one draft to ${LIST_MAX} in a list`);
  const found: Exclude<Draft, { stage: "entered" }>[] = [];
  for (const id of ids) {
    const draft = await draftFor(desk, who, id);
    if (draft.stage === "entered" || placesOf(draft, who.person).length === 0)
      throw new Forbidden("one of the list is not for you to sign any more");
    found.push(draft);
  }
  const whole = await withTheirList(desk, who.person, found);
  mustBeAlike(whole);
  return whole;
}

async function withTheirList(
  { drafts }: Desk,
  person: number,
  found: readonly Exclude<Draft, { stage: "entered" }>[],
): Promise<readonly Exclude<Draft, { stage: "entered" }>[]> {
  const [first] = found;
  if (first?.stage !== "signing") return found;
  if (first.batch === undefined)
    throw new Forbidden(
      "a draft that was signed by itself is signed by itself",
    );
  const signed = first.signatures.find((one) => one !== null);
  const all = (await drafts.of(person)).filter(
    (one) =>
      one.stage === "signing" &&
      one.batch !== undefined &&
      encode(one.signatures.find((other) => other !== null) ?? null) ===
        encode(signed ?? null),
  );
  return all
    .flatMap((one) => (one.stage === "signing" ? [one] : []))
    .toSorted((a, b) => (a.batch?.index ?? 0) - (b.batch?.index ?? 0));
}

function mustBeAlike(list: readonly Draft[]): void {
  const kinds = new Set(list.map((draft) => actOf(draft).kind));
  if (!list.every(isSignedInLists))
    throw new Forbidden(
      "a key is enrolled by itself: its holder signs with the new key, and that signs no list",
    );
  const signers = new Set(list.map((draft) => encode([...signersOf(draft)])));
  const stages = new Set(list.map(({ stage }) => stage));
  if (kinds.size !== 1 || signers.size !== 1 || stages.size !== 1)
    throw new Forbidden(
      "a list has acts of one kind, for the same signers, signed by the same people so far",
    );
}

function showBatch(
  c: Context,
  desk: Desk,
  person: number,
  list: readonly Draft[],
  { root, statements }: Batched,
): Response | Promise<Response> {
  const { office, primitives, demonstration, now } = desk.options;
  const told = statements.map((one) => office.explain(one));
  const isRefused = told.some(({ ruling }) => ruling.outcome === "refused");
  return showPage(
    c,
    <BatchPage
      register={office.register}
      now={now()}
      statements={statements}
      told={told}
      signing={
        <SignForm
          action="/desk/batches/sign"
          carries={[
            ...list.map(({ id }) => ["draft", id] as const),
            ...statements.map((one) => ["statement", encode(one)] as const),
          ]}
          digest={bytesToHex(primitives.sha256(signedBatchBytes(root)))}
          signs="list"
          isRefused={isRefused}
          label={say("Sign all of them")}
          isByOffice={demonstration}
          isByNewKey={false}
          passkeys={passkeysHere(c, desk.options, person)}
        />
      }
    />,
  );
}

const BatchPage: FC<{
  register: ReadRegister;
  now: number;
  statements: readonly Statement[];
  told: readonly ReturnType<Office["explain"]>[];
  signing: unknown;
}> = ({ register, now, statements, told, signing }) => {
  const n = statements.length;
  const title = `${kindTitle(statements[0]?.act.kind ?? "")}${say(": ")}${sayCount(
    n,
    "{n} act",
    "{n} acts",
    { n },
  )}`;
  return (
    <DeskPage
      title={title}
      script="/sign.js"
      lead={say(
        "One signature stands under all of them. Each is ruled on by itself, and each is an entry of its own.",
      )}
    >
      {statements.map(({ act }, index) => {
        const ruling = told[index]?.ruling;
        const would = ruling && sentenceOf(act, ruling.outcome, "before");
        return (
          <section>
            <h2>
              {say("Act {n}", { n: index + 1 })}:{" "}
              {would !== undefined && (
                <span class={would.tone}>{would.says}</span>
              )}
            </h2>
            {isDeskKind(act.kind) && (
              <SaidAct kind={act.kind} act={act} register={register} />
            )}
            {ruling !== undefined && (
              <Ruled {...{ ruling, act, register }} at={now} />
            )}
          </section>
        );
      })}
      <section aria-labelledby="sign">
        <h2 id="sign">{say("Sign")}</h2>
        {signing}
      </section>
    </DeskPage>
  );
};
