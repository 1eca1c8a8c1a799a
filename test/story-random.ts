import fc from "fast-check";
import type { Act, ActKind, ActOf } from "../src/acts/act.ts";
import type { Power } from "../src/acts/shapes.ts";
import {
  aBody,
  aCeiling,
  aConfirmation,
  aDataset,
  aFee,
  aFeeEnded,
  aField,
  aGateway,
  aGatewayEnd,
  aKey,
  aKeyEnd,
  aMachineKey,
  anAuthorisation,
  anAuthorisationEnd,
  anOrganisation,
  aPermit,
  aPerson,
  aPost,
  aProduct,
  aReport,
  aReportedDecision,
  aReportedTenure,
  aRevocation,
  aRulebook,
  aSuccession,
  aSystem,
  aTenure,
  aTenureEnd,
  aWithdrawal,
  aDisowning,
  aWitnessPolicy,
  ownerCheck,
  owners,
  stations,
} from "./story-acts.ts";
import {
  HOUR,
  publicKeyOf,
  theGenesis,
  theRulebook,
} from "./story-founding.ts";
import { applying } from "./story-applications.ts";
import { changed } from "./story-agreements.ts";
import { proceeding } from "./story-procedure-steps.ts";
import { registering } from "./story-registrations.ts";
import { beyond } from "./story-beyond.ts";
import { calendars } from "./story-calendars.ts";
import { withholding } from "./story-withholding.ts";
import { localLaw } from "./story-local-law.ts";
import { revenues } from "./story-revenue.ts";
import { lent } from "./story-lent.ts";
import { aLogEnd, aLogKey } from "./story-log-keys.ts";

/** An act whose dates are counted from the hour in which it is signed. */
export type Dated = (hour: number) => Act;
/** A failing history is printed as its acts, seen from the hour 0. */
const shown = (make: Dated): Dated =>
  Object.assign((hour: number) => make(hour), {
    [fc.toStringMethod]: () => JSON.stringify(make(0)),
  });

export const of = <const T>(...all: readonly T[]): fc.Arbitrary<T> =>
  fc.constantFrom<T[]>(...all);
/** Mostly what can be granted. */
const mostly = <const T>(usual: T, one: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 5 },
    { arbitrary: one, weight: 1 },
  );
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined, freq: 6 });
const list = <T>(one: fc.Arbitrary<T>, max = 3): fc.Arbitrary<T[]> =>
  fc.uniqueArray(one, { minLength: 1, maxLength: max });

const body = of("transport", "data-office", "mobility", "rail");
const system = of("vehicle-register", "tax", "rail-register");
const dataset = of("vehicles", "owners", "stations", "more");
const product = of("vehicle-records", "owner-check", "second", "third");
const organisation = of("sanhe", "huaxing", "rival");
const authorisation = of(
  "sanhe-vehicles",
  "second-right",
  "sanhe-old",
  "third-right",
  "fourth-right",
);
export const post = of(
  "head",
  "registrar",
  "administrator",
  "personnel",
  "price-officer",
  "clerk",
  "deputy",
);
const newPost = of("clerk", "deputy", "third", "fourth", "fifth", "head");
export const person = of(1, 2, 3, 4, 5, 7, 8);
const field = of("plate", "make", "year", "owner", "since", "station");
const purpose = of(
  "vehicle-trade",
  "insurance",
  "traffic-safety",
  "research",
  "curiosity",
);
const fee = of("vehicles-fee", "fee-2", "fee-3");
const ceiling = of("vehicles-max", "max-2", "max-3");
const permit = of("huaxing-vehicles", "permit-2", "permit-3", "permit-4");
const reported = of("franchise-2019", "fee-letter-2020", "other");
const amount = of(0, 50, 80, 99, 100, 101, 500);
const unit = of("call", "step");
const key = of("person-7", "person-8", "spare-1", "spare-2");
const partial = of("2019", "2026-03", "2027-06", "2040-01-31");
const mode = of("full", "acting", "delegated");
const powers = of<Power>(
  "register",
  "appoint",
  "enrol",
  "permit",
  "approveFees",
  "priceOperators",
  "setCeilings",
  "authorise",
  "report",
);

/** Beginnings are mostly left out, ends mostly there; now and then they lie in the past, or too far away. */
const from = fc.option(of(-1, 0, 1, 24, 240), { nil: undefined, freq: 2 });
const to = some(
  of(-1, 0, 1, 2, 24, 240, 24 * 300, 24 * 300, 24 * 1095, 24 * 1900),
);
const span = (
  since: number | undefined,
  until: number | undefined,
  hour: number,
) => ({
  ...(since === undefined ? {} : { from: hour + since * HOUR }),
  ...(until === undefined ? {} : { to: hour + until * HOUR }),
});
type Span = {
  readonly since: number | undefined;
  readonly until: number | undefined;
};

