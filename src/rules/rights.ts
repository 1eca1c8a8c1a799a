import type { ActOf } from "../acts/act.ts";
import { earliest, latestDay } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import { fits } from "../acts/values.ts";
import {
  inForce,
  type Product,
  type ReadRegister,
  type Standing,
} from "../register/register.ts";
import { foundedAt } from "../register/founding.ts";
import { beyond, contentFields } from "../register/fields.ts";
import { decidesApplication } from "./applications.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { decideExclusivity } from "./exclusivity.ts";
import { decidePastProcedures, decideProcedureOf } from "./procedures.ts";
import { alwaysIn } from "./jurisdictions.ts";
import { decidePermitLaw } from "./permit-law.ts";
import { decidePurpose } from "./purposes.ts";
import { taken, unknown } from "./registration.ts";
import { decideDatasetsRegistered } from "./registered.ts";
import { decideEnd, decideSpan } from "./spans.ts";

export function decideOrganisation(
  register: ReadRegister,
  act: ActOf<"organisation">,
): Verdict {
  return {
    findings: taken(register.organisations, "organisation", act.organisation),
  };
}

export function decideAuthorisation(
  register: ReadRegister,
  act: ActOf<"authorisation">,
  at: number,
): Verdict {
  const chosen = decideProcedureOf(register, act);
  return {
    ...chosen,
    findings: [
      ...taken(register.authorisations, "authorisation", act.authorisation),
      ...unknown(register.organisations, "organisation", act.operator),
      ...chosen.findings,
      ...decideExclusivity(register, act, at),
      ...act.datasets.flatMap((id) =>
        when(!register.datasets.has(id), () => missing("I1", ["dataset", id])),
      ),
      ...[
        act.procedure?.planDecision,
        act.procedure?.agreementDecision,
      ].flatMap((one) =>
        one === undefined ? [] : unknown(register.bodies, "body", one.body),
      ),
      ...decideSpan(act, at),
      ...decideEnd(
        register,
        act,
        at,
        alwaysIn(register.rulebook?.act).authorisationEnd,
        register.rulebook?.act.limits.authorisationMonthsMax,
      ),
    ],
  };
}

export function decidePermit(
  register: ReadRegister,
  act: ActOf<"permit">,
  at: number,
): Verdict {
  return {
    findings: [
      ...taken(register.permits, "permit", act.permit),
      ...unknown(register.organisations, "organisation", act.organisation),
      ...decidesApplication(register, act),
      ...decideSuspended(register, act, at),
      ...decideSpan(act, at),
      ...decidePermitted(register, act, at),
    ],
  };
}

/** What an order suspended is not permitted anew meanwhile, whether the office ended it or not. */
function decideSuspended(
  register: ReadRegister,
  { organisation, product, purpose, from }: ActOf<"permit">,
  at: number,
): readonly Finding[] {
  const ids = register.permitsOf.get(`${organisation} ${product}`) ?? [];
  return ids.flatMap((id) => {
    const found = register.permits.get(id);
    const { suspended } = found ?? {};
    return found?.act.purpose === purpose &&
      suspended !== undefined &&
      (from ?? at) < suspended.until
      ? [
          breach(
            "I2",
            ["permit", id],
            ["suspended-until", suspended.until],
            ["by-entry", suspended.entry],
          ),
        ]
      : [];
  });
}

/** What somebody may have for so long, by all that it rests on: looked at again for each further term. */
export function decidePermitted(
  register: ReadRegister,
  act: ActOf<"permit">,
  at: number,
): readonly Finding[] {
  const standing = register.products.get(act.product);
  const product = standing?.act;
  const law = register.rulebook?.act;
  const notLawful = decidePurpose(law, act.purpose);
  return [
    ...when(!inForce(standing, at), () =>
      missing("I1", ["product", act.product]),
    ),
    ...notLawful,
    ...when(
      notLawful.length === 0 &&
        product !== undefined &&
        !product.purposes.includes(act.purpose),
      () =>
        breach("V-SCOPE", ["product", act.product], ["purpose", act.purpose]),
    ),
    ...(product === undefined
      ? []
      : beyond(contentFields(product), [...act.fields, ...act.where])
    ).map((name) =>
      breach("V-SCOPE", ["product", act.product], ["field", name]),
    ),
    ...decideRows(register, act, product),
    ...decideDatasetsRegistered(register, product, at),
    ...decidePermitLaw(register, act, at),
    ...when(product !== undefined && act.rowsMax > product.rowsMax, () =>
      breach(
        "V-SCOPE",
        ["rows", act.rowsMax],
        ["rows-max", product?.rowsMax ?? 0],
      ),
    ),
    ...decideEnd(register, act, at, "I5", law?.limits.permitMonthsMax),
  ];
}

