import { CouldNot } from "../exit.ts";
import { type OfficeConfig, officeConfig } from "../office-config.ts";
import { readAs } from "../read-as.ts";
import { type Setting, SETTINGS } from "./settings.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** Variables of ours that are no settings of an office. */
export const OTHER_VARIABLES: Readonly<Record<string, string>> = {
  DATABASE_URL:
    "the PostgreSQL to use; without it the office runs one of its own inside the folder",
  DATABASE_URL_FILE:
    "a file that holds that address, so that it stands in no environment",
  VITRINE_POSTGRES_BIN:
    "the folder of `postgres` and `initdb`, for an office that runs its own",
  VITRINE_URL: "the office that the commands of data users and posts ask",
  VITRINE_DEMO: "the folder of the demonstration",
};

/** Variables of tests and builds, which nothing that runs an office reads. */
const NOT_OURS = /^VITRINE_(?:EDITION|PURE|VECTORS|TEST_)/;

/** The settings with what the environment says in their place; a variable that is none is refused, so that none is misspelt. */
export function withEnvironment(config: OfficeConfig, env: Env): OfficeConfig {
  const given = givenIn(env);
  if (given.length === 0) return config;
  let changed: unknown = config;
  for (const [setting, text] of given)
    changed = placed(changed, setting.path.split("."), valueOf(setting, text));
  const names = given.map(([{ env: name }]) => name).join(", ");
  return readAs(officeConfig, changed, `the settings with ${names}`);
}

/** The settings that the environment says. An empty variable says nothing. */
export function givenIn(env: Env): readonly (readonly [Setting, string])[] {
  const byName = new Map(SETTINGS.map((one) => [one.env, one]));
  return Object.entries(env)
    .filter(([name, text]) => name.startsWith("VITRINE_") && text !== "")
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, text]) => {
      if (name in OTHER_VARIABLES || NOT_OURS.test(name)) return [];
      const setting = byName.get(name);
      if (setting === undefined)
        throw new CouldNot(
          `Cannot use the variable ${name}: no setting has that name; \`vitrine config list\` names them all`,
        );
      return [[setting, text ?? ""] as const];
    });
}

function valueOf({ kind, env }: Setting, text: string): unknown {
  if (kind === "text") return text;
  if (kind === "number") {
    if (/^[0-9]{1,16}$/.test(text)) return Number(text);
    throw new CouldNot(`Cannot use the variable ${env}: want a whole number`);
  }
  if (text === "true" || text === "false") return text === "true";
  throw new CouldNot(`Cannot use the variable ${env}: want true or false`);
}

function placed(
  config: unknown,
  [name = "", ...below]: readonly string[],
  value: unknown,
): unknown {
  const here = typeof config === "object" && config !== null ? config : {};
  const there = new Map<string, unknown>(Object.entries(here)).get(name);
  return {
    ...here,
    [name]: below.length === 0 ? value : placed(there, below, value),
  };
}