/** With a span of its own: what the factory gives, without its dates, and then the random ones. */
function dated<R>(
  shape: fc.Arbitrary<R>,
  make: (values: R) => Act & { readonly from?: number; readonly to?: number },
): fc.Arbitrary<Dated> {
  return fc
    .tuple(shape, fc.record<Span>({ since: from, until: to }))
    .map(([values, { since, until }]) => (hour) => {
      const { from: _, to: __, ...rest } = make(values);
      const spanned: object = { ...rest, ...span(since, until, hour) };
      return spanned as Act;
    });
}
const still = <R>(
  shape: fc.Arbitrary<R>,
  make: (values: R) => Act,
): fc.Arbitrary<Dated> => shape.map((values) => () => make(values));

const rulebook = fc
  .record({
    months: of(12, 36, 36, 37, 60),
    delay: of(24, 24, 48, 1),
    until: of(-1, 1, 24 * 900),
    purposes: of(1, 3, 4),
    grounds: of(0, 1, 1),
    separated: of(3, 6, 6),
  })
  .map(
    ({ months, delay, until, purposes, grounds, separated }) =>
      (hour: number) =>
        aRulebook({
          until: hour + until * HOUR,
          purposes: theRulebook.purposes.slice(0, purposes),
          grounds: theRulebook.grounds.slice(0, grounds),
          separated: theRulebook.separated.slice(0, separated),
          limits: {
            keyDelayHours: delay,
            authorisationMonthsMax: 60,
            permitMonthsMax: months,
            feeMonthsMax: months,
          },
        }),
  );

const content = fc
  .tuple(dataset, list(field))
  .map(([id, fields]) => [{ dataset: id, fields }]);
const payee = fc.oneof(
  organisation.map((id) => ({ organisation: id })),
  of("transport", "nobody").map((id) => ({ body: id })),
);
const datasets = of<ActOf<"dataset">>(
  aDataset(),
  owners,
  stations,
  aDataset({ dataset: "more", system: "tax" }),
  aDataset({ dataset: "vehicles", contribution: "rail-data" }),
  aDataset({ dataset: "stations", contribution: "rail-data" }),
  aDataset({ dataset: "more", subject: "year" }),
  aDataset({ dataset: "more", fields: [aField("plate"), aField("plate")] }),
);

