import type { DuckdbEngine, EngineAnswer } from "../engine/duckdb.ts";
import { EngineFailed } from "../engine/failed.ts";
import type { Plan } from "../uses/plan.ts";
import { Unavailable } from "./unavailable.ts";

/** From the moment an engine is asked there is one constant text per class. */
export async function runPlan(
  engine: DuckdbEngine,
  plan: Plan,
): Promise<EngineAnswer> {
  try {
    return await engine.run(plan);
  } catch (error) {
    if (error instanceof EngineFailed)
      throw new Unavailable(error.message, { cause: error });
    throw error;
  }
}
