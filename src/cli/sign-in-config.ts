import { promises as fs } from "node:fs";
import { resolve } from "node:path";
import * as z from "zod/mini";
import { OpenidSignIn, type ReadyProvider } from "../accounts/openid.ts";
import {
  openidProvider,
  type OpenidProvider,
} from "../accounts/openid-settings.ts";
import { CouldNot } from "./exit.ts";

/** Who identifies people for the office, in `office.json`. */
export const signInConfig = z.strictObject({
  openid: z.exactOptional(
    z.array(openidProvider).check(
      z.refine(
        (all) => new Set(all.map(({ name }) => name)).size === all.length,
        "providers with names of their own",
      ),
      z.describe(
        "providers of OpenID Connect at which people sign in (docs/sign-in.md), each with its name, issuer and client",
      ),
    ),
  ),
});

/** Reads the providers' secrets. One that is missing stops the start. */
export async function openidOf(
  folder: string,
  config: z.infer<typeof signInConfig> | undefined,
  key: Uint8Array,
  now: () => number,
  tell: (line: string) => void,
): Promise<{ readonly openid?: OpenidSignIn }> {
  if (config?.openid === undefined) return {};
  const ready = await Promise.all(
    config.openid.map(async (one): Promise<ReadyProvider> => {
      const secret = await secretOf(folder, one);
      return { ...one, ...(secret === undefined ? {} : { secret }) };
    }),
  );
  const openid = new OpenidSignIn(ready, key, now, tell);
  return { openid };
}

async function secretOf(
  folder: string,
  { name, clientSecretFile, clientSecretEnv }: OpenidProvider,
): Promise<string | undefined> {
  if (clientSecretFile !== undefined) {
    const path = resolve(folder, clientSecretFile);
    const text = await fs.readFile(path, "utf8").catch((cause: unknown) => {
      throw new CouldNot(
        `Cannot read the secret of ${name}: want a file ${path} that holds it`,
        { cause },
      );
    });
    return whole(text.trim(), name, path);
  }
  if (clientSecretEnv === undefined) return undefined;
  return whole(process.env[clientSecretEnv] ?? "", name, clientSecretEnv);
}

function whole(secret: string, name: string, where: string): string {
  if (secret !== "") return secret;
  throw new CouldNot(
    `Cannot read the secret of ${name}: ${where} is empty, want the one that the provider gave`,
  );
}
