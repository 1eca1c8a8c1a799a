import { civilAt } from "../acts/dates.ts";
import { NEVER, type ReadRegister } from "../register/register.ts";
import { foundedAt } from "../register/founding.ts";
import { reportOf } from "../register/revenue.ts";
import { adoptedRule } from "./adopted.ts";
import { localYear, yearStart } from "./guided.ts";
import { postsWith } from "./posts.ts";
import { reportDue } from "./revenue.ts";

/** The notice came in February 2026: the year before is the first that it is about. */
const FIRST_YEAR = 2025;

/** CN-OPS-15: what was operated in a year is disclosed by the end of March of the next, wherever an authorisation stood in it. */
export function disclosuresDue(register: ReadRegister, now: number) {
  const rule = "CN-OPS-15";
  if (adoptedRule(register, rule) === undefined) return [];
  const founded = civilAt(foundedAt(register), register.offsetMinutes).year;
  const first = Math.max(FIRST_YEAR, founded);
  const count = Math.max(0, localYear(register, now) - first);
  return Array.from({ length: count }, (_, index) => first + index).flatMap(
    (year) => {
      const standing = standingIn(register, year);
      if (standing.length === 0) return [];
      const done = disclosedAt(register, year, standing);
      return [
        {
          ...({ what: "disclosure", id: `${year}`, rule } as const),
          ...{
            by: reportDue(register, year),
            posts: postsWith(register, "report"),
          },
          ...(done === undefined ? {} : { done }),
        },
      ];
    },
  );
}

function standingIn(register: ReadRegister, year: number): readonly string[] {
  const [from, to] = [yearStart(register, year), yearStart(register, year + 1)];
  return [...register.authorisations]
    .filter(
      ([, one]) =>
        one.from < to && from < Math.min(one.ended?.at ?? NEVER, one.to),
    )
    .map(([id]) => id);
}

/** When all of a year was disclosed: at once, or of every authorisation by itself. */
function disclosedAt(
  register: ReadRegister,
  year: number,
  standing: readonly string[],
): number | undefined {
  const sentAt = (about?: string) =>
    register.sent.get(
      reportOf({
        ...{ report: "disclosure", year },
        ...(about === undefined ? {} : { about }),
      }),
    )?.[0]?.at ?? NEVER;
  const at = Math.min(sentAt(), Math.max(...standing.map(sentAt)));
  return at === NEVER ? undefined : at;
}
