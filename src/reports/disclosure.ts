import { showInstant } from "../acts/dates.ts";
import { NEVER, type ReadRegister } from "../register/register.ts";
import { registrationsOf } from "../register/registrations.ts";
import {
  authorisationsIn,
  bodyTitle,
  chargedCell,
  countedIn,
  entriesOf,
  holderOf,
  inYear,
  offeredUntil,
  openLogs,
  operatedIn,
  operatorOf,
  organisationTitle,
  purposeTitle,
  spanCells,
  volumeOf,
} from "./facts.ts";
import { feeRows, FEE_COLUMNS, operatorsFees } from "./price-rows.ts";
import type { Draft, DraftRow } from "./shape.ts";
import type { Year } from "./year.ts";

/**
 * What was operated in a year, for the public (CN-OPS-15): the body tells of itself, whom it authorised and the ceilings; the operator of
 * itself, the data it was granted, its products, and what it charged.
 */
export function disclosureOf(
  register: ReadRegister,
  year: Year,
): readonly Draft[] {
  return [
    bodies(register),
    authorisations(register, year),
    ceilings(register, year),
    operators(register, year),
    data(register, year),
    products(register, year),
    fees(register, year),
    uses(register, year),
  ];
}

function bodies(register: ReadRegister): Draft {
  const posts = [...register.posts.values()].filter(({ act }) =>
    act.powers.includes("authorise"),
  );
  const ids = [...new Set(posts.map(({ act }) => act.body))];
  return {
    ...{ id: "body", title: "Body: itself" },
    columns: ["Body", "Title", "Level", "Posts that authorise"],
    none: "No post has the power to authorise.",
    rows: ids.map((id) => {
      const body = register.bodies.get(id);
      const own = posts.filter(({ act }) => act.body === id);
      return {
        cells: [
          id,
          bodyTitle(register, id),
          body?.act.level ?? "",
          own.map(({ act }) => act.title).join("; "),
        ],
        entries: [
          ...(body === undefined ? [] : [body.entry]),
          ...own.map(({ entry }) => entry),
        ],
      };
    }),
  };
}

function authorisations(register: ReadRegister, year: Year): Draft {
  return {
    ...{ id: "authorisations", title: "Body: authorisations" },
    columns: [
      ...["Authorisation", "Operator", "Datasets", "Exclusive", "From"],
      ...["Until", "Confirmed from before the office"],
    ],
    none: "Nobody was authorised to operate data in this year.",
    lacks: [
      {
        missing: "the place where each agreement was published",
        fill: "the body adds it on its own copy: no act states it",
      },
    ],
    rows: authorisationsIn(register, year).map((one) => {
      const { authorisation, operator, datasets, exclusive, confirms } =
        one.act;
      return {
        cells: [
          authorisation,
          organisationTitle(register, operator),
          datasets.join(", "),
          exclusive ? "yes" : "no",
          ...spanCells(register, one, "authorisationEnded"),
          confirms ?? "no",
        ],
        entries: entriesOf(one),
      };
    }),
  };
}

function ceilings(register: ReadRegister, year: Year): Draft {
  const priced = new Set(
    operatorsFees(register, year).flatMap(({ act }) =>
      act.amount > 0 ? [act.product] : [],
    ),
  );
  const rows = operatedIn(register, year).flatMap(
    ({ act: { product, title }, entry }): readonly DraftRow[] => {
      const own = (register.ceilingsOf.get(product) ?? [])
        .flatMap((id) => register.ceilings.get(id) ?? [])
        .filter(inYear(year));
      if (own.length > 0)
        return own.map((ceiling) => ({
          cells: [
            ...[product, title],
            { minor: ceiling.act.amount, currency: ceiling.act.currency },
            ceiling.act.unit,
            ...spanCells(register, ceiling, "feeCeiling with an end"),
          ],
          entries: entriesOf(ceiling),
        }));
      const none = priced.has(product)
        ? { missing: "the ceiling above the price", fill: "an act feeCeiling" }
        : "free of charge: it had no price";
      return [{ cells: [product, title, none, "", "", ""], entries: [entry] }];
    },
  );
  return {
    ...{ id: "ceilings", title: "Body: ceiling fees" },
    columns: ["Product", "Title", "Ceiling", "Per", "From", "Until"],
    none: "No product was operated in this year.",
    rows,
  };
}