const plain: { readonly [K in ActKind]: fc.Arbitrary<Dated> } = {
  genesis: still(fc.constant(0), () => theGenesis()),
  rulebookAdopted: rulebook,
  ...localLaw,
  calendarAdopted: calendars,
  ...withholding,
  ...applying,
  ...proceeding,
  ...registering,
  ...revenues,
  witnessPolicyAdopted: still(fc.constant(0), () => aWitnessPolicy),
  logKeyChanged: still(key, (name) => aLogKey(name)),
  disowned: still(fc.integer({ min: 1, max: 24 }), (entry) =>
    aDisowning(entry),
  ),
  logEnded: still(fc.constant(0), () => aLogEnd()),
  machineKeyEnrolled: fc
    .tuple(
      key,
      some(of(-1, 24, 2400)),
      list(of("head" as const, "vintage" as const, "erased" as const)),
    )
    .map(([name, until, records]) => (hour) => {
      const { until: _, ...rest } = aMachineKey({
        publicKey: publicKeyOf(name),
        records,
      });
      return until === undefined
        ? rest
        : { ...rest, until: hour + until * HOUR };
    }),
  gatewayOpened: still(key, (name) =>
    aGateway({ gateway: name, publicKey: publicKeyOf(name) }),
  ),
  gatewayClosed: still(key, (name) => aGatewayEnd({ gateway: name })),
  body: still(fc.tuple(body, some(body)), ([id, parent]) =>
    aBody({ body: id, ...(parent === undefined ? {} : { parent }) }),
  ),
  bodySucceeded: still(fc.tuple(body, list(body, 2)), ([id, successors]) =>
    aSuccession({ body: id, successors }),
  ),
  system: still(
    fc.tuple(system, body, of("described" as const, "existence" as const)),
    ([id, by, description]) => aSystem({ system: id, body: by, description }),
  ),
  person: still(person, (one) => aPerson(one)),
  post: still(
    fc.tuple(newPost, list(powers), some(post), some(post)),
    ([id, may, superior, auditor]) => {
      const { superior: _, ...rest } = aPost({ post: id, powers: may });
      return {
        ...rest,
        ...(superior === undefined ? {} : { superior }),
        ...(auditor === undefined ? {} : { auditor }),
      };
    },
  ),
  tenure: dated(
    fc.tuple(person, post, mode, some(person)),
    ([who, at, how, delegator]) =>
      aTenure({
        person: who,
        post: at,
        mode: how,
        ...(delegator === undefined ? {} : { delegator }),
      }),
  ),
  tenureEnded: still(
    fc.tuple(of(7, 8, 5), of("clerk", "deputy", "price-officer")),
    ([who, at]) => aTenureEnd({ person: who, post: at }),
  ),
  reportedTenure: still(fc.tuple(person, post, partial), ([who, at, since]) =>
    aReportedTenure({ person: who, post: at, from: since }),
  ),
  keyEnrolled: still(fc.tuple(person, key), ([who, name]) => aKey(who, name)),
  keyRevoked: still(key, (name) => aKeyEnd(name)),
  dataset: still(datasets, (one) => one),
  product: still(
    fc.record({
      product,
      content,
      form: of("records", "records", "answer", "aggregate", "file"),
      purposes: list(purpose),
      rowsPerStep: of(10, 99, 100),
      authorisation: some(authorisation),
      ready: fc.boolean(),
    }),
    ({ ready, authorisation: right, ...rest }) => {
      if (ready)
        return rest.product === "owner-check"
          ? ownerCheck()
          : aProduct({ product: rest.product });
      const { authorisation: _, ...act } = aProduct(rest);
      return right === undefined ? act : { ...act, authorisation: right };
    },
  ),
  productWithdrawn: still(product, (id) => aWithdrawal({ product: id })),
  feeCeiling: dated(
    fc.tuple(
      ceiling,
      mostly("vehicle-records", product),
      mostly(100, amount),
      mostly("step", unit),
    ),
    ([id, what, most, by]) =>
      aCeiling({ ceiling: id, product: what, amount: most, unit: by }),
  ),
  feeStandard: dated(
    fc.record({
      fee,
      product: mostly("vehicle-records", product),
      payee: mostly({ organisation: "sanhe" }, payee),
      amount: mostly(80, amount),
      unit: mostly("step", unit),
      ground: some(mostly("operation-service-fee", of("letter"))),
    }),
    ({ ground, ...rest }) => {
      const { ground: _, ...act } = aFee(rest);
      return ground === undefined ? act : { ...act, ground };
    },
  ),
  feeEnded: still(fee, (id) => aFeeEnded({ fee: id })),
  organisation: still(
    fc.tuple(organisation, of("enterprise" as const, "research" as const)),
    ([id, cls]) => anOrganisation({ organisation: id, class: cls }),
  ),
  authorisation: dated(
    fc.tuple(authorisation, organisation, list(dataset)),
    ([id, operator, sets]) =>
      anAuthorisation({ authorisation: id, operator, datasets: sets }),
  ),
  ...{ ...beyond, agreementChanged: still(authorisation, changed) },
  authorisationEnded: still(authorisation, (id) =>
    anAuthorisationEnd({ authorisation: id }),
  ),
  permit: dated(
    fc.record({
      permit,
      organisation: mostly("huaxing", organisation),
      product: mostly("vehicle-records", product),
      purpose: mostly("vehicle-trade", purpose),
      fields: mostly(["plate", "make", "year"], list(field)),
      where: mostly(["plate", "year"], list(field)),
      rowsMax: of(1, 100, 100, 1001),
      quota: of({}, { calls: 2 }, { steps: 5 }, { calls: 3, steps: 3 }),
      // Few permits decide an application, and most of those another's.
      decides: mostly(undefined, mostly(undefined, of("application-1"))),
    }),
    ({ decides, ...values }) =>
      aPermit({
        ...values,
        ...(decides === undefined ? {} : { decides }),
        fields: [...values.fields],
        where: [...values.where],
      }),
  ),
  permitRevoked: still(permit, (id) => aRevocation({ permit: id })),
  reportedAuthorisation: still(
    fc.tuple(reported, organisation, list(dataset), some(partial)),
    ([id, operator, sets, until]) => {
      const { to: _, ...rest } = aReport({
        reported: id,
        operator,
        datasets: sets,
      });
      return until === undefined ? rest : { ...rest, to: until };
    },
  ),
  reportedDecision: still(reported, (id) =>
    aReportedDecision({ reported: id }),
  ),
  confirmed: fc
    .tuple(
      mostly("franchise-2019", reported),
      authorisation,
      some(mostly(24 * 300, of(-1, 1, 24 * 1900))),
    )
    .map(
      ([id, right, until]) =>
        (hour) =>
          aConfirmation({
            reported: id,
            authorisation: right,
            ...(until === undefined ? {} : { to: hour + until * HOUR }),
          }),
    ),
  ...lent,
};

/** Acts of every kind, over few ids, so that they meet. */
export const acts: Readonly<Record<string, fc.Arbitrary<Dated>>> =
  Object.fromEntries(
    Object.entries(plain).map(([kind, dated]) => [kind, dated.map(shown)]),
  );
