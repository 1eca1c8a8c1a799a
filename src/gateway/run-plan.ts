import { fromBase64url } from "../acts/bytes.ts";
import type { LogRecord } from "../acts/record.ts";
import type { DuckdbEngine } from "../engine/duckdb.ts";
import { EngineFailed } from "../engine/failed.ts";
import type { EngineAnswer } from "../engine/source.ts";
import { vintageFile } from "../engine/vintage.ts";
import type { Dataset, ReadRegister } from "../register/register.ts";
import type { OpenAdmission, PermitAdmission } from "../uses/admit.ts";
import { checkPlan } from "../uses/check-plan.ts";
import type { Plan } from "../uses/plan.ts";
import { type Page, readCursor, writeCursor } from "./cursor.ts";
import { Unavailable } from "./unavailable.ts";

type Admission = OpenAdmission | PermitAdmission;
type Vintage = Extract<LogRecord, { kind: "vintage" }>;
/** What the engine said, the vintage it was asked about, and where the next page begins under an admission. */
export type Ran = {
  readonly answer: EngineAnswer;
  readonly vintage: Vintage;
  readonly cursorFor: (admission: Admission) => string | undefined;
};

/** The dataset that an admitted plan asks, when the plan fits its fields; throws `Malformed`. */
export function datasetOf(register: ReadRegister, plan: Plan): Dataset {
  const dataset = register.datasets.get(plan.dataset)?.act;
  if (dataset === undefined)
    throw new Error(
      `Cannot run plan: dataset ${plan.dataset} was admitted and is not there`,
    );
  checkPlan(plan, dataset.fields);
  return dataset;
}

/**
 * Runs a plan on the vintage that the followed register names: one that is loaded and not registered yet is not served (I1).
 * From the moment an engine is asked there is one constant text per class; a cursor is judged before.
 */
export async function runPlan(
  engine: DuckdbEngine,
  key: Uint8Array,
  register: ReadRegister,
  plan: Plan,
  admission: Admission,
): Promise<Ran> {
  const vintage = register.vintages.get(plan.dataset)?.vintage;
  try {
    if (vintage === undefined) throw new EngineFailed("absent");
    const pageOf = (under: Admission): Page => ({
      plan,
      permit: under.outcome === "open" ? undefined : under.permit.act.permit,
      vintage: vintage.digest,
    });
    const after = readCursor(key, pageOf(admission));
    const from = { vintage: fileOf(vintage) };
    const answer = await engine.run(
      plan,
      after === undefined ? from : { ...from, after: [after] },
    );
    const last = answer.kind === "rows" ? answer.last?.[0] : undefined;
    return {
      answer,
      vintage,
      cursorFor: (under) =>
        last === undefined
          ? undefined
          : writeCursor(key, pageOf(under), Number(last)),
    };
  } catch (error) {
    if (error instanceof EngineFailed)
      throw new Unavailable(error.message, { cause: error });
    throw error;
  }
}

/** Vintages that the register has left behind are not asked any more. */
export function retireOld(engine: DuckdbEngine, register: ReadRegister): void {
  for (const { vintage } of register.vintages.values())
    engine.retireBefore(vintage.dataset, fileOf(vintage));
}

function fileOf({ digest }: Vintage): string {
  return vintageFile(fromBase64url(digest));
}
