import fc from "fast-check";
import { html } from "hono/html";
import { expect, test } from "vitest";
import { anyAct } from "../../../test/any-act.ts";
import { formsIn, sentFrom } from "../../../test/page-forms.ts";
import { oneOfEach, priced } from "../../../test/story-acts.ts";
import { day, OFFSET } from "../../../test/story-founding.ts";
import { listedActs } from "../../../test/story-touched.ts";
import { given, play } from "../../../test/story.ts";
import { type Act, actKinds } from "../../acts/act.ts";
import { utf8ToBytes } from "../../acts/bytes.ts";
import { decode, encode } from "../../acts/canonical.ts";
import { emptyRegister, type ReadRegister } from "../../register/register.ts";
import { ActForm } from "./act-form.tsx";
import { deskKinds, isDeskKind } from "./kinds.ts";
import { readAct } from "./read-act.ts";
import { shapeOf } from "./shape.ts";
import { typedOf, withoutBlankRows } from "./typed.ts";

/**
 * An act that is opened in its form and sent as it stands there is the same act, to the byte: what the form shows is what is signed. Where
 * the register has what the act names it is chosen from lists; otherwise it is typed.
 */
const RUNS = process.env["SOAK"] === "1" ? 300 : 8;
const full = play(given(day(1), ...priced)).register;
const bare = { ...emptyRegister(), offsetMinutes: OFFSET };

/** What comes back from the form of an act: its bytes, or what its fields would be told. */
function sentBack(act: Act, register: ReadRegister): string {
  const { kind } = act;
  if (!isDeskKind(kind)) throw new Error(`Cannot type ${kind}: it has no form`);
  const node = shapeOf(kind);
  const reading = { offsetMinutes: register.offsetMinutes };
  // A draft is read from where it is kept, its members in their order there.
  const kept = decode(utf8ToBytes(encode(act)), "act");
  const typed = typedOf(node, "", kept, reading);
  const page = html`${ActForm({
    form: {
      ...{ kind, register, now: day(2), typed, wrong: [] },
      oneMore: new Set<string>(),
    },
    draft: undefined,
    notices: [],
  })}`;
  if (page instanceof Promise) throw new Error("Cannot read a page to come");
  const [form] = formsIn(page.toString()).filter(
    ({ method }) => method === "post",
  );
  if (form === undefined) throw new Error(`Cannot find the form of ${kind}`);
  const sent = new Map<string, string[]>();
  for (const [name, value] of sentFrom(form))
    if (!["formToken", "do", "draft"].includes(name))
      sent.set(name, [
        ...(sent.get(name) ?? []),
        value.replaceAll("\r\n", "\n"),
      ]);
  const read = readAct(kind, withoutBlankRows(node, "", sent), reading);
  return "wrong" in read ? JSON.stringify(read.wrong) : encode(read.act);
}

const samples: readonly Act[] = [
  ...Object.values(oneOfEach).filter(({ kind }) => kind !== "genesis"),
  ...listedActs.map(([act]) => act),
];

test("there is a sample of every kind of act that has a form", () => {
  const kinds = new Set(samples.map(({ kind }) => kind));
  expect(deskKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  expect([...deskKinds].toSorted()).toEqual(
    actKinds.filter((kind) => kind !== "genesis").toSorted(),
  );
});

test.each(samples.map((act) => [act.kind, act] as const))(
  "%s comes back from its form as it was",
  (_, act) => {
    for (const register of [full, bare])
      expect(sentBack(act, register)).toBe(encode(act));
  },
);

test.each(deskKinds)(
  "%s comes back from its form, whatever it says",
  (kind) => {
    fc.assert(
      fc.property(
        anyAct(kind),
        fc.constantFrom(full, bare),
        (act, register) => {
          expect(sentBack(act, register)).toBe(encode(act));
        },
      ),
      { numRuns: RUNS },
    );
  },
);
