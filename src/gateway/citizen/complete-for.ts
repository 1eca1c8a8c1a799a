import { showInstant } from "../../acts/dates.ts";
import { coverage } from "../../register/coverage.ts";
import { type ReadRegister } from "../../register/register.ts";
import { officeOf } from "../../register/founding.ts";
import { isPersonal } from "../../register/fields.ts";
import type { Copied } from "../../store/copied.ts";
import { gatewaysOf } from "../../uses/log-name.ts";
import type { Sealed } from "./sealed-count.ts";

type Named = { readonly id: string; readonly title: string };
export type Behind = { readonly gateway: string; readonly since: number };

/** A gateway copies every second; what is older by more is behind. */
const BEHIND_MS = 15_000;

/** Other gateways that have not copied lately, and have not ended in good order. */
export function behindOf(
  register: ReadRegister,
  own: string,
  logs: readonly string[],
  copied: ReadonlyMap<string, Copied>,
  now: number,
): readonly Behind[] {
  return gatewaysOf(officeOf(register.origin), logs).flatMap((gateway) => {
    const of = copied.get(gateway);
    if (gateway === own || of?.isWhole === true) return [];
    const since = of?.at ?? register.gateways.get(gateway)?.from ?? 0;
    return now - since <= BEHIND_MS ? [] : [{ gateway, since }];
  });
}

/** For what a list is complete, and for what it is not. Nothing is called complete without it. */
export type CompleteFor = {
  readonly says: string;
  readonly gateways: readonly string[];
  readonly since: number;
  /** The entry by which everything older was erased. */
  readonly erasedBy?: number;
  readonly notCovered: {
    /** Systems that are known and not served through the gate: what happens there nobody sees here. */
    readonly systems: readonly Named[];
    /** Data about persons that do not say which field names them. */
    readonly datasets: readonly Named[];
    /** Gateways that may have answered since then what they have not brought here yet: what this list has of them ends there. */
    readonly gateways: readonly Behind[];
    /** Uses that were kept before there was an index of persons, and were not read yet. */
    readonly notIndexed: number;
    readonly logs: readonly string[];
  };
  readonly seals: {
    readonly inForce: number;
    readonly classes: readonly {
      readonly seal: string;
      readonly title: string;
      readonly days: number;
    }[];
  };
};

export function completeFor(
  register: ReadRegister,
  /** Logs whose uses are kept in this database. */
  logs: readonly string[],
  sealed: Sealed,
  notIndexed: number,
  behind: readonly Behind[],
  now: number,
): CompleteFor {
  const gateways = gatewaysOf(officeOf(register.origin), logs);
  const opened = Math.min(
    now,
    ...gateways.flatMap((id) => register.gateways.get(id)?.from ?? []),
  );
  const erased = register.erased.at(-1);
  const isErased = erased !== undefined && erased.record.before > opened;
  const since = isErased ? erased.record.before : opened;
  const systems = coverage(register, now).notServed.map((id) => ({
    id,
    title: register.systems.get(id)?.act.title ?? "",
  }));
  const datasets = [...register.datasets.values()]
    .filter(({ act }) => isPersonal(act) && act.subject === undefined)
    .map(({ act }) => ({ id: act.dataset, title: act.title }));
  const classes = (register.rulebook?.act.seals ?? []).map(
    ({ seal, title, days }) => ({ seal, title, days }),
  );
  return {
    says: sentence(register, {
      ...{ gateways, since, sealed, notIndexed, behind, systems },
    }),
    gateways,
    since,
    ...(isErased ? { erasedBy: erased.entry } : {}),
    notCovered: {
      ...{ systems, datasets, gateways: behind, notIndexed },
      logs: sealed.notCounted,
    },
    seals: { inForce: sealed.count, classes },
  };
}

function sentence(
  { offsetMinutes }: ReadRegister,
  {
    gateways,
    since,
    sealed,
    notIndexed,
    behind,
    systems,
  }: {
    readonly gateways: readonly string[];
    readonly since: number;
    readonly sealed: Sealed;
    readonly notIndexed: number;
    readonly behind: readonly Behind[];
    readonly systems: readonly Named[];
  },
): string {
  const { count, notCounted } = sealed;
  const passed =
    gateways.length === 0
      ? "no gateway has answered anybody yet"
      : `complete for what passed gateway${gateways.length === 1 ? "" : "s"} ${gateways.join(", ")} since ${dayOf(since, offsetMinutes)}`;
  const seals = `except ${count} use${count === 1 ? "" : "s"} under seal in the whole office and those of the running hour${notCounted.length === 0 ? "" : ` and those in ${notCounted.length} logs that cannot be counted`}`;
  return [
    `${passed}, ${seals}`,
    ...(notIndexed === 0
      ? []
      : [
          `${notIndexed} older uses are not in the index of persons yet and may be missing`,
        ]),
    ...behind.map(
      ({ gateway, since: from }) =>
        `what gateway ${gateway} answered since ${showInstant(from, offsetMinutes)} is not here yet`,
    ),
    ...(systems.length === 0
      ? []
      : [
          `what happens in ${systems.length} system${systems.length === 1 ? "" : "s"} that the gate does not serve is not here`,
        ]),
  ].join("; ");
}

function dayOf(at: number, offsetMinutes: number): string {
  return showInstant(at, offsetMinutes).slice(0, 10);
}
