import {
  type Dataset,
  inForceDuring,
  isBetweenTerms,
  isSuspended,
  type ReadRegister,
  type Standing,
  type StandingPermit,
  type StandingProduct,
} from "../register/register.ts";
import { isPersonal, beyond } from "../register/fields.ts";
import { type Known, slotNameOf, type Spent } from "./admit.ts";
import type { Lack, Nearest, Thing } from "./explained.ts";
import { fieldsOf, type Request } from "./plan.ts";
import { strayKey } from "./stray-key.ts";
import { SLOT, slotOf, stepsOf } from "./use.ts";

/** Most are one step away; a handful is as much as anybody reads. */
const NEAREST_MAX = 5;

export type Wanted = {
  readonly register: ReadRegister;
  readonly request: Request;
  readonly organisation: string | undefined;
  readonly at: number;
  readonly rows: number;
  readonly spent: ((permit: string) => Spent) | undefined;
  readonly known: Known;
};

/** What would have allowed a request that was refused, the nearest first. */
export function nearestOf(wanted: Wanted): readonly Nearest[] {
  const { register, request } = wanted;
  const { plan } = request;
  const dataset = register.datasets.get(plan.dataset)?.act;
  if (dataset === undefined) return [];
  const never: readonly Nearest[] =
    plan.form === "aggregate" && isPersonal(dataset)
      ? [{ near: "never", rule: "I12" }]
      : [];
  const offered = [...register.products.values()].filter(
    ({ act }) => act.content[0]?.dataset === plan.dataset,
  );
  const near = offered
    .flatMap((product) => {
      const permits = permitsFor(wanted, product);
      return permits.length === 0
        ? toApplyFor(wanted, product)
        : permits.map((permit) => lackingPermit(wanted, product, permit));
    })
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, NEAREST_MAX);
  return [...never, ...near, ...openOf(wanted, dataset)];
}

/** Open data need no product, and what is open only in part is not served openly at all. */
function openOf(
  { register, request, at }: Wanted,
  dataset: Dataset,
): readonly Nearest[] {
  const open = dataset.fields.filter((f) => f.classification === "open");
  const closed = dataset.fields.filter((f) => f.classification !== "open");
  const { contribution } = dataset;
  const lent = register.contributions.get(contribution ?? "");
  const isHere =
    contribution === undefined ||
    inForceDuring(lent, slotOf(at, SLOT.minute), SLOT.minute);
  const needsNone =
    isHere && request.product !== undefined && request.plan.form !== "answer";
  if (open.length === 0 || (closed.length === 0 && !needsNone)) return [];
  const names = (fields: Dataset["fields"]) => fields.map((f) => f.name);
  return [{ near: "open", open: names(open), closed: names(closed) }];
}

function permitsFor(
  { register, organisation }: Wanted,
  { act }: StandingProduct,
): readonly StandingPermit[] {
  const ids = register.permitsOf.get(`${organisation ?? ""} ${act.product}`);
  return (ids ?? []).flatMap((id) => register.permits.get(id) ?? []);
}

function toApplyFor(
  wanted: Wanted,
  product: StandingProduct,
): readonly Nearest[] {
  const { register, request, rows } = wanted;
  const { act } = product;
  if (!inForceDuring(product, ...slotFor(product, wanted.at))) return [];
  const purposes = act.purposes.filter((one) => inRulebook(register, one));
  if (purposes.length === 0) return [];
  const { purpose } = request;
  return [
    {
      near: "product",
      product: act.product,
      form: act.form,
      purposes,
      lacks: [
        ...lacksOfProduct(wanted, product),
        ...(purpose !== undefined && !purposes.includes(purpose)
          ? [{ lack: "purpose" as const, purpose }]
          : []),
        ...(rows > act.rowsMax
          ? [{ lack: "rows" as const, most: act.rowsMax }]
          : []),
      ],
    },
  ];
}

/** What no permit for a product could give. */
function lacksOfProduct(
  { request: { plan } }: Wanted,
  { act, fields }: StandingProduct,
): readonly Lack[] {
  // In another form the same plan would be written in another way: nothing more is said of it.
  if (act.form !== plan.form) return [{ lack: "form", form: act.form }];
  const touched = fieldsOf(plan);
  return [
    ...beyond(fields, touched.fields).map((name): Lack => ({
      lack: "field",
      name,
    })),
    ...beyond(fields, touched.where).map((name): Lack => ({
      lack: "condition",
      name,
    })),
    ...(plan.form === "answer" && strayKey(act, plan) !== undefined
      ? [{ lack: "key" as const, key: [...(act.key ?? [])] }]
      : []),
  ];
}

