import { fromBase64url } from "../acts/bytes.ts";
import type { LogRecord } from "../acts/record.ts";
import type { Engine } from "../engine/engine.ts";
import { EngineFailed } from "../engine/failed.ts";
import type { EngineAnswer, From } from "../engine/source.ts";
import { vintageFile } from "../engine/vintage.ts";
import type { Dataset, ReadRegister } from "../register/register.ts";
import type { OpenAdmission, PermitAdmission } from "../uses/admit.ts";
import { checkPlan } from "../uses/check-plan.ts";
import type { AskedPlan, Plan } from "../uses/plan.ts";
import { openCursor, type Page, sealCursor } from "./cursor.ts";
import type { Desk } from "./desk.ts";
import { Unavailable } from "./unavailable.ts";

type Admission = OpenAdmission | PermitAdmission;
type Vintage = Extract<LogRecord, { kind: "vintage" }>;
/** What the engine said, the number of the vintage it was asked about, and where the next page begins under an admission. */
export type Ran = {
  readonly answer: EngineAnswer;
  readonly vintage: number | undefined;
  readonly cursorFor: (admission: Admission) => string | undefined;
};

/** The dataset that an admitted plan asks, when the plan fits its fields; throws `Malformed`. */
export function datasetOf(register: ReadRegister, plan: AskedPlan): Dataset {
  const dataset = register.datasets.get(plan.dataset)?.act;
  if (dataset === undefined)
    throw new Error(
      `Cannot run plan: dataset ${plan.dataset} was admitted and is not there`,
    );
  checkPlan(plan, dataset.fields);
  return dataset;
}

/** What stands for the state of a live table in a cursor. */
const LIVE = "live";

/**
 * Where an admitted plan is run: on the vintage that the followed register names (one that is loaded and not registered yet is
 * not served, I1), or on the live source of the dataset; with the row filter of the permit.
 */
export function fromOf(
  register: ReadRegister,
  dataset: string,
  admission: Admission,
): {
  readonly from: From;
  readonly number: number | undefined;
  readonly state: string;
} {
  const { live } = register.datasets.get(dataset)?.act ?? {};
  const rows =
    admission.outcome === "open" ? undefined : admission.permit.act.rows;
  const filter = rows === undefined ? {} : { rows };
  if (live !== undefined)
    return { from: filter, number: undefined, state: LIVE };
  const vintage = register.vintages.get(dataset)?.vintage;
  if (vintage === undefined) throw new EngineFailed("absent");
  return {
    from: { vintage: fileOf(vintage), ...filter },
    number: vintage.vintage,
    state: vintage.digest,
  };
}

/** From the moment an engine is asked there is one constant text per class; a cursor is judged before. */
export async function runPlan(
  desk: Desk,
  plan: Plan,
  admission: Admission,
  organisation: string | undefined,
): Promise<Ran> {
  const { register, options } = desk;
  const { engine, sealKey } = options;
  return asked(desk, plan.dataset, organisation, async () => {
    const { from, number, state } = fromOf(register, plan.dataset, admission);
    const pageOf = (under: Admission): Page => ({
      plan,
      permit: under.outcome === "open" ? undefined : under.permit.act.permit,
      vintage: state,
    });
    const after = openCursor(sealKey, pageOf(admission));
    const answer = await engine.run(
      plan,
      after === undefined ? from : { ...from, after },
    );
    const last = answer.kind === "rows" ? answer.last : undefined;
    return {
      answer,
      vintage: number,
      cursorFor: (under) =>
        last === undefined
          ? undefined
          : sealCursor(sealKey, pageOf(under), last),
    };
  });
}

/** Asks an engine. An answer that would be too large, or takes too long, is a refusal, and is counted as one. */
export async function asked<T>(
  desk: Desk,
  dataset: string,
  organisation: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineFailed)) throw error;
    if (error.failure === "large" || error.failure === "late")
      await desk.countRefused(dataset, organisation, "V-ENGINE");
    throw new Unavailable(error.message, { cause: error });
  }
}

/** Vintages that the register has left behind are not asked any more. */
export function retireOld({ vintages }: Engine, register: ReadRegister): void {
  for (const { vintage } of register.vintages.values())
    vintages.retireBefore(vintage.dataset, fileOf(vintage));
}

function fileOf({ digest }: Vintage): string {
  return vintageFile(fromBase64url(digest));
}

export function rowsIn(answer: Ran["answer"]): number {
  return answer.kind === "rows" ? answer.rows.length : 1;
}
