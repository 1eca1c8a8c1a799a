import type { Act } from "../acts/act.ts";
import type { LogRecord } from "../acts/record.ts";
import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import type { SigningKey } from "../store/crypto.ts";
import { readLogName } from "../uses/log-name.ts";

/** A gateway's side of an act that closes it. */
export type Leaver = {
  /** Signs the gateway's records. */
  readonly key: SigningKey;
  /** Resolves when it answers nothing any more, with what is entered directly before the act. */
  readonly leave: () => Promise<readonly LogRecord[]>;
  /** The act was not entered. */
  readonly stay: () => void;
};

/** A gateway of this office has to speak before an act about it, and does not run: the act may be sent again. */
export class GatewayAway extends Error {
  override readonly name = "GatewayAway";
}

type Left = {
  /** What is entered directly before the act, in this order. */
  readonly records: readonly {
    readonly record: LogRecord;
    readonly key: SigningKey;
  }[];
  /** For those that the act did not close after all. */
  readonly stayIfOpen: (register: ReadRegister) => void;
};

/** The gateways that run in this process, and are asked before an act closes them. */
export class Leavers {
  readonly #ownKey: string | undefined;
  readonly #running = new Map<string, Leaver>();

  /** `ownKey` is the key with which this office's gateway signs: what bears it must not be closed behind its back. */
  constructor(ownKey: string | undefined) {
    this.#ownKey = ownKey;
  }

  add(gateway: string, leaver: Leaver): void {
    this.#running.set(gateway, leaver);
  }

  /** Those of the register's gateways that are open still. */
  open({ gateways }: ReadRegister): readonly string[] {
    return [...gateways.keys()].filter(
      (gateway) => gateways.get(gateway)?.ended === undefined,
    );
  }

  async leave(
    register: ReadRegister,
    gateways: readonly string[],
    act: Act,
  ): Promise<Left> {
    for (const gateway of gateways)
      if (this.of(gateway, register) === undefined)
        mustHaveLeft(register, gateway, act);
    const leaving = gateways.flatMap((gateway) => {
      const leaver = this.of(gateway, register);
      return leaver === undefined ? [] : [{ gateway, leaver }];
    });
    const records: Left["records"][number][] = [];
    for (const { leaver } of leaving)
      for (const record of await leaver.leave())
        records.push({ record, key: leaver.key });
    return {
      records,
      stayIfOpen: (now) => {
        for (const { gateway, leaver } of leaving)
          if (now.gateways.get(gateway)?.ended === undefined) leaver.stay();
      },
    };
  }

  /** Undefined for a gateway that runs elsewhere or nowhere: it owes what it last entered, and no more. */
  of(gateway: string, register: ReadRegister): Leaver | undefined {
    const leaver = this.#running.get(gateway);
    if (leaver !== undefined) return leaver;
    if (register.gateways.get(gateway)?.act.publicKey !== this.#ownKey)
      return undefined;
    throw new GatewayAway(
      `Cannot enter an act that closes gateway ${gateway}: it does not run yet, and its totals stand before its end; send it again in a moment`,
    );
  }
}

/** A stolen key or an order must not wait for whoever may not come: what such a gateway owes stays owed, and is found. */
const AT_ONCE: ReadonlySet<string> = new Set(["breach", "order"]);

/** A gateway of another process enters its totals and closing heads itself, before the act that closes it. */
function mustHaveLeft(
  { origin, gateways, heads }: ReadRegister,
  gateway: string,
  act: Act,
): void {
  if (gateways.get(gateway)?.ended !== undefined) return;
  if (act.kind === "gatewayClosed" && AT_ONCE.has(act.reason)) return;
  const isOpen = [...heads].some(
    ([log, { head }]) =>
      readLogName(officeOf(origin), log)?.gateway === gateway &&
      head.closed !== true,
  );
  if (isOpen)
    throw new GatewayAway(
      `Cannot enter an act that closes gateway ${gateway}: it runs elsewhere and has not closed its logs; run vitrine gateway FOLDER --name ${gateway} --leave first, or give the reason breach or order if it is lost`,
    );
}
