import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import * as z from "zod/mini";
import { fromBase64url, toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { civilAt, startOf } from "../acts/dates.ts";
import { primitives } from "../store/crypto.ts";
import { readIfThere } from "../store/durable.ts";
import { commitmentOf } from "../uses/opening.ts";
import { CouldNot } from "./exit.ts";
import { given, givenBytes } from "./given.ts";
import {
  actFile,
  inventedPaper,
  paperPlace,
  privatePlace,
  readAs,
} from "./read-as.ts";

/** A public paper that an act file names: its bytes are sent to the office beside the act. */
export type Paper = { readonly digest: string; readonly bytes: Uint8Array };
/** What opens the commitment of a private paper: whoever hands in the act keeps it, and erases it when it is to be forgotten. */
export type PaperOpening = {
  readonly kind: string;
  readonly commitment: string;
  readonly nonce: string;
  readonly content: string;
};
/** An act as it lies in its file, shorthands and all. */
export type ActFile = {
  readonly raw: unknown;
  readonly by?: readonly string[];
  readonly folder: string;
};
export type ResolvedAct = {
  readonly act: unknown;
  readonly papers: readonly Paper[];
  readonly openings: readonly PaperOpening[];
};

const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * Reads an act as people write it: the act's members as in docs/spec/7-acts.md, and shorthands for what depends on
 * the day or on a file: "@+365" (the beginning of the day in 365 days), "@date-30" (that date as text), "@year+365" and
 * "@year+365/10-01" (the year of that day as a number, and a date of that year), "@year+365-1" (the year before that),
 * {"$paper": "file", "kind": …} (a public paper) and {"$private": "file", "kind": …} (a private paper with fresh salt).
 */
export async function readActFile(path: string): Promise<ActFile> {
  const text = await given(path, "act");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CouldNot(
      `Cannot read act ${path}: it is not JSON (${error instanceof Error ? error.message : ""})`,
    );
  }
  const folder = dirname(path);
  const wrapped = typeof value === "object" && value !== null && "act" in value;
  if (!wrapped) return { raw: value, folder };
  const { act, by } = readAs(actFile, value, `act ${path}`);
  return { raw: act, folder, ...(by === undefined ? {} : { by }) };
}

/** Where shorthands look: the file's folder, the day from which "@+365" counts, and the office's own time. */
type Base = {
  readonly folder: string;
  readonly start: number;
  readonly offsetMinutes: number;
  /** A demonstration has no private papers: what they would say is made up where no file is named. */
  readonly invents?: boolean;
};

export async function resolveAct(
  raw: unknown,
  base: Base,
): Promise<ResolvedAct> {
  const papers: Paper[] = [];
  const openings: PaperOpening[] = [];
  const act = await resolve(raw, { ...base, papers, openings });
  return { act, papers, openings };
}

type Context = Base & {
  readonly papers: Paper[];
  readonly openings: PaperOpening[];
};

async function resolve(value: unknown, context: Context): Promise<unknown> {
  if (typeof value === "string") return resolveText(value, context);
  if (Array.isArray(value))
    return Promise.all(value.map((item) => resolve(item, context)));
  if (typeof value !== "object" || value === null) return value;
  if ("$paper" in value)
    return publicPaper(readAs(paperPlace, value, "paper"), context);
  if ("$private" in value) return privatePaper(value, context);
  const members = await Promise.all(
    Object.entries(value).map(
      async ([name, member]) => [name, await resolve(member, context)] as const,
    ),
  );
  return Object.fromEntries(members);
}

function resolveText(text: string, { start, offsetMinutes }: Context): unknown {
  const [, form, days, years, monthDay] =
    /^@(date|year)?([+-][0-9]+)([+-][0-9]+)?(?:\/([0-9]{2}-[0-9]{2}))?$/.exec(
      text,
    ) ?? [];
  const more = years ?? monthDay;
  if (days === undefined || (more !== undefined && form !== "year"))
    return text;
  const at = dayStart(start, Number(days), offsetMinutes);
  if (form === "year") {
    const year = civilAt(at, offsetMinutes).year + Number(years ?? 0);
    return monthDay === undefined ? year : `${year}-${monthDay}`;
  }
  // Rights and prices end on whole hours (UTC), which is not where every office's day begins.
  if (form === undefined) return Math.ceil(at / HOUR) * HOUR;
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
  context: Context,
): Promise<unknown> {
  const bytes = await paperAt($paper, context);
  const digest = toBase64url(primitives.sha256(bytes));
  context.papers.push({ digest, bytes });
  return { paper: digest, kind, size: bytes.length };
}

async function privatePaper(value: object, context: Context): Promise<unknown> {
  const isInvented = context.invents === true && !("kind" in value);
  const { $private, kind } = isInvented
    ? readAs(inventedPaper, value, "private paper")
    : readAs(privatePlace, value, "private paper");
  const content = isInvented
    ? utf8ToBytes(`invented ${$private}`)
    : await paperAt($private, context);
  const nonce = randomBytes(32);
  const paper = {
    kind: kind ?? $private,
    commitment: commitmentOf(primitives, { nonce, content }),
  };
  context.openings.push({
    ...paper,
    nonce: toBase64url(nonce),
    content: toBase64url(content),
  });
  return paper;
}

async function paperAt(name: string, { folder }: Context): Promise<Uint8Array> {
  return givenBytes(join(folder, name), "paper");
}

const paperOpening = z.object({ content: z.string() });

/** What a private paper says whose opening lies in the office's folder; whoever handed it in may have kept it elsewhere. */
export async function paperInFolder(
  folder: string,
  commitment: string,
): Promise<Uint8Array | undefined> {
  const path = join(folder, "papers", `${commitment}.json`);
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  const read = readAs(paperOpening, JSON.parse(bytes.toString("utf8")), path);
  return fromBase64url(read.content);
}
