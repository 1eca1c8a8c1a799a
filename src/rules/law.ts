import { house, type Law } from "./law-shape.ts";
import { ofHouse } from "./laws/house.ts";
import { licences } from "./laws/licences.ts";
import { operations } from "./laws/operations.ts";
import { persons } from "./laws/persons.ts";
import { prices } from "./laws/prices.ts";
import { reports } from "./laws/reports.ts";
import { secrets } from "./laws/secrets.ts";

/** Sentences and citations by rule, for edition 1. Entries hold rule ids only. */
export const law: Readonly<Record<string, Law>> = {
  ...prices,
  ...operations,
  ...licences,
  ...secrets,
  ...persons,
  ...reports,
  ...ofHouse,
};

/** The law behind a rule id; an unknown id is shown as itself rather than hidden. */
export function lawOf(rule: string): Law {
  return (
    law[rule] ??
    house(rule, `rule ${rule} is not known to this edition`, "ask the office")
  );
}
