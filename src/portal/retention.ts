import { bytesToHex, fromBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import { paperPath } from "../acts/statement.ts";
import type { Office } from "../office/office.ts";
import { type ReadRegister, type TotalsRow } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { keptMonths, usesPolicy } from "../rules/retention.ts";
import { type ErrorBody, errorBody } from "./errors.ts";
import { officeTitle } from "./lang/title-in.ts";
import { say } from "./lang/say.ts";
import { sayWord } from "./lang/words.ts";

/** What stands at an address of a dropped log. */
export type Gone = ErrorBody & {
  readonly policy: string;
  readonly record: number;
};

/** Where a path below /log/ is of a log that a public record says was dropped; undefined for every other. */
export function goneAt(
  { register, published }: Office,
  path: string,
): Gone | undefined {
  const [name] =
    /^[^/]+\/[^/]+\/[^/]+(?=\/|$)/.exec(path.replace(/^log\//, "")) ?? [];
  if (name === undefined) return undefined;
  const dropped = register.dropped.get(`${officeOf(register.origin)}/${name}`);
  if (dropped === undefined || dropped.entry >= published.size)
    return undefined;
  const policy = `/${paperPath(dropped.record.policy.paper)}`;
  return {
    ...errorBody(
      "gone",
      `Usage log ${name} was dropped by entry ${dropped.entry} under the policy at ${policy}; its head and totals stand in the register log`,
    ),
    policy,
    record: dropped.entry,
  };
}

/** How much room was freed by something that was dropped or erased, by the name of that. */
export type Freed = {
  readonly what: string;
  readonly files: number;
  readonly bytes: number;
};
type Room = Omit<Freed, "what">;

export type Retention = {
  readonly title: string;
  readonly at: string;
  /** Months that the rulebook demands, or that hold where it names none. */
  readonly usesKeptMonths: number;
  readonly openingsKeptMonths: number;
  readonly kept: readonly {
    readonly log: string;
    readonly size: number;
    readonly until: string | undefined;
    readonly mayBeDropped: boolean;
    readonly why: string;
  }[];
  readonly dropped: readonly {
    readonly log: string;
    readonly at: string;
    readonly entry: number;
    readonly policy: string;
    readonly size: number;
    readonly totals: readonly TotalsRow[];
    /** Undefined until its files have gone. */
    readonly freed: Room | undefined;
  }[];
  readonly erased: readonly {
    readonly at: string;
    readonly entry: number;
    readonly before: string;
    readonly count: number;
    readonly policy: string;
    readonly freed: Room | undefined;
  }[];
};

/** What the office keeps of uses and for how long, and what it keeps no more. */
export function retentionOf(
  { register, published }: Office,
  freed: readonly Freed[],
  now: number,
): Retention {
  const show = (at: number): string => showInstant(at, register.offsetMinutes);
  const address = (paper: string): string =>
    `/paper/${bytesToHex(fromBase64url(paper))}`;
  const room = (what: string): Room | undefined => {
    const found = freed.find((one) => one.what === what);
    return found && { files: found.files, bytes: found.bytes };
  };
  const isPublic = ({ entry }: { readonly entry: number }): boolean =>
    entry < published.size;
  const rulebook = register.rulebook?.act;
  return {
    title: officeTitle(register),
    at: show(now),
    usesKeptMonths: keptMonths(rulebook, "usesKeptMonths"),
    openingsKeptMonths: keptMonths(rulebook, "openingsKeptMonths"),
    kept: keptOf(register, now),
    dropped: [...register.dropped]
      .filter(([, one]) => isPublic(one))
      .map(([log, { entry, at, record }]) => ({
        log,
        at: show(at),
        entry,
        policy: address(record.policy.paper),
        size: register.heads.get(log)?.head.size ?? 0,
        totals: register.closedTotals.get(log) ?? [],
        freed: room(log),
      })),
    erased: register.erased.filter(isPublic).map(({ entry, at, record }) => ({
      at: show(at),
      entry,
      before: show(record.before),
      count: record.count,
      policy: address(record.policy.paper),
      freed: room(`openings before ${record.before}`),
    })),
  };
}

function keptOf(register: ReadRegister, now: number): Retention["kept"] {
  const show = (at: number): string => showInstant(at, register.offsetMinutes);
  return [...register.heads]
    .filter(
      ([log, { head }]) => head.closed === true && !register.dropped.has(log),
    )
    .map(([log, { head }]) => {
      const policy = usesPolicy(register, log);
      const place = { log, size: head.size };
      if ("why" in policy)
        return {
          ...place,
          until: undefined,
          mayBeDropped: false,
          why: sayWord(policy.why),
        };
      const { droppableFrom, keepMonths, permits, closed } = policy;
      const rights =
        permits.length === 0
          ? say("it holds open data alone; {n} months after that", {
              n: keepMonths,
            })
          : say(
              "the last of {permits} permits used in it ends {at}; {n} months after both",
              {
                permits: permits.length,
                at: show(Math.max(...permits.map(({ ends }) => ends))),
                n: keepMonths,
              },
            );
      return {
        ...place,
        until: show(droppableFrom),
        mayBeDropped: now >= droppableFrom,
        why: say("closed {at}; {rights}", { at: show(closed), rights }),
      };
    });
}
