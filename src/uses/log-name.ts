import { quarterSpan } from "../acts/dates.ts";
import type { SlotName } from "./use.ts";

/** What the origin of a usage log says: `<office>/<gateway>/<hour or minute>/<quarter>`. */
export type LogName = {
  readonly gateway: string;
  readonly slotName: SlotName;
  readonly quarter: string;
  readonly span: { readonly from: number; readonly to: number };
};

export function logOrigin(
  office: string,
  gateway: string,
  slotName: SlotName,
  quarter: string,
): string {
  return `${office}/${gateway}/${slotName}/${quarter}`;
}

/** The gateways whose usage logs these are, by name. */
export function gatewaysOf(
  office: string,
  logs: readonly string[],
): readonly string[] {
  return [
    ...new Set(logs.flatMap((log) => readLogName(office, log)?.gateway ?? [])),
  ].toSorted();
}

/** Reads the origin of a usage log of this office; undefined for any other text. */
export function readLogName(
  office: string,
  origin: string,
): LogName | undefined {
  if (!origin.startsWith(`${office}/`)) return undefined;
  const match =
    /^([a-z0-9]+(?:[.-][a-z0-9]+)*)\/(hour|minute)\/([0-9]{4}q[1-4])$/.exec(
      origin.slice(office.length + 1),
    );
  const [, gateway, slotName, quarter] = match ?? [];
  if (
    gateway === undefined ||
    quarter === undefined ||
    (slotName !== "hour" && slotName !== "minute")
  )
    return undefined;
  return { gateway, slotName, quarter, span: quarterSpan(quarter) };
}
