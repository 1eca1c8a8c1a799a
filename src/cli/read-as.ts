import * as z from "zod/mini";
import { Malformed } from "../acts/canonical.ts";
import { dataset, product } from "../acts/data.ts";
import { ruling } from "../acts/entry.ts";
import { explain } from "../acts/explain.ts";
import { ALIKE_OUTCOMES } from "../register/alike-decisions.ts";
import { receipt } from "../uses/receipt.ts";

/** Reads a value from outside as one of the shapes below; throws `Malformed` naming the member and what is wanted. */
export function readAs<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
  what: string,
): z.infer<S> {
  const read = z.safeParse(schema, value);
  if (!read.success) {
    throw new Malformed(`Cannot read ${what}: ${explain(read.error, value)}`);
  }
  return read.data;
}

const text = z.string("text");
const number = z.number("a number");

export const errorAnswer = z.object({ error: z.object({ message: text }) });
export const actAnswer = z.object({
  index: number,
  leaf: text,
  ruling,
  receipt,
});
/** What comes of a gateway's record: its entry, or null where it stood already; or the time for which it is to be signed. */
export const takenAnswer = z.object({ index: z.nullable(number) });
export const timeAnswer = z.object({ at: number });
export const explainAnswer = z.object({
  ruling,
  looked: z.array(
    z.object({ rule: text, result: z.enum(["kept", "breach", "missing"]) }),
  ),
  mayState: z.array(text),
  alike: z.array(
    z.object({
      outcome: z.enum(ALIKE_OUTCOMES),
      ...{ id: text, organisation: text, entry: number, at: number },
      isInForce: z.optional(z.boolean()),
    }),
  ),
});
export const productAnswer = z.object({
  product,
  fields: z.array(dataset.shape.fields.def.element),
  permits: z.array(z.object({ permit: text, fields: z.array(text) })),
});
export const datasetAnswer = z.object({ dataset });
const priced = {
  receipt,
  leaf: text,
  price: z.object({
    amount: number,
    currency: z.exactOptional(text),
    because: text,
    payee: z.exactOptional(text),
    ceiling: z.exactOptional(number),
    ground: z.exactOptional(text),
    rule: z.exactOptional(text),
    class: z.exactOptional(text),
    rate: z.exactOptional(number),
    unit: z.exactOptional(text),
    fullRate: z.exactOptional(number),
  }),
};
const cell = z.union([text, number, z.boolean(), z.null()]);
export const rowsAnswer = z.object({
  answer: z.object({
    rows: z.array(z.record(z.string(), cell)),
    cursor: z.exactOptional(text),
    more: z.exactOptional(z.literal(true)),
  }),
  ...priced,
});
export const wordAnswer = z.object({
  answer: z.object({ answer: text }),
  ...priced,
});
/** What the office keeps of a streamed answer for whoever asked it. */
export const streamedReceipts = z.object({
  use: receipt,
  settle: z.exactOptional(receipt),
});
const findingLines = z.array(
  z.object({ rule: text, says: text, cites: text, next: text, facts: text }),
);
export const refusedAnswer = z.object({
  error: z.object({ message: text }),
  findings: z.optional(findingLines),
});
export type FindingLines = z.infer<typeof findingLines>;
export const explainedAnswer = z.object({
  explanation: z.object({ outcome: z.enum(["open", "admitted", "refused"]) }),
  says: z.array(text),
  findings: findingLines,
  nearest: z.array(text),
});
export type Priced = Pick<
  z.infer<typeof rowsAnswer>,
  "receipt" | "leaf" | "price"
>;
export type Row = z.infer<typeof rowsAnswer>["answer"]["rows"][number];

export const tokens = z.record(z.string(), text);
/** What an import leaves for the running office to take in, and what came of it. */
export const delivery = z.strictObject({
  dataset: text,
  file: text,
  rows: number,
});
export const deliveryResult = z.object({
  entry: z.exactOptional(number),
  error: z.exactOptional(text),
});
/** What `vitrine retention drop` and `vitrine openings erase` leave, and what came of it. */
export const retentionNote = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("drop"), log: text }),
  z.strictObject({ do: z.literal("erase"), before: number }),
]);
export type RetentionNote = z.infer<typeof retentionNote>;
export const retentionResult = z.object({
  entry: z.exactOptional(number),
  says: z.exactOptional(text),
  error: z.exactOptional(text),
});
export const keyFile = z.object({
  publicKey: text.check(
    z.regex(/^[A-Za-z0-9_-]{43}$/, "32 bytes in base64url"),
  ),
  privateKey: text.check(
    z.regex(/^[A-Za-z0-9_-]{43}$/, "32 bytes in base64url"),
  ),
  person: z.exactOptional(number),
  post: z.exactOptional(text),
});
export const actFile = z.object({
  act: z.unknown(),
  by: z.exactOptional(z.array(text)),
});
export const paperPlace = z.strictObject({ $paper: text, kind: text });
export const privatePlace = z.strictObject({ $private: text, kind: text });
export const inventedPaper = z.strictObject({
  $private: text,
  kind: z.exactOptional(text),
});

/** What must be read of a founding act before it is whole. */
export const foundingStub = z.looseObject({
  kind: z.literal("genesis"),
  origin: text,
  timeZone: z.looseObject({ offsetMinutes: number }),
});

/** Who is founded with a post, and whose keys are. */
export const foundedPosts = z.looseObject({
  keys: z.array(z.looseObject({ person: number })),
  tenures: z.array(z.looseObject({ person: number, post: text })),
});

/** The demonstration's own files. */
export const step = z.strictObject({
  day: number,
  at: text,
  by: z.array(text),
  act: z.exactOptional(z.unknown()),
  enrol: z.exactOptional(number),
  dataset: z.exactOptional(text),
  refused: z.exactOptional(z.boolean()),
});
export const foundingFile = z.object({
  act: z.looseObject({
    tenures: z.array(z.looseObject({ person: number, post: text })),
  }),
});
export const pattern = z.strictObject({
  organisation: z.exactOptional(text),
  dataset: text,
  ask: z.enum(["answer", "records", "aggregate"]),
  plan: z.exactOptional(z.record(z.string(), z.unknown())),
  from: number,
  to: z.exactOptional(number),
  everyDays: number,
  uses: number,
});
