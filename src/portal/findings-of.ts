import type { Act, ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import { beginsAt } from "../register/delays.ts";
import type {
  FeeCeiling,
  ReadRegister,
  Standing,
} from "../register/register.ts";
import { around } from "./around.ts";
import { currencyOf, describeFinding, type FindingLine } from "./findings.ts";
import { sayInstant } from "./lang/figures.ts";
import { say } from "./lang/say.ts";
import { purposeTitle, titleOf } from "./lang/title-in.ts";

/** A finding about an act, as a page says it, with what the ruling leaves out and the register has. `at` is when it was ruled. */
export function findingOf(
  register: ReadRegister,
  act: Act,
  finding: Finding,
  at: number,
): FindingLine {
  const { offsetMinutes } = register;
  const line = describeFinding(
    ...([titled(register, finding), offsetMinutes] as const),
    ...([around().lang, currencyOf(act)] as const),
  );
  const fee = act.kind === "override" ? act.act : act;
  if (
    fee.kind !== "feeStandard" ||
    fee.to === undefined ||
    !lacksCeiling(finding)
  )
    return line;
  const until = overTheBeginning(register, fee, at)?.to;
  if (until === undefined || until >= fee.to) return line;
  return {
    ...line,
    says: say(
      "the price would last longer than its ceiling, which holds until {until}",
      { until: sayInstant(until, offsetMinutes) },
    ),
    facts: say("the price was to last until {until}", {
      until: sayInstant(fee.to, offsetMinutes),
    }),
    next: say(
      "let the price end when its ceiling does, or ask the price authority for a ceiling that holds longer",
    ),
  };
}

/** What a ruling names by id, by the titles of the register where pages say it. */
function titled(register: ReadRegister, finding: Finding): Finding {
  return {
    ...finding,
    facts: finding.facts.map(([name, value]) => {
      if (name === "purpose" && typeof value === "string")
        return [name, purposeTitle(register, value)];
      if (name === "product" && typeof value === "string")
        return [name, titleOf(register.products.get(value), value)];
      return [name, value];
    }),
  };
}

/** What the rules find of a price that no one ceiling covers from its beginning to its end. */
function lacksCeiling({ result, facts }: Finding): boolean {
  return (
    result === "missing" &&
    facts.length === 1 &&
    facts[0]?.[0] === "ceiling" &&
    facts[0][1] === "none"
  );
}

/** The ceiling that was over a price when it was to begin: of several the one entered last. */
function overTheBeginning(
  register: ReadRegister,
  fee: ActOf<"feeStandard">,
  at: number,
): Standing<FeeCeiling> | undefined {
  const from = beginsAt(register, fee, at);
  return (register.ceilingsOf.get(fee.product) ?? [])
    .flatMap((id) => register.ceilings.get(id) ?? [])
    .findLast(
      (one) =>
        one.at <= at &&
        one.act.unit === fee.unit &&
        one.act.currency === fee.currency &&
        one.from <= from &&
        from < one.to,
    );
}
