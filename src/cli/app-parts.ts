import { promises as fs } from "node:fs";
import { join } from "node:path";
import { realSurroundings } from "../store/surroundings.ts";
import { type AppOptions } from "../portal/app.tsx";
import { accountsOf } from "./accounts-of.ts";
import { Accounts } from "../accounts/accounts.ts";
import type { DocumentCode } from "../accounts/document-numbers.ts";
import { Sessions } from "../accounts/sessions.ts";
import { Door } from "../gateway/asking/door.ts";
import { enrolKey } from "../gateway/asking/enrol-key.ts";
import { SignedAsking } from "../gateway/asking/signed-asking.ts";
import { TokenCache } from "../gateway/asking/token-cache.ts";
import { CitizenDesk } from "../gateway/citizen/citizen-desk.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import type { PublicFiles } from "../portal/log-routes.ts";
import { primitives } from "../store/crypto.ts";
import { isMissing, writeWhole } from "../store/durable.ts";
import { allFreed } from "../store/retention.ts";
import { Mails } from "../accounts/mails.ts";
import { type GateSettings, gateSettings } from "./gate-config.ts";
import type { House } from "./house.ts";

/** What a house lying in a folder gives to its web routes. */
export function appOf(
  house: House,
  folder: string,
  settings: GateSettings = gateSettings(),
  codes: readonly DocumentCode[] = [],
): Pick<
  AppOptions,
  | "office"
  | "gateway"
  | "primitives"
  | "files"
  | "door"
  | "signed"
  | "proxies"
  | "allowed"
  | "enrol"
  | "citizens"
  | "freed"
  | "sessions"
  | "mails"
  | "incoming"
  | "applications"
  | "access"
  | "accounts"
  | "drafts"
  | "papers"
  | "documentNumbers"
> {
  const { sql } = house;
  const { now } = realSurroundings;
  const { address, proxies, allowed } = settings;
  const signed = new SignedAsking({ sql, now, address });
  return {
    office: house.office,
    gateway: () => house.gateway,
    primitives,
    files: publicFiles(folder),
    door: new Door({
      tokens: new TokenCache(sql, now),
      ...settings,
      streamsEach: allowed.streamsEach,
    }),
    signed,
    ...{ proxies, allowed },
    enrol: (organisation, request, value) =>
      enrolKey(
        ...([sql, signed, organisation, request, value] as const),
        now(),
      ),
    mails: mailsOf(house),
    sessions: new Sessions(sql, house.keys.seal, now),
    ...accountsOf(house, folder, now, codes),
    accounts: new Accounts(sql, house.keys.seal, now),
    citizens: new CitizenDesk(sql, house.keys.seal, () => house.gateway),
    freed: () =>
      allFreed(house.sql).catch((cause: unknown) => {
        throw new Unavailable(
          "Cannot show what was freed: the database is away",
          { cause },
        );
      }),
  };
}

export function mailsOf({ sql, keys, office }: House): Mails {
  const { now } = realSurroundings;
  return new Mails({ sql, key: keys.seal, office: office.origin, now });
}

/** Logs and papers as they lie on disk. A name with a file where a folder should be is nothing, as a missing one is. */
export function publicFiles(folder: string): PublicFiles {
  const base = join(folder, "public");
  return {
    read: async (path) => {
      try {
        return await fs.readFile(join(base, path));
      } catch (error) {
        if (isMissing(error)) return undefined;
        if (
          error instanceof Error &&
          "code" in error &&
          (error.code === "ENOTDIR" || error.code === "EISDIR")
        )
          return undefined;
        throw error;
      }
    },
    keepPaper: (hex, bytes) =>
      writeWhole(join(base, "paper", hex), bytes, { immutable: true }),
  };
}
