import { inForce, type ReadRegister } from "./register.ts";

/** Whether a dataset is withheld at an instant, and by what. */
export function withholdingOf(
  register: ReadRegister,
  dataset: string,
  at: number,
): string | undefined {
  for (const [id, standing] of register.withholdings)
    if (standing.act.dataset === dataset && inForce(standing, at)) return id;
  return undefined;
}
