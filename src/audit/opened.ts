import { Malformed } from "../acts/canonical.ts";
import { showInstant } from "../acts/dates.ts";
import {
  beyond,
  bitsOf,
  namesOf,
  type ReadRegister,
  type StandingProduct,
} from "../register/register.ts";
import { unitsOf } from "../uses/admit.ts";
import {
  parseOpened,
  parsePrivatePart,
  type PrivatePart,
} from "../uses/opening.ts";
import { fieldsOf } from "../uses/plan.ts";
import {
  BYTES_PER_STEP,
  type Look,
  type Settle,
  sizeClass,
  SLOT,
  type SlotName,
  type Use,
} from "../uses/use.ts";
import { showCount } from "./says.ts";

/**
 * Whether the private part of a use says what was entered: whose it is, what was asked, how much was given, of how many
 * persons, when. Permit and product never change, so the register at the end is as good as the one at the anchor. Gives the
 * first difference, or undefined.
 */
export function sayUntrue(
  register: ReadRegister,
  slotName: SlotName,
  use: Use,
  content: Uint8Array,
): string | undefined {
  const permit = register.permits.get(use.permit)?.act;
  const product = register.products.get(permit?.product ?? "");
  if (permit === undefined || product === undefined)
    return `permit ${use.permit} was never given`;
  const part = readPart(content);
  if (typeof part === "string") return `its opening is none: ${part}`;
  if (part.organisation !== permit.organisation)
    return `its opening names ${part.organisation}; permit ${use.permit} is of ${permit.organisation}`;
  const wantsCase = register.rulebook?.act.purposes.some(
    (one) => one.purpose === permit.purpose && one.case === true,
  );
  if (wantsCase === true && part.case === undefined)
    return `its opening names no case, and purpose ${permit.purpose} wants one`;
  return (
    asksAnother(part, use, product) ??
    countsAnother(part, use, product) ??
    isOfAnother(part, use, slotName, register.offsetMinutes)
  );
}

/** Whether the private part of a look is one, and of the slot that was entered. */
export function sayUntrueLook(
  { slot }: Look,
  content: Uint8Array,
): string | undefined {
  try {
    const opened = parseOpened(content);
    if (opened.kind !== "look") return "its opening is not that of a look";
    const { at } = opened.part;
    return at < slot || at >= slot + SLOT.hour
      ? `its opening says ${at}; slot ${slot} was entered`
      : undefined;
  } catch (error) {
    if (error instanceof Malformed)
      return `its opening is none: ${error.message}`;
    throw error;
  }
}

/** Whether the private part of a settle is one, and says as much as was entered. How many rows a step has, its use's product says. */
export function sayUntrueSettle(
  { units }: Settle,
  content: Uint8Array,
): string | undefined {
  try {
    const opened = parseOpened(content);
    if (opened.kind !== "settle") return "its opening is not that of a settle";
    const { rows, bytes } = opened.part;
    const steps = Math.max(1, Math.ceil(bytes / BYTES_PER_STEP));
    if (units.bytes !== steps)
      return `its opening says ${bytes} bytes; ${units.bytes} steps of bytes were entered`;
    return units.steps > Math.max(1, rows)
      ? `its opening says ${rows} rows; ${units.steps} steps were entered`
      : undefined;
  } catch (error) {
    if (error instanceof Malformed)
      return `its opening is none: ${error.message}`;
    throw error;
  }
}

function readPart(content: Uint8Array): PrivatePart | string {
  try {
    return parsePrivatePart(content);
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}

const BITS = [
  ["fields", "fields"],
  ["where", "conditions on"],
] as const;

/** What the plan asks for, against what was entered as returned or compared. */
function asksAnother(
  { plan, rows }: PrivatePart,
  use: Use,
  { act, fields }: StandingProduct,
): string | undefined {
  if (plan.form !== use.operation)
    return `its opening asks for ${plan.form}; ${use.operation} was entered`;
  const dataset = act.content[0]?.dataset ?? "";
  if (plan.dataset !== dataset)
    return `its opening asks for dataset ${plan.dataset}; product ${act.product} is of ${dataset}`;
  const touched = fieldsOf(plan);
  const outside = beyond(fields, [...touched.fields, ...touched.where]);
  if (outside.length > 0)
    return `its opening asks for field ${outside.join(", ")}, which product ${act.product} does not have`;
  for (const [where, what] of BITS) {
    const bits = bitsOf(fields, touched[where]);
    if (bits.toString(16) !== use[where])
      return `its opening has ${what} ${listed(namesOf(fields, bits))}; ${what} ${listed(namesOf(fields, BigInt(`0x${use[where]}`)))} were entered`;
  }
  const most =
    plan.form === "answer" ? 1 : plan.form === "file" ? undefined : plan.limit;
  return most !== undefined && rows !== undefined && rows > most
    ? `its opening says ${showCount(rows)} rows; asked for were at most ${showCount(most)}`
    : undefined;
}

/** Rows, bytes and persons, against the units and the size class that were entered and charged. */
function countsAnother(
  { rows, bytes, subjects }: PrivatePart,
  use: Use,
  { act }: StandingProduct,
): string | undefined {
  const size = sizeClass(subjects.length);
  if (size !== use.subjects)
    return `persons in its opening: ${showCount(subjects.length)}, size class ${showCount(size)}; ${showCount(use.subjects)} was entered`;
  if (use.state === "open")
    return rows === undefined && bytes === undefined
      ? undefined
      : "its opening says how much was given, and it was entered before anything was";
  if (rows === undefined || bytes === undefined)
    return "its opening does not say how much was given";
  const units = unitsOf(act, rows, bytes, BYTES_PER_STEP);
  if (units.steps !== use.units.steps)
    return `its opening says ${showCount(rows)} rows, in steps of ${showCount(act.rowsPerStep)}: ${showCount(units.steps)}; ${showCount(use.units.steps)} steps were entered`;
  if (units.bytes !== use.units.bytes)
    return `its opening says ${showCount(bytes)} bytes, in steps of ${showCount(BYTES_PER_STEP)}: ${showCount(units.bytes)}; ${showCount(use.units.bytes)} were entered`;
  return undefined;
}

function isOfAnother(
  { at }: PrivatePart,
  { slot }: Use,
  slotName: SlotName,
  offsetMinutes: number,
): string | undefined {
  return slot <= at && at < slot + SLOT[slotName]
    ? undefined
    : `its opening is of ${showInstant(at, offsetMinutes)}, outside the ${slotName} of ${showInstant(slot, offsetMinutes)} that was entered`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}
