import { house, type Law } from "./law-shape.ts";
import { beyondRules } from "./laws/beyond.ts";
import { europe } from "./laws/europe.ts";
import { ofHouse } from "./laws/house.ts";
import { conflicts } from "./laws/conflicts.ts";
import { licences } from "./laws/licences.ts";
import { local } from "./laws/local.ts";
import { operations } from "./laws/operations.ts";
import { opinions } from "./laws/opinions.ts";
import { persons } from "./laws/persons.ts";
import { prices } from "./laws/prices.ts";
import { procedures } from "./laws/procedures.ts";
import { registrations } from "./laws/registration.ts";
import { revenue } from "./laws/revenue.ts";
import { reports } from "./laws/reports.ts";
import { secrets } from "./laws/secrets.ts";

/** Sentences and citations by rule, for edition 1. Entries hold rule ids only. */
export const law: Readonly<Record<string, Law>> = {
  ...prices,
  ...registrations,
  ...revenue,
  ...operations,
  ...procedures,
  ...licences,
  ...secrets,
  ...persons,
  ...conflicts,
  ...beyondRules,
  ...opinions,
  ...europe,
  ...reports,
  ...ofHouse,
  ...local,
};

/** The law behind a rule id; an unknown id is shown as itself rather than hidden. */
export function lawOf(rule: string): Law {
  return (
    law[rule] ??
    house(
      rule,
      `rule ${rule} is not known to this edition`,
      "ask the office",
      `本版本没有规则 ${rule}`,
    )
  );
}
