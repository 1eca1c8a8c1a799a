import { inForceDuring, type ReadRegister } from "../register/register.ts";
import { isOpen } from "../register/fields.ts";
import { SLOT } from "../uses/use.ts";
import type { FaultCode } from "./report.ts";

type Open = {
  readonly dataset: string;
  readonly operation: string;
  readonly slot: number;
};

/** I2: without a permit only what is open to everybody, as long as whoever lent it lends it. */
export function auditOpen(
  register: ReadRegister,
  { dataset, operation, slot }: Open,
  fault: (code: FaultCode, says: string) => void,
): void {
  const act = register.datasets.get(dataset)?.act;
  if (act === undefined || !isOpen(act))
    fault("use", `open use of ${dataset}, which is not open to everybody`);
  else if (
    act.contribution !== undefined &&
    !inForceDuring(
      register.contributions.get(act.contribution),
      slot,
      SLOT.minute,
    )
  )
    fault("use", `open use of ${dataset}, which is not lent any more`);
  else if (!["records", "aggregate", "file"].includes(operation))
    fault("use", `open use of ${dataset} as ${operation}`);
}
