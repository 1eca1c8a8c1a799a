import { fromBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import type { Primitives } from "../acts/primitives.ts";
import { paperPath } from "../acts/statement.ts";
import {
  ED25519,
  formatVerifierKey,
  verifierKey,
} from "../log/verifier-key.ts";
import { doubtfulKeys } from "../register/doubtful.ts";
import { logKeysAt, logKeyTerms } from "../register/log-keys.ts";
import {
  type Entered,
  NEVER,
  type ReadRegister,
} from "../register/register.ts";
import { officeTitle, titleOf } from "./lang/title-in.ts";

/** An entry and its time, as the office's clock shows it. */
export type Place = { readonly entry: number; readonly at: string };

/** Every key over time, and what became of it: persons are numbers, in the order of their numbers. */
export type Keys = {
  readonly title: string;
  readonly origin: string;
  readonly logKeys: readonly (Place & {
    readonly verifierKey: string;
    /** Whether it must sign the newest public checkpoint. */
    readonly signs: boolean;
    /** Until then it signs together with the next one; absent for the newest. */
    readonly until?: string;
  })[];
  readonly machines: readonly (Place & {
    readonly key: string;
    readonly gateway?: string;
    readonly records: readonly string[];
    readonly until?: string;
    readonly ended?: Place;
  })[];
  readonly persons: readonly (Place & {
    readonly person: number;
    readonly posts: readonly string[];
    readonly postTitles: readonly string[];
    readonly key: string;
    /** Absent for a key in a file. */
    readonly passkey?: {
      readonly rpId: string;
      /** Whether its maker may copy it to other devices of its holder. */
      readonly backupEligible: boolean;
    };
    readonly countsFrom: string;
    readonly revoked?: Place;
    readonly doubtfulSince?: string;
    /** Granted acts that it signed from then to its revocation, by their entries. */
    readonly doubtful?: readonly number[];
  })[];
  readonly policies: readonly (Place & { readonly paper: string })[];
  readonly ended?: Place & {
    readonly reason: string;
    readonly successor?: string;
  };
  readonly predecessor?: {
    readonly origin: string;
    readonly size: number;
    readonly root: string;
  };
};

export function keysOf(
  {
    register,
    published: { size },
  }: {
    readonly register: ReadRegister;
    readonly published: { readonly size: number };
  },
  p: Primitives,
): Keys {
  const show = (at: number): string => showInstant(at, register.offsetMinutes);
  const place = ({ entry, at }: Entered): Place => ({ entry, at: show(at) });
  const { ended, predecessor } = register;
  return {
    title: officeTitle(register),
    origin: register.origin,
    logKeys: logKeysOf(register, size, p),
    machines: [...register.machineKeys].map(([key, one]) => ({
      key,
      records: one.records,
      ...place(one),
      ...(one.gateway === undefined ? {} : { gateway: one.gateway }),
      ...(one.until === NEVER ? {} : { until: show(one.until) }),
      ...(one.ended === undefined ? {} : { ended: place(one.ended) }),
    })),
    persons: personsOf(register, show, place),
    policies: register.witnessPolicies.map((one) => ({
      ...place(one),
      paper: paperPath(one.act.paper),
    })),
    ...(ended === undefined
      ? {}
      : {
          ended: {
            ...place(ended),
            reason: ended.reason,
            ...(ended.successor === undefined
              ? {}
              : { successor: ended.successor }),
          },
        }),
    ...(predecessor === undefined ? {} : { predecessor }),
  };
}

function logKeysOf(
  { logKeys, origin, at, offsetMinutes }: ReadRegister,
  size: number,
  p: Primitives,
): Keys["logKeys"] {
  const signing = logKeysAt(logKeys, { entry: size - 1, at });
  return logKeyTerms(logKeys).map(({ publicKey, entry, at: named, until }) => ({
    entry,
    at: showInstant(named, offsetMinutes),
    verifierKey: formatVerifierKey(
      verifierKey(p, origin, ED25519, fromBase64url(publicKey)),
    ),
    signs: signing.includes(publicKey),
    ...(until === Infinity ? {} : { until: showInstant(until, offsetMinutes) }),
  }));
}

function personsOf(
  register: ReadRegister,
  show: (at: number) => string,
  place: (of: Entered) => Place,
): Keys["persons"] {
  const posts = new Map<number, string[]>();
  for (const [post, tenures] of register.tenures)
    for (const { act } of tenures) {
      const held = posts.get(act.person) ?? [];
      if (!held.includes(post)) posts.set(act.person, [...held, post]);
    }
  const doubts = new Map(doubtfulKeys(register).map((one) => [one.key, one]));
  return [...register.keys]
    .map(([key, one]) => {
      const doubt = doubts.get(key);
      return {
        person: one.person,
        posts: posts.get(one.person) ?? [],
        postTitles: (posts.get(one.person) ?? []).map((post) =>
          titleOf(register.posts.get(post), post),
        ),
        key,
        ...place(one),
        ...(one.key.form === "ed25519"
          ? {}
          : {
              passkey: {
                rpId: one.key.rpId,
                backupEligible: one.key.backupEligible,
              },
            }),
        countsFrom: show(one.activeFrom),
        ...(one.revoked === undefined ? {} : { revoked: place(one.revoked) }),
        ...(doubt === undefined
          ? {}
          : { doubtfulSince: show(doubt.since), doubtful: doubt.entries }),
      };
    })
    .toSorted((a, b) => a.person - b.person || a.entry - b.entry);
}
