import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import {
  type Dataset,
  inForce,
  type ReadRegister,
} from "../register/register.ts";
import { isPersonal, contentFields } from "../register/fields.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { decideLent } from "./lent.ts";
import { decideProtection } from "./protection.ts";
import { decidePurpose } from "./purposes.ts";
import { withholdingOf } from "../register/withholding.ts";

/** An id that the register does not know. */
export function unknown(
  map: ReadonlyMap<string | number, unknown>,
  what: string,
  id: string | number | undefined,
): readonly Finding[] {
  return when(id !== undefined && !map.has(id), () =>
    missing("V-REF", [what, id ?? ""]),
  );
}

/** An id that was used before. */
export function taken(
  map: ReadonlyMap<string | number, unknown>,
  what: string,
  id: string | number,
): readonly Finding[] {
  return when(map.has(id), () => breach("V-NEW", [what, id]));
}

export function decideBody(
  register: ReadRegister,
  act: ActOf<"body">,
): Verdict {
  return {
    findings: [
      ...taken(register.bodies, "body", act.body),
      ...unknown(register.bodies, "parent", act.parent),
    ],
  };
}

export function decideSuccession(
  register: ReadRegister,
  act: ActOf<"bodySucceeded">,
): Verdict {
  const body = register.bodies.get(act.body);
  return {
    findings: [
      ...unknown(register.bodies, "body", act.body),
      ...when(body?.successors !== undefined, () =>
        breach("V-ENDED", ["body", act.body]),
      ),
      ...act.successors.flatMap((id) =>
        unknown(register.bodies, "successor", id),
      ),
      ...when(act.successors.includes(act.body), () =>
        breach("V-SCOPE", ["successor", act.body]),
      ),
    ],
  };
}

/** A system known by its existence only may be described later; nothing else is registered twice. */
export function decideSystem(
  register: ReadRegister,
  act: ActOf<"system">,
): Verdict {
  const known = register.systems.get(act.system)?.act;
  const described =
    known?.description === "existence" &&
    act.description === "described" &&
    known.body === act.body;
  return {
    findings: [
      ...(described ? [] : taken(register.systems, "system", act.system)),
      ...unknown(register.bodies, "body", act.body),
    ],
  };
}

export function decideDataset(
  register: ReadRegister,
  act: ActOf<"dataset">,
  at: number,
): Verdict {
  const system = register.systems.get(act.system)?.act;
  const names = act.fields.map((f) => f.name);
  const subject = act.fields.find((f) => f.name === act.subject);
  return {
    findings: [
      ...taken(register.datasets, "dataset", act.dataset),
      ...when(system === undefined || system.description === "existence", () =>
        missing("I1", ["described-system", act.system]),
      ),
      ...when(new Set(names).size !== names.length, () =>
        breach("V-NEW", ["dataset", act.dataset], ["field", twice(names)]),
      ),
      ...decideLent(register, act, at),
      ...decideLive(act, names),
      ...decideProtection(register, act),
      ...when(act.subject !== undefined && subject === undefined, () =>
        missing("V-REF", ["field", act.subject ?? ""]),
      ),
      ...when(isPersonal(act) && act.subject === undefined, () =>
        missing("V-FORM", ["subject-of", act.dataset]),
      ),
      ...when(
        subject?.classification === "open" ||
          subject?.classification === "restricted",
        () =>
          breach(
            "V-FORM",
            ["subject", act.subject ?? ""],
            ["classification", subject?.classification ?? ""],
          ),
      ),
    ],
  };
}

/** A service says what it can be asked for; nothing else has operations. */
function decideLive(
  { dataset, live, operations = [] }: ActOf<"dataset">,
  names: readonly string[],
): readonly Finding[] {
  const ids = operations.map((one) => one.operation);
  return [
    ...when((live === "service") !== operations.length > 0, () =>
      missing("V-FORM", ["operations-of", dataset]),
    ),
    ...when(new Set(ids).size !== ids.length, () =>
      breach("V-NEW", ["operation", twice(ids)]),
    ),
    ...operations.flatMap(({ by }) =>
      by
        .filter((name) => !names.includes(name))
        .map((name) => missing("V-REF", ["field", name])),
    ),
  ];
}