/**
 * Rows are filtered by fields of the dataset, in values of their types, and never by who somebody is: a filter stands in public
 * for ever (I9).
 */
function decideRows(
  register: ReadRegister,
  { rows = [], permit }: ActOf<"permit">,
  product: Product | undefined,
): readonly Finding[] {
  const dataset = register.datasets.get(
    product?.content[0]?.dataset ?? "",
  )?.act;
  if (product === undefined || dataset === undefined) return [];
  return rows.flatMap((condition) => {
    const field = dataset.fields.find((f) => f.name === condition.field);
    if (field === undefined)
      return [
        missing("I1", ["dataset", dataset.dataset], ["field", condition.field]),
      ];
    const values =
      condition.op === "missing"
        ? []
        : condition.op === "in"
          ? condition.value
          : [condition.value];
    const ordered = ["lt", "lte", "gt", "gte"].includes(condition.op);
    return [
      ...when(field.identifier || field.name === dataset.subject, () =>
        breach("I9", ["permit", permit], ["field", field.name]),
      ),
      ...when(
        values.some((value) => !fits(field.type, value)) ||
          (ordered && field.type === "boolean"),
        () => breach("V-FORM", ["permit", permit], ["rows-by", field.name]),
      ),
    ];
  });
}

/** What an act ends must be there and not have ended. */
export function decideEnding(
  map: ReadonlyMap<string, Standing<unknown>>,
  what: string,
  id: string,
  at: number,
): Verdict {
  const standing = map.get(id);
  return {
    findings: [
      ...when(standing === undefined, () => missing("V-REF", [what, id])),
      ...when(
        standing !== undefined &&
          (standing.ended !== undefined || standing.to <= at),
        () => breach("V-ENDED", [what, id]),
      ),
    ],
  };
}

export function decideReported(
  register: ReadRegister,
  act: ActOf<"reportedAuthorisation" | "reportedDecision">,
): Verdict {
  return {
    findings: [
      ...taken(register.reported, "reported", act.reported),
      ...(act.kind === "reportedAuthorisation"
        ? [
            ...unknown(register.organisations, "organisation", act.operator),
            ...act.datasets.flatMap((id) =>
              unknown(register.datasets, "dataset", id),
            ),
          ]
        : []),
    ],
  };
}

/**
 * From this entry on, once, flagged, past no procedure that runs, and never longer than the original: an uncertain end is read as its earliest day, an
 * uncertain beginning as its latest.
 */
export function decideConfirmed(
  register: ReadRegister,
  act: ActOf<"confirmed">,
  at: number,
): Verdict {
  const reported = register.reported.get(act.reported)?.act;
  if (reported?.kind !== "reportedAuthorisation")
    return {
      findings: [missing("V-REF", ["reported-authorisation", act.reported])],
    };
  const original =
    reported.to === undefined
      ? undefined
      : earliest(reported.to, register.offsetMinutes);
  const to = act.to ?? original;
  const { datasets, exclusive = false } = reported;
  const ends = to === undefined ? {} : { to };
  const past = decidePastProcedures(register, datasets);
  const begins = latestDay(reported.from, register.offsetMinutes);
  return {
    findings: [
      ...taken(register.authorisations, "authorisation", act.authorisation),
      ...when(isConfirmed(register, reported), () =>
        breach("V-NEW", ["confirmed", act.reported]),
      ),
      ...past.findings,
      ...decideExclusivity(register, { ...act, ...ends, exclusive }, at),
      ...decideSpan(ends, at),
      ...decideEnd(
        register,
        ends,
        at,
        alwaysIn(register.rulebook?.act).authorisationEnd,
        register.rulebook?.act.limits.authorisationMonthsMax,
      ),
      // What began under the office's own rules was decided under them, or not at all.
      ...when(begins >= foundedAt(register), () =>
        breach("I14", ["original", begins], ["founded", foundedAt(register)]),
      ),
      ...when(
        act.to !== undefined && original !== undefined && act.to > original,
        () =>
          breach("V-SCOPE", ["to", act.to ?? 0], ["original", original ?? 0]),
      ),
    ],
    flags: [
      breach("V-CONFIRMED", ["reported", act.reported]),
      ...(past.flags ?? []),
    ],
  };
}

/** Once for ever: what was confirmed and has ended is over, as the original would be. */
function isConfirmed(
  register: ReadRegister,
  { reported, datasets }: ActOf<"reportedAuthorisation">,
): boolean {
  return datasets
    .flatMap((id) => register.authorisationsOf.get(id) ?? [])
    .some((id) => {
      const found = register.authorisations.get(id);
      return found?.act.confirms === reported && found.disowned === undefined;
    });
}
