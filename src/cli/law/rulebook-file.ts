import { dirname } from "node:path";
import * as z from "zod/mini";
import { explainIssue } from "../../acts/explain.ts";
import { localRulebookAdopted } from "../../acts/local-law.ts";
import { rulebook } from "../../acts/office.ts";
import type { LocalRulebook, Rulebook } from "../../register/register.ts";
import { resolveAct } from "../act-file.ts";
import { given } from "../given.ts";
import { type FaultAt, type JsonFile, readJson } from "./json-lines.ts";

/** A rulebook as a lawyer writes it, with the line of each of its members. */
export type RulebookFile = {
  readonly lineOf: JsonFile["lineOf"];
} & (
  | { readonly of: "office"; readonly content: Rulebook }
  | { readonly of: "local"; readonly content: LocalRulebook }
);

const wrapped = z.object({ act: z.unknown() });
const holding = z.object({ kind: z.string(), rulebook: z.looseObject({}) });
const local = z.object({ kind: z.literal("localRulebookAdopted") });

/**
 * Reads a rulebook out of the act that adopts it, or that founds an office with it, or as it stands alone. `now` is the day from which
 * "@+365" counts, in UTC, since a file belongs to no office.
 */
export async function readRulebookFile(
  path: string,
  now: number,
): Promise<RulebookFile | readonly FaultAt[]> {
  const file = readJson(await given(path, "rulebook"));
  if ("reason" in file) return [file];
  const outer = wrapped.safeParse(file.value);
  const raw: unknown = outer.success ? outer.data.act : file.value;
  const before = outer.success ? ["act"] : [];
  const isLocal = local.safeParse(raw).success;
  const office = holding.safeParse(raw);
  const inner: unknown =
    !isLocal && office.success ? office.data.rulebook : raw;
  const prefix = [
    ...before,
    ...(!isLocal && office.success ? ["rulebook"] : []),
  ];
  const lineOf = (member: readonly PropertyKey[]): number =>
    file.lineOf([...prefix, ...member]);
  const { act } = await resolveAct(inner, {
    ...{ folder: dirname(path), start: now, offsetMinutes: 0 },
  });
  const read = isLocal
    ? ({ of: "local", found: localRulebookAdopted.safeParse(act) } as const)
    : ({ of: "office", found: rulebook.safeParse(act) } as const);
  if (read.found.error !== undefined)
    return read.found.error.issues.map((issue) => ({
      line: lineOf(
        issue.code === "unrecognized_keys"
          ? [...issue.path, issue.keys[0] ?? ""]
          : issue.path,
      ),
      reason: explainIssue(issue, act),
    }));
  return read.of === "local"
    ? { of: "local", content: read.found.data, lineOf }
    : { of: "office", content: read.found.data, lineOf };
}
