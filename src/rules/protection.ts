import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import { type ReadRegister } from "../register/register.ts";
import { isOpen } from "../register/fields.ts";
import { adoptedRule } from "./adopted.ts";
import { breach, missing, when } from "./findings.ts";

/** What is not open says why (EU-DGA-01), and a high-value dataset is open (EU-ODD-09). */
export function decideProtection(
  register: ReadRegister,
  act: ActOf<"dataset">,
): readonly Finding[] {
  const { dataset, protection, highValue } = act;
  const open = isOpen(act);
  const counts = (rule: string) => adoptedRule(register, rule) !== undefined;
  return [
    ...when(!open && protection === undefined && counts("EU-DGA-01"), () =>
      missing("EU-DGA-01", ["fact", "protection"]),
    ),
    ...when(open && protection !== undefined, () =>
      breach("V-FORM", ["dataset", dataset], ["open-and", "protection"]),
    ),
    ...when(!open && highValue !== undefined && counts("EU-ODD-09"), () =>
      breach("EU-ODD-09", ["dataset", dataset], ["theme", highValue ?? ""]),
    ),
  ];
}