function operators(register: ReadRegister, year: Year): Draft {
  const granted = authorisationsIn(register, year);
  const ids = [...new Set(granted.map(({ act }) => act.operator))];
  return {
    ...{ id: "operators", title: "Operator: itself" },
    columns: ["Operator", "Title", "Registration", "Class", "Authorisations"],
    none: "No operator was authorised in this year.",
    lacks: [
      {
        missing: "the legal form of each operator",
        fill: "the operator adds it on its own copy: no act states it",
      },
    ],
    rows: ids.map((id) => {
      const found = register.organisations.get(id);
      const own = granted.filter(({ act }) => act.operator === id);
      return {
        cells: [
          id,
          organisationTitle(register, id),
          found?.act.registration ?? {
            missing: "the registration of the operator",
            fill: "an act organisation with its registration",
          },
          found?.act.class ?? "",
          own.map(({ act }) => act.authorisation).join(", "),
        ],
        entries: [
          ...(found === undefined ? [] : [found.entry]),
          ...own.map(({ entry }) => entry),
        ],
      };
    }),
  };
}

function data(register: ReadRegister, year: Year): Draft {
  return {
    ...{ id: "data", title: "Operator: data granted" },
    columns: ["Dataset", "Title", "Authorisation", "Held by", "Fields"],
    none: "No data were granted in this year.",
    rows: authorisationsIn(register, year).flatMap(({ act, entry }) =>
      act.datasets.map((id) => {
        const { title, entries } = holderOf(register, id);
        const dataset = register.datasets.get(id)?.act;
        return {
          cells: [
            id,
            dataset?.title ?? id,
            act.authorisation,
            title,
            dataset?.fields.map(({ name }) => name).join(", ") ?? "",
          ],
          entries: [entry, ...entries],
        };
      }),
    ),
  };
}

function products(register: ReadRegister, year: Year): Draft {
  const classOf = new Map(
    register.rulebook?.act.purposes.map((one) => [one.purpose, one.class]),
  );
  return {
    ...{ id: "products", title: "Operator: products" },
    columns: [
      ...["Product", "Title", "Operator", "Form", "Purposes"],
      ...["Public interest or industry", "From", "Until", "Registration code"],
    ],
    none: "No product was operated in this year.",
    rows: operatedIn(register, year).map((one) => {
      const { product, title, form, purposes } = one.act;
      const classes = purposes.map((purpose) =>
        classOf.get(purpose) === "industry" ? "industry" : "public interest",
      );
      const until = offeredUntil(register, one);
      const codes = registrationsOf(register, { product }).flatMap(
        ({ code }) => (code !== undefined && inYear(year)(code) ? code : []),
      );
      return {
        cells: [
          ...[product, title],
          organisationTitle(register, operatorOf(register, one)),
          form,
          purposes.map((each) => purposeTitle(register, each)).join("; "),
          [...new Set(classes)].join(", "),
          showInstant(one.from, register.offsetMinutes),
          until === NEVER
            ? "still offered"
            : showInstant(until, register.offsetMinutes),
          codes.map(({ act }) => act.code).join(", ") || {
            missing: "the registration code of the product",
            fill: "an act registrationCoded for the product, where it is registered here",
          },
        ],
        entries: [one, ...codes].flatMap(entriesOf),
      };
    }),
  };
}

function fees(register: ReadRegister, year: Year): Draft {
  return {
    ...{ id: "fees", title: "Operator: actual fees" },
    columns: FEE_COLUMNS,
    none: "No operator had a price in this year.",
    rows: feeRows(register, year),
  };
}

function uses(register: ReadRegister, year: Year): Draft {
  const counted = countedIn(register, year);
  return {
    ...{ id: "uses", title: "Operator: how data were used" },
    columns: ["Product", "Title", "Uses", "Calls", "Steps", "Charged"],
    none: "No product was operated in this year.",
    lacks: openLogs(register, year),
    rows: operatedIn(register, year).map(({ act, entry }) => {
      const volume = volumeOf(counted.get(act.product));
      return {
        cells: [
          ...[act.product, act.title],
          ...[volume.uses, volume.calls, volume.steps],
          chargedCell(volume),
        ],
        entries: [entry, ...volume.entries],
      };
    }),
  };
}
