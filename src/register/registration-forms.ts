import { civilAt } from "../acts/dates.ts";
import { NEVER, type ReadRegister } from "./register.ts";
import type { Registration } from "./registrations.ts";

/** One field of a form, from the entry that it stands in; without a value it is a gap, which the office fills by hand. */
export type FormRow = {
  readonly field: string;
  readonly value: string | number | undefined;
  readonly entry?: number;
};

/** What an application for registration tells of a resource, as far as the register knows it; undefined where there is no such registration. */
export function registrationApplicationOf(
  register: ReadRegister,
  id: string,
): readonly FormRow[] | undefined {
  const found = register.registrations.get(id);
  if (found === undefined) return undefined;
  const { act, entry } = found;
  const { datasets, authorisation } = resourceOf(register, found);
  const registry = register.bodies.get(act.registry);
  const until = Math.min(
    authorisation?.to ?? NEVER,
    authorisation?.ended?.at ?? NEVER,
  );
  return [
    { field: "registration", value: id, entry },
    { field: "registration-type", value: act.type, entry },
    ...registrantRows(register, found),
    row("registry", registry?.act.title, registry?.entry),
    { field: "data-name", value: act.title, entry },
    { field: "short-description", value: act.description, entry },
    {
      ...{ field: "resource-kind", entry },
      value: "dataset" in act.resource ? "dataset" : "product",
    },
    ...datasets.flatMap((dataset) => datasetRows(register, dataset)),
    row(
      "authorisation",
      authorisation?.act.authorisation,
      authorisation?.entry,
    ),
    row(
      "operated-until",
      until === NEVER ? undefined : dateOf(register, until),
      authorisation?.entry,
    ),
    row("evidence-day", act.evidence?.on, entry),
    row("evidence-digest", act.evidence?.digest, entry),
  ];
}

/** The four fields that a public notice has at least, what they say now, and how long one may object. */
export function publicNoticeOf(
  register: ReadRegister,
  id: string,
): readonly FormRow[] | undefined {
  const found = register.registrations.get(id);
  if (found === undefined) return undefined;
  const { act, title, description, notice, entry } = found;
  const [registrant] = registrantRows(register, found);
  const registry = register.bodies.get(act.registry);
  return [
    row("registrant", registrant?.value, registrant?.entry),
    { field: "registration-type", value: act.type, entry },
    row("data-name", title.text, title.entry),
    row("short-description", description.text, description.entry),
    row("notice-from", notice && dateOf(register, notice.at), notice?.entry),
    // The last day is the one before the instant at which it is over.
    row(
      "notice-until",
      notice && dateOf(register, notice.until - 1),
      notice?.entry,
    ),
    row("registry", registry?.act.title, registry?.entry),
  ];
}

function row(
  field: string,
  value: FormRow["value"],
  entry: number | undefined,
): FormRow {
  return {
    ...{ field, value },
    ...(value === undefined || entry === undefined ? {} : { entry }),
  };
}

/** The name first. A body's code is not in the register; an organisation's is where it was told. */
function registrantRows(
  register: ReadRegister,
  { act: { registrant } }: Registration,
): readonly FormRow[] {
  if ("body" in registrant) {
    const body = register.bodies.get(registrant.body);
    return [
      row("registrant", body?.act.title, body?.entry),
      row("registrant-kind", "body", body?.entry),
      row("registrant-level", body?.act.level, body?.entry),
      row("registrant-code", undefined, undefined),
    ];
  }
  const organisation = register.organisations.get(registrant.organisation);
  return [
    row("registrant", organisation?.act.title, organisation?.entry),
    row("registrant-kind", "organisation", organisation?.entry),
    row("registrant-code", organisation?.act.registration, organisation?.entry),
  ];
}

/** The datasets behind a resource, and the authorisation under which it is operated: the newest over a dataset. */
function resourceOf(
  register: ReadRegister,
  { act: { resource } }: Registration,
) {
  if ("dataset" in resource) {
    const newest = register.authorisationsOf.get(resource.dataset)?.at(-1);
    return {
      datasets: [resource.dataset],
      authorisation: register.authorisations.get(newest ?? ""),
    };
  }
  const product = register.products.get(resource.product)?.act;
  return {
    datasets: (product?.content ?? []).map(({ dataset }) => dataset),
    authorisation: register.authorisations.get(product?.authorisation ?? ""),
  };
}

function datasetRows(register: ReadRegister, id: string): readonly FormRow[] {
  const dataset = register.datasets.get(id);
  const system = register.systems.get(dataset?.act.system ?? "");
  const newest = register.vintages.get(id);
  const classes = new Set(
    dataset?.act.fields.map(({ classification }) => classification),
  );
  return [
    row("dataset", id, dataset?.entry),
    row("source-system", system?.act.title, system?.entry),
    row("fields", dataset?.act.fields.length, dataset?.entry),
    row(
      "classifications",
      [...classes].join(", ") || undefined,
      dataset?.entry,
    ),
    row("rows", newest?.vintage.rows, newest?.entry),
    // How often it is brought up to date is told by no act.
    row("update-frequency", undefined, undefined),
  ];
}

function dateOf({ offsetMinutes }: ReadRegister, at: number): string {
  const { year, month, day } = civilAt(at, offsetMinutes);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}`;
}
