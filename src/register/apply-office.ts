import type { ActOf } from "../acts/act.ts";
import { fromBase64url } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { PublicPaper } from "../acts/shapes.ts";
import { keyIdOf } from "../acts/statement.ts";
import {
  type Entered,
  NEVER,
  type Register,
  type Rulebook,
} from "./register.ts";
import { yearName } from "./calendar.ts";
import { end, standing } from "./standing.ts";

type OfficeAct = ActOf<
  | "rulebookAdopted"
  | "calendarAdopted"
  | "witnessPolicyAdopted"
  | "logKeyChanged"
  | "logEnded"
  | "machineKeyEnrolled"
  | "gatewayOpened"
  | "gatewayClosed"
>;

/** Acts about the office itself: its rules, its log, its machines. */
export function applyOffice(
  p: Primitives,
  register: Register,
  act: OfficeAct,
  where: Entered,
): void {
  switch (act.kind) {
    case "rulebookAdopted":
      return adoptRulebook(register, act.rulebook, where);
    case "calendarAdopted":
      register.calendars.set(yearName(act.calendar, act.year), {
        act,
        ...where,
      });
      return;
    case "witnessPolicyAdopted":
      adopt(register, act.policy, where);
      return;
    case "logKeyChanged":
      register.logKey = act.logKey;
      register.logKeys.set(act.logKey, where);
      return;
    case "logEnded":
      return applyLogEnded(register, act, where);
    case "machineKeyEnrolled":
      register.machineKeys.set(machineKeyId(p, act.publicKey), {
        publicKey: act.publicKey,
        records: act.records,
        until: act.until ?? NEVER,
        ...where,
      });
      return;
    case "gatewayOpened":
      register.gateways.set(act.gateway, standing(act, where));
      register.machineKeys.set(machineKeyId(p, act.publicKey), {
        publicKey: act.publicKey,
        records: ["head", "totals"],
        until: NEVER,
        gateway: act.gateway,
        ...where,
      });
      return;
    case "gatewayClosed":
      return closeGateway(register, act.gateway, where);
  }
}

function closeGateway(
  register: Register,
  gateway: string,
  where: Entered,
): void {
  end(register.gateways, gateway, where);
  for (const [id, key] of register.machineKeys) {
    if (key.gateway === gateway)
      register.machineKeys.set(id, { ...key, ended: where });
  }
}

/** With the log every gateway is closed, and no machine enters anything more. */
function applyLogEnded(
  register: Register,
  { reason, successor }: ActOf<"logEnded">,
  where: Entered,
): void {
  register.ended = {
    reason,
    ...(successor === undefined ? {} : { successor }),
    ...where,
  };
  for (const [gateway, { ended }] of register.gateways)
    if (ended === undefined) closeGateway(register, gateway, where);
  for (const [id, key] of register.machineKeys)
    if (key.ended === undefined)
      register.machineKeys.set(id, { ...key, ended: where });
}

export function adoptRulebook(
  register: Register,
  act: Rulebook,
  where: Entered,
): void {
  register.rulebook = { act, ...where };
  register.rulebooks.push(register.rulebook);
}

export function adopt(
  register: Register,
  act: PublicPaper,
  where: Entered,
): void {
  register.witnessPolicy = { act, ...where };
  register.witnessPolicies.push(register.witnessPolicy);
}

export function machineKeyId(p: Primitives, publicKey: string): string {
  return keyIdOf(p, fromBase64url(publicKey));
}