export function decideProduct(
  register: ReadRegister,
  act: ActOf<"product">,
  at: number,
): Verdict {
  const law = register.rulebook?.act;
  const parts = act.content.map((part) => ({
    ...part,
    of: register.datasets.get(part.dataset)?.act,
  }));
  const personal = parts.some(
    (part) => part.of !== undefined && isPersonal(part.of),
  );
  const names = contentFields(act);
  return {
    findings: [
      ...taken(register.products, "product", act.product),
      ...parts.flatMap((part) =>
        when(part.of === undefined, () =>
          missing("I1", ["dataset", part.dataset]),
        ),
      ),
      ...parts.flatMap(({ dataset }) => {
        const by = withholdingOf(register, dataset, at);
        return by === undefined
          ? []
          : [breach("V-WITHHELD", ["dataset", dataset], ["withholding", by])];
      }),
      ...when(act.content.length > 1, () =>
        breach("V-EDITION", ["datasets", act.content.length]),
      ),
      ...parts.flatMap((part) =>
        part.fields.flatMap((name) =>
          when(
            part.of !== undefined &&
              !part.of.fields.some((f) => f.name === name),
            () => missing("I1", ["dataset", part.dataset], ["field", name]),
          ),
        ),
      ),
      ...when(new Set(names).size !== names.length, () =>
        breach("V-NEW", ["product", act.product], ["field", twice(names)]),
      ),
      ...act.purposes.flatMap((id) => decidePurpose(law, id)),
      ...parts.flatMap(({ of }) =>
        of === undefined ? [] : decideTerms(register, act, of, at),
      ),
      ...decideForm(act, names, personal),
      ...when(
        act.form === "file" && parts.some(({ of }) => of?.live !== undefined),
        () => missing("V-FORM", ["vintage-of", act.content[0]?.dataset ?? ""]),
      ),
      ...when(personal && act.rowsPerStep < 100, () =>
        breach("V-STEP", ["rows-per-step", act.rowsPerStep]),
      ),
      ...decideOperator(register, act, at),
    ],
  };
}

/** What was lent is offered on its holder's terms. */
function decideTerms(
  register: ReadRegister,
  { purposes }: ActOf<"product">,
  dataset: Dataset,
  at: number,
): readonly Finding[] {
  const lent = register.contributions.get(dataset.contribution ?? "")?.act;
  return [
    ...decideLent(register, dataset, at),
    ...purposes.flatMap((id) =>
      when(lent?.purposes !== undefined && !lent.purposes.includes(id), () =>
        breach(
          "V-SCOPE",
          ["contribution", lent?.contribution ?? ""],
          ["purpose", id],
        ),
      ),
    ),
  ];
}

function decideForm(
  act: ActOf<"product">,
  names: readonly string[],
  personal: boolean,
): readonly Finding[] {
  const key = act.key ?? [];
  const answer = act.form === "answer";
  return [
    ...when(act.form === "aggregate" && personal, () =>
      breach("I12", ["product", act.product]),
    ),
    ...when(answer && key.length === 0, () =>
      missing("V-FORM", ["key-of", act.product]),
    ),
    ...when(answer && act.limits === undefined, () =>
      missing("V-FORM", ["limits-of", act.product]),
    ),
    ...when(!answer && key.length > 0, () =>
      breach("V-FORM", ["key-of", act.product], ["form", act.form]),
    ),
    // A limit that nobody keeps would be a promise to those whom the data are about.
    ...when(!answer && act.limits !== undefined, () =>
      breach("V-FORM", ["limits-of", act.product], ["form", act.form]),
    ),
    ...key.flatMap((name) =>
      when(!names.includes(name), () => missing("V-REF", ["field", name])),
    ),
  ];
}

function decideOperator(
  register: ReadRegister,
  act: ActOf<"product">,
  at: number,
): readonly Finding[] {
  if (act.authorisation === undefined) return [];
  const authorisation = register.authorisations.get(act.authorisation);
  if (authorisation === undefined)
    return [missing("V-REF", ["authorisation", act.authorisation])];
  return [
    ...when(!inForce(authorisation, at), () =>
      breach("V-ENDED", ["authorisation", act.authorisation ?? ""]),
    ),
    ...act.content.flatMap((part) =>
      when(!authorisation.act.datasets.includes(part.dataset), () =>
        breach(
          "V-SCOPE",
          ["authorisation", act.authorisation ?? ""],
          ["dataset", part.dataset],
        ),
      ),
    ),
  ];
}

function twice(names: readonly string[]): string {
  return names.find((name, index) => names.indexOf(name) !== index) ?? "";
}
