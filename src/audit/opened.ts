import { Malformed } from "../acts/canonical.ts";
import { showInstant } from "../acts/dates.ts";
import {
  type ReadRegister,
  type StandingProduct,
} from "../register/register.ts";
import { beyond, bitsOf, namesOf } from "../register/fields.ts";
import { unitsOf } from "../uses/admit.ts";
import {
  type Opened,
  parseOpened,
  parsePrivatePart,
  type PrivatePart,
} from "../uses/opening.ts";
import { fieldsOf } from "../uses/plan.ts";
import {
  BYTES_PER_STEP,
  type Look,
  type Repeat,
  type Settle,
  sizeClass,
  SLOT,
  type SlotName,
  stepsOf,
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
  { slot, by }: Look,
  content: Uint8Array,
  offsetMinutes: number,
): string | undefined {
  const opened = readOpened(content, by === "auditor" ? "audit" : "look");
  return typeof opened === "string"
    ? opened
    : isOfAnother(opened.part, { slot }, "hour", offsetMinutes);
}

/**
 * Whether the private part of a settle says what was entered. A settle names its use by a hash, so the steps of its product are not
 * known here: they are held against the use where both stand in the log, and rows only against the least that any product has.
 */
export function sayUntrueSettle(
  { units, result }: Settle,
  content: Uint8Array,
): string | undefined {
  const opened = readOpened(content, "settle");
  if (typeof opened === "string") return opened;
  const { rows, bytes } = opened.part;
  const steps = stepsOf(bytes, BYTES_PER_STEP);
  if (steps !== units.bytes)
    return `its opening says ${showCount(bytes)} bytes, in steps of ${showCount(BYTES_PER_STEP)}: ${showCount(steps)}; ${showCount(units.bytes)} were entered`;
  if (units.steps > stepsOf(rows, 1))
    return `its opening says ${showCount(rows)} rows; ${showCount(units.steps)} steps were entered`;
  return result === "complete" && rows > 0 && bytes === 0
    ? `its opening says ${showCount(rows)} rows and no byte; it was entered as complete`
    : undefined;
}

/**
 * Whether the private part of a repeat says what was entered. It names its use by a hash: whose permit that is, and whether the same
 * was asked, is seen where both openings are at hand, and not here.
 */
export function sayUntrueRepeat(
  register: ReadRegister,
  slotName: SlotName,
  { slot }: Repeat,
  content: Uint8Array,
): string | undefined {
  const opened = readOpened(content, "use");
  if (typeof opened === "string") return opened;
  const { part } = opened;
  if (!register.organisations.has(part.organisation))
    return `its opening names ${part.organisation}, which was never registered`;
  if (!register.datasets.has(part.plan.dataset))
    return `its opening asks for dataset ${part.plan.dataset}, which was never registered`;
  if (part.rows === undefined || part.bytes === undefined)
    return "its opening does not say how much was given";
  const most = rowsMostOf(part.plan);
  if (most !== undefined && part.rows > most) return tooMany(part.rows, most);
  return isOfAnother(part, { slot }, slotName, register.offsetMinutes);
}

const SAID = {
  use: "a use",
  settle: "a settle",
  look: "a look",
  audit: "an auditor's look",
} as const;

function readOpened<K extends Opened["kind"]>(
  content: Uint8Array,
  kind: K,
): Extract<Opened, { kind: K }> | string {
  try {
    const opened = parseOpened(content);
    return isOf(opened, kind)
      ? opened
      : `its opening is that of ${SAID[opened.kind]}, want ${SAID[kind]}`;
  } catch (error) {
    if (error instanceof Malformed)
      return `its opening is none: ${error.message}`;
    throw error;
  }
}

function isOf<K extends Opened["kind"]>(
  opened: Opened,
  kind: K,
): opened is Extract<Opened, { kind: K }> {
  return opened.kind === kind;
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
  const most = rowsMostOf(plan);
  return most !== undefined && rows !== undefined && rows > most
    ? tooMany(rows, most)
    : undefined;
}

function rowsMostOf(plan: PrivatePart["plan"]): number | undefined {
  if (plan.form === "answer") return 1;
  return plan.form === "file" ? undefined : plan.limit;
}

function tooMany(rows: number, most: number): string {
  return `its opening says ${showCount(rows)} rows; asked for were at most ${showCount(most)}`;
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
  { at }: Pick<PrivatePart, "at">,
  { slot }: Pick<Use, "slot">,
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
