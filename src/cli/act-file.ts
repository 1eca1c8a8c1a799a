import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import { concatBytes, toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { civilAt, startOf } from "../acts/dates.ts";
import { primitives } from "../store/crypto.ts";
import { commitmentOf } from "../uses/opening.ts";
import { CouldNot } from "./exit.ts";
import { actFile, paperPlace, readAs } from "./read-as.ts";

/** A paper that an act file names: its bytes are sent to the office beside the act. */
export type Paper = { readonly digest: string; readonly bytes: Uint8Array };
export type ActFile = {
  readonly act: unknown;
  readonly by?: readonly string[];
  readonly papers: readonly Paper[];
};

const DAY = 86_400_000;

/**
 * Reads an act as people write it: the act's members as in docs/spec/7-acts.md, and three shorthands for what depends on
 * the day or on a file: "@+365" (the beginning of the day in 365 days), "@date-30" (that date as text),
 * {"$paper": "file", "kind": …} (a public paper) and {"$private": "kind"} (a private paper with fresh salt).
 */
export async function readActFile(
  path: string,
  start: number,
  offsetMinutes: number,
): Promise<ActFile> {
  const text = await fs.readFile(path, "utf8").catch(() => {
    throw new CouldNot(`Cannot read act ${path}: nothing is there`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CouldNot(
      `Cannot read act ${path}: it is not JSON (${error instanceof Error ? error.message : ""})`,
    );
  }
  const wrapped = typeof value === "object" && value !== null && "act" in value;
  const file = wrapped
    ? readAs(actFile, value, `act ${path}`)
    : { act: value, by: undefined };
  const { act, papers } = await resolveAct(
    file.act,
    dirname(path),
    start,
    offsetMinutes,
  );
  return {
    act,
    papers,
    ...(file.by === undefined ? {} : { by: file.by }),
  };
}

export async function resolveAct(
  raw: unknown,
  folder: string,
  start: number,
  offsetMinutes: number,
): Promise<{ act: unknown; papers: readonly Paper[] }> {
  const papers: Paper[] = [];
  const act = await resolve(raw, { folder, start, offsetMinutes, papers });
  return { act, papers };
}

type Context = {
  readonly folder: string;
  readonly start: number;
  readonly offsetMinutes: number;
  readonly papers: Paper[];
};

async function resolve(value: unknown, context: Context): Promise<unknown> {
  if (typeof value === "string") return resolveText(value, context);
  if (Array.isArray(value))
    return Promise.all(value.map((item) => resolve(item, context)));
  if (typeof value !== "object" || value === null) return value;
  if ("$paper" in value)
    return publicPaper(readAs(paperPlace, value, "paper"), context);
  if ("$private" in value)
    return {
      kind: String(value.$private),
      commitment: commitmentOf(primitives, {
        nonce: randomBytes(32),
        content: concatBytes(
          utf8ToBytes("demonstration paper "),
          randomBytes(8),
        ),
      }),
    };
  const members = await Promise.all(
    Object.entries(value).map(
      async ([name, member]) => [name, await resolve(member, context)] as const,
    ),
  );
  return Object.fromEntries(members);
}

function resolveText(text: string, { start, offsetMinutes }: Context): unknown {
  const day = /^@(date)?([+-][0-9]+)$/.exec(text);
  if (day === null) return text;
  const at = dayStart(start, Number(day[2]), offsetMinutes);
  if (day[1] === undefined) return at;
  const date = civilAt(at, offsetMinutes);
  return `${date.year}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}`;
}

/** The beginning of the day so many days from the day of `start`, in the office's own time. */
export function dayStart(
  start: number,
  days: number,
  offsetMinutes: number,
): number {
  return startOf(civilAt(start, offsetMinutes), offsetMinutes) + days * DAY;
}

async function publicPaper(
  { $paper, kind }: { $paper: string; kind: string },
  { folder, papers }: Context,
): Promise<unknown> {
  const path = join(folder, $paper);
  const bytes = await fs.readFile(path).catch(() => {
    throw new CouldNot(`Cannot read paper ${path}: nothing is there`);
  });
  const digest = toBase64url(primitives.sha256(bytes));
  papers.push({ digest, bytes });
  return { paper: digest, kind, size: bytes.length };
}
