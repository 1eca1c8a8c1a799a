import { promises as fs } from "node:fs";
import { join } from "node:path";
import { toBase64url } from "../../acts/bytes.ts";
import { keyIdOf } from "../../acts/statement.ts";
import type { Persona, Personas } from "../../portal/account/personas.ts";
import type { ReadRegister } from "../../register/register.ts";
import { primitives, signingKey } from "../../store/crypto.ts";
import { isMissing } from "../../store/durable.ts";
import { readKeyFile } from "../keys.ts";
import { isThere } from "../is-there.ts";
import { readAs, tokens as names } from "../read-as.ts";

/** A company that the register does not know until it has asked to be registered. */
const NEWCOMER = "qinghe-new-roads";

/** The invented officials, data users and residents whose keys lie in a demonstration's folder, under the names that `--as` takes. */
export function demoPersonas(
  folder: string,
  register: () => ReadRegister,
): Personas {
  const keys = join(folder, "keys");
  return {
    list: async () => [
      ...(await officials(join(keys, "posts"))),
      ...[...new Set([...register().organisations.keys(), NEWCOMER])].map(
        (organisation): Persona => ({
          name: organisation,
          who: { kind: "organisation", organisation, account: "" },
        }),
      ),
      ...(await citizens(join(keys, "citizens.json"))),
    ],
    sign: async (person, message) => {
      const path = join(keys, "persons", `${person}.json`);
      if (!(await isThere(path))) return undefined;
      const { publicKey, sign } = signingKey(await readKeyFile(path));
      return {
        form: "ed25519",
        key: keyIdOf(primitives, publicKey),
        signature: toBase64url(sign(message)),
      };
    },
  };
}

async function officials(folder: string): Promise<readonly Persona[]> {
  const files = (
    await fs.readdir(folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    })
  ).toSorted((a, b) => (a < b ? -1 : 1));
  return Promise.all(
    files.map(async (file): Promise<Persona> => {
      const { person = 0 } = await readKeyFile(join(folder, file));
      return {
        name: file.replace(/\.json$/, ""),
        who: { kind: "official", person },
      };
    }),
  );
}

async function citizens(path: string): Promise<readonly Persona[]> {
  if (!(await isThere(path))) return [];
  const codes = readAs(
    names,
    JSON.parse(await fs.readFile(path, "utf8")),
    path,
  );
  return Object.entries(codes).map(([name, code]) => ({
    name,
    who: { kind: "citizen", by: "subject", person: code, subject: code },
  }));
}