function lackingPermit(
  wanted: Wanted,
  product: StandingProduct,
  permit: StandingPermit,
): Nearest {
  const { register, request, known } = wanted;
  const { act } = permit;
  const inForm = product.act.form === request.plan.form;
  const needsCase = register.rulebook?.act.purposes.some(
    (one) => one.purpose === act.purpose && one.case === true,
  );
  const lacks: readonly Lack[] = [
    ...(known.permit !== undefined && known.permit !== act.permit
      ? [{ lack: "token" as const }]
      : []),
    ...lacksStanding(wanted, product, permit),
    ...(request.purpose !== undefined && request.purpose !== act.purpose
      ? [{ lack: "purpose" as const, purpose: request.purpose }]
      : []),
    ...(inRulebook(register, act.purpose)
      ? []
      : [{ lack: "rulebook" as const, purpose: act.purpose }]),
    ...lacksOfProduct(wanted, product),
    ...(inForm ? lacksInside(wanted, product, permit) : []),
    ...(needsCase === true && request.case === undefined
      ? [{ lack: "case" as const, purpose: act.purpose }]
      : []),
  ];
  return {
    near: "permit",
    permit: act.permit,
    product: act.product,
    lacks: [...lacks],
  };
}

/** Fields of the product that this permit leaves out, and numbers that it goes no further than. */
function lacksInside(
  { request, rows, spent }: Wanted,
  product: StandingProduct,
  { act }: StandingPermit,
): readonly Lack[] {
  const touched = fieldsOf(request.plan);
  const within = (names: readonly string[]) =>
    names.filter((name) => product.fields.includes(name));
  const used = spent?.(act.permit) ?? { calls: 0, steps: 0 };
  const callsLeft = (act.quota.calls ?? Infinity) - used.calls;
  const stepsLeft = (act.quota.steps ?? Infinity) - used.steps;
  const steps = stepsOf(rows, product.act.rowsPerStep);
  return [
    ...beyond(act.fields, within(touched.fields)).map((name): Lack => ({
      lack: "field",
      name,
    })),
    ...beyond(act.where, within(touched.where)).map((name): Lack => ({
      lack: "condition",
      name,
    })),
    ...(rows > act.rowsMax
      ? [{ lack: "rows" as const, most: act.rowsMax }]
      : []),
    ...(callsLeft < 1
      ? [{ lack: "calls" as const, left: Math.max(0, callsLeft) }]
      : []),
    ...(stepsLeft < steps
      ? [{ lack: "steps" as const, left: Math.max(0, stepsLeft) }]
      : []),
  ];
}

/** Everything that a permit stands on has to be in force in the slot. */
function lacksStanding(
  { register, at }: Wanted,
  product: StandingProduct,
  permit: StandingPermit,
): readonly Lack[] {
  const { authorisation } = product.act;
  const dataset = product.act.content[0]?.dataset ?? "";
  const { contribution } = register.datasets.get(dataset)?.act ?? {};
  const stands: readonly [Thing, string, Standing<unknown> | undefined][] = [
    ["permit", permit.act.permit, permit],
    ["product", product.act.product, product],
    [
      "authorisation",
      authorisation ?? "",
      register.authorisations.get(authorisation ?? ""),
    ],
    [
      "contribution",
      contribution ?? "",
      register.contributions.get(contribution ?? ""),
    ],
  ];
  return stands.flatMap(([what, id, standing]): readonly Lack[] => {
    if (standing === undefined) return [];
    const [slot, length] = slotFor(product, at);
    if (inForceDuring(standing, slot, length)) return [];
    const { ended, from, to, suspended } = standing;
    if (ended !== undefined)
      return [{ lack: "ended", what, id, at: ended.at, entry: ended.entry }];
    if (suspended !== undefined && isSuspended(standing, slot))
      return [{ lack: "notYet", what, id, from: suspended.until }];
    const later = isBetweenTerms(standing, slot) ? standing.longer : undefined;
    if (later !== undefined)
      return [
        {
          ...{ lack: "notYet", what, id },
          ...{ from: later.until, delayed: later.entry },
        },
      ];
    const { entry } = standing;
    const isDelayed = register.delayed.get(entry)?.until === from;
    return slot < to
      ? [
          {
            ...{ lack: "notYet", what, id, from },
            ...(isDelayed ? { delayed: entry } : {}),
          },
        ]
      : [{ lack: "ended", what, id, at: to }];
  });
}

function slotFor(
  { personal }: StandingProduct,
  at: number,
): [slot: number, length: number] {
  const length = SLOT[slotNameOf(personal)];
  return [slotOf(at, length), length];
}

function inRulebook({ rulebook }: ReadRegister, purpose: string): boolean {
  return rulebook?.act.purposes.some((one) => one.purpose === purpose) ?? false;
}

/** A permit that one has is nearer than one that must be applied for, and the form that is asked for than another. */
function distance(near: Nearest): number {
  if (near.near !== "permit" && near.near !== "product") return 0;
  const isOther = near.lacks.some(({ lack }) => lack === "form");
  const hasEnded = near.lacks.some(({ lack }) => lack === "ended");
  return (
    (isOther ? 1000 : 0) +
    (near.near === "product" ? 200 : 0) +
    (hasEnded ? 100 : 0) +
    near.lacks.length
  );
}
