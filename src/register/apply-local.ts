import type { ActOf } from "../acts/act.ts";
import { bodiesBelow } from "./local-law.ts";
import { type Body, type Entered, inForce, type Register } from "./register.ts";
import { end, span } from "./standing.ts";

export type LocalLawAct = ActOf<
  "localRulebookAdopted" | "pilotPromoted" | "localRulebookEnded"
>;

/** Where which local rulebook holds. */
export function applyLocalLaw(
  register: Register,
  act: LocalLawAct,
  where: Entered,
): void {
  const { localRulebooks } = register;
  switch (act.kind) {
    case "localRulebookAdopted": {
      const place = act.body;
      const standing = span(act, undefined, act.until, where);
      localRulebooks.set(act.rulebook, { ...standing, place });
      return cover(register, act.rulebook, place, where.at);
    }
    case "pilotPromoted": {
      const pilot = localRulebooks.get(act.rulebook);
      if (pilot === undefined) return;
      const parent = localRulebooks.get(pilot.act.parent);
      const to = parent?.to ?? register.rulebook?.act.until ?? pilot.to;
      const place = parent?.place;
      localRulebooks.set(act.rulebook, {
        ...{ ...pilot, place, to },
        promoted: where,
      });
      return cover(register, act.rulebook, place, where.at);
    }
    case "localRulebookEnded":
      return end(localRulebooks, act.rulebook, where);
  }
}

/** What holds over a body holds over a unit of it from its first day on. */
export function applyBody(register: Register, act: Body, where: Entered): void {
  register.bodies.set(act.body, { act, ...where });
  const above = register.lawOver.get(act.parent ?? "");
  if (above !== undefined) register.lawOver.set(act.body, [...above]);
}

/** Its work goes to others, and the law over it goes along: a new name is no way out of it. */
export function applySuccession(
  register: Register,
  { body: id, successors }: ActOf<"bodySucceeded">,
): void {
  const body = register.bodies.get(id);
  if (body === undefined) return;
  register.bodies.set(id, { ...body, successors });
  for (const one of bodiesBelow(register, successors))
    for (const rulebook of register.lawOver.get(id) ?? [])
      add(register, rulebook, one);
}

function cover(
  register: Register,
  rulebook: string,
  place: string | undefined,
  at: number,
): void {
  if (place === undefined) {
    register.lawEverywhere.push(rulebook);
    return;
  }
  for (const body of bodiesBelow(register, [place])) {
    const alive = (register.lawOver.get(body) ?? []).filter((id) =>
      inForce(register.localRulebooks.get(id), at),
    );
    register.lawOver.set(body, alive);
    add(register, rulebook, body);
  }
}

function add({ lawOver }: Register, rulebook: string, body: string): void {
  const list = lawOver.get(body) ?? [];
  if (!list.includes(rulebook)) lawOver.set(body, [...list, rulebook]);
}
