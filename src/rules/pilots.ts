import type { ActOf } from "../acts/act.ts";
import { addMonths } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import { bodiesBelow } from "../register/local-law.ts";
import type {
  LocalRulebook,
  ReadRegister,
  StandingLocal,
} from "../register/register.ts";
import { breach, when } from "./findings.ts";

/** So long a pilot is tried at most. */
const PILOT_MONTHS = 24;

export function isOnTrial({ act, promoted }: StandingLocal): boolean {
  return act.pilot === true && promoted === undefined;
}

/** A pilot is limited in time, all that was tried of it before together, and to a part of where its parent holds. */
export function decidePilot(
  register: ReadRegister,
  act: ActOf<"localRulebookAdopted">,
  at: number,
): readonly Finding[] {
  const { pilot, parent, body, until } = act;
  if (pilot !== true) return [];
  const place = register.localRulebooks.get(parent)?.place;
  return [
    ...decidePilotEnd(
      until,
      at,
      register.offsetMinutes,
      triedBefore(register, act),
    ),
    ...when(place === body || coversAll(register, body, place), () =>
      breach("V-PILOT", ["body", body], ["parent", parent]),
    ),
  ];
}

/** Whether all data of a place, of the whole office where none is named, are held below one body; where none are held yet, all its bodies stand there. */
function coversAll(
  register: ReadRegister,
  body: string,
  place: string | undefined,
): boolean {
  const inPlace = (ids: Iterable<string>): readonly string[] => {
    if (place === undefined) return [...ids];
    const below = bodiesBelow(register, [place]);
    return [...ids].filter((id) => below.has(id));
  };
  const holders = inPlace(
    [...register.systems.values()].map(({ act }) => act.body),
  );
  const within = bodiesBelow(register, [body]);
  return (holders.length > 0 ? holders : inPlace(register.bodies.keys())).every(
    (id) => within.has(id),
  );
}

/** For how long this body tried any of the same before, under whatever name. */
function triedBefore(
  { localRulebooks }: ReadRegister,
  act: ActOf<"localRulebookAdopted">,
): number {
  const tries = new Set(rowsOf(act));
  return [...localRulebooks.values()]
    .filter(
      (one) =>
        isOnTrial(one) &&
        one.act.body === act.body &&
        rowsOf(one.act).some((row) => tries.has(row)),
    )
    .reduce(
      (sum, { from, to, ended }) =>
        sum + Math.max(0, Math.min(to, ended?.at ?? to) - from),
      0,
    );
}

/** What a local rulebook says something of. */
function rowsOf({
  rules = [],
  limits = {},
  purposes,
  separated = [],
}: LocalRulebook): readonly string[] {
  return [
    ...rules.map(({ rule }) => `rule ${rule}`),
    ...Object.keys(limits).map((name) => `limit ${name}`),
    ...(purposes === undefined ? [] : ["purposes"]),
    ...separated.map((kind) => `separated ${kind}`),
  ];
}

export function decidePilotEnd(
  until: number,
  at: number,
  offsetMinutes: number,
  before = 0,
): readonly Finding[] {
  const latest = addMonths(at, PILOT_MONTHS, offsetMinutes) - before;
  return when(until > latest, () =>
    breach("V-PILOT", ["until", until], ["latest", latest]),
  );
}
