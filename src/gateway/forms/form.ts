import type { Batch } from "../../engine/source.ts";
import type { Bytes, Column } from "./batch.ts";
import { writeParquet } from "./parquet.ts";
import { writeCsv, writeJson, writeNdjson } from "./text.ts";

export const FORMS = ["json", "ndjson", "csv", "parquet"] as const;
/** A form in which rows leave. */
export type Form = (typeof FORMS)[number];

export const MEDIA_TYPES: Readonly<Record<Form, string>> = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  csv: "text/csv; charset=utf-8; header=present",
  parquet: "application/vnd.apache.parquet",
};

const WRITERS = {
  json: writeJson,
  ndjson: writeNdjson,
  csv: writeCsv,
  parquet: writeParquet,
} as const;

/** Rows in a form, piece by piece, in memory that does not grow with them. */
export function writeRows(
  form: Form,
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
): Bytes {
  return WRITERS[form](columns, batches);
}

/** The form that was asked for, or why there is none: 400 for an unknown parameter, 406 for an `Accept` that we cannot serve. */
export type AskedForm =
  | { readonly kind: "form"; readonly form: Form }
  | {
      readonly kind: "refused";
      readonly status: 400 | 406;
      readonly message: string;
    };

/** `?format=` goes before `Accept`: it is written by hand, the header often by a program. Without both it is JSON. */
export function formOf(
  accept: string | undefined,
  parameter: string | undefined,
): AskedForm {
  if (parameter !== undefined) {
    const form = FORMS.find((one) => one === parameter);
    if (form !== undefined) return { kind: "form", form };
    return {
      kind: "refused",
      status: 400,
      message: `Cannot answer in format "${parameter}": want one of ${FORMS.join(", ")}`,
    };
  }
  if (accept === undefined || accept.trim() === "")
    return { kind: "form", form: "json" };
  const form = bestOf(accept);
  if (form !== undefined) return { kind: "form", form };
  return {
    kind: "refused",
    status: 406,
    message: `Cannot answer as "${accept}": want one of ${FORMS.map((one) => bare(MEDIA_TYPES[one])).join(", ")}`,
  };
}

type Range = {
  readonly type: string;
  /** `text/csv;header=absent` asks for what we do not give. */
  readonly unfit: boolean;
  readonly weight: number;
  /** 2 for a type, 1 for `text/*`, 0 for everything. */
  readonly precision: number;
  readonly place: number;
};

/** Of each form the most precise range counts; of the forms the greatest weight, then the more precise, then the earlier. */
function bestOf(accept: string): Form | undefined {
  const ranges = accept.split(",").flatMap(readRange);
  const found = FORMS.flatMap((form) => {
    const [range] = ranges
      .filter((one) => matches(one, form))
      .toSorted((a, b) => b.precision - a.precision || b.weight - a.weight);
    return range === undefined || range.weight === 0 ? [] : [{ form, range }];
  });
  return found.toSorted(
    ({ range: a }, { range: b }) =>
      b.weight - a.weight || b.precision - a.precision || a.place - b.place,
  )[0]?.form;
}

/** A range that nobody can read asks for nothing: some programs send `*; q=.2` beside others. */
function readRange(text: string, place: number): readonly Range[] {
  const [type = "", ...parameters] = text
    .split(";")
    .map((part) => part.trim().toLowerCase());
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return [];
  const q = parameters.find((one) => /^q\s*=/.test(one));
  const weight = q === undefined ? 1 : weightOf(q.replace(/^q\s*=\s*/, ""));
  if (weight === undefined) return [];
  return [
    {
      type,
      unfit: parameters.includes("header=absent"),
      weight,
      precision: type === "*/*" ? 0 : type.endsWith("/*") ? 1 : 2,
      place,
    },
  ];
}

function weightOf(text: string): number | undefined {
  return /^(?:0?\.[0-9]{1,3}|0\.?|1(?:\.0{0,3})?)$/.test(text)
    ? Number(text)
    : undefined;
}

function matches({ type, unfit, precision }: Range, form: Form): boolean {
  const media = bare(MEDIA_TYPES[form]);
  if (precision === 0) return true;
  if (precision === 1) return media.startsWith(type.slice(0, -1));
  return type === media && !unfit;
}

const bare = (media: string): string => media.split(";")[0] ?? media;
