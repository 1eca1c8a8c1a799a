import * as z from "zod/mini";
import { GATE_DEFAULTS } from "../gate-config.ts";
import { officeConfig, runSettings } from "../office-config.ts";

/** One setting: a leaf of the schema of `office.json`. */
export type Setting = {
  /** Where it stands, such as `gate.engine.rows`. */
  readonly path: string;
  /** The variable that says it in the file's place; the origin and what the office is are said by the file alone. */
  readonly env: string | undefined;
  /** A list is said by the file alone. */
  readonly kind: "number" | "text" | "flag" | "list";
  readonly says: string;
  readonly wants: string;
  /** What holds where nothing is said. */
  readonly without: string;
};

/** The part of a JSON schema that settings are made of. */
const node = z.object({
  type: z.string(),
  description: z.optional(z.string()),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  enum: z.optional(z.array(z.string())),
  properties: z.optional(z.record(z.string(), z.unknown())),
});
type Node = z.infer<typeof node>;

/** What an office is: nobody changes it from outside its folder. */
const OF_THE_FILE = new Set(["origin", "demonstration"]);

const DEFAULTS: object = { ...runSettings(), gate: GATE_DEFAULTS };

export const SETTINGS: readonly Setting[] = settingsIn(
  z.toJSONSchema(officeConfig),
  [],
);

export function envOf(path: string): string {
  const words = path.replaceAll(/[A-Z]/g, (letter) => `_${letter}`);
  return `VITRINE_${words.replaceAll(".", "_").toUpperCase()}`;
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(config: unknown, path: string): unknown {
  let at = config;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null) return undefined;
    at = new Map<string, unknown>(Object.entries(at)).get(name);
  }
  return at;
}

export function defaultOf(path: string): unknown {
  return valueAt(DEFAULTS, path);
}

function settingsIn(schema: unknown, above: readonly string[]): Setting[] {
  const read = node.parse(schema);
  if (read.properties !== undefined)
    return Object.entries(read.properties).flatMap(([name, below]) =>
      settingsIn(below, [...above, name]),
    );
  const path = above.join(".");
  if (read.description === undefined)
    throw new Error(
      `Cannot describe ${path}: want a description in its schema`,
    );
  const without = defaultOf(path);
  return [
    {
      path,
      env:
        OF_THE_FILE.has(path) || kindOf(read) === "list"
          ? undefined
          : envOf(path),
      kind: kindOf(read),
      says: read.description,
      wants: wantsOf(read),
      without: shown(without),
    },
  ];
}

function shown(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function kindOf({ type }: Node): Setting["kind"] {
  if (type === "boolean") return "flag";
  if (type === "array") return "list";
  return type === "string" ? "text" : "number";
}

function wantsOf(read: Node): string {
  const { type, minimum, maximum } = read;
  if (read.enum !== undefined) return read.enum.join(", ");
  if (type === "boolean") return "true, false";
  if (type === "array") return "a list";
  if (type === "string") return "text";
  const open = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER;
  return open ? `from ${minimum}` : `${minimum} to ${maximum}`;
}
