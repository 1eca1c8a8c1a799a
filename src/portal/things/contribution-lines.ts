import type { ReadRegister } from "../../register/register.ts";
import { lookUp } from "./look-up.ts";
import { refsTo, refTo } from "./ref.ts";
import { spanOf } from "./world.ts";

export function contributionsOfLine(
  register: ReadRegister,
  ids: readonly string[],
  now: number,
) {
  return ids.flatMap((id) => {
    const found = register.contributions.get(id);
    if (found === undefined) return [];
    return [
      {
        contribution: refTo(register, "contribution", id),
        datasets: refsTo(
          register,
          "dataset",
          lookUp(register, "datasetsOfContribution", id),
        ),
        span: spanOf(found, now),
        entry: found.entry,
      },
    ];
  });
}
