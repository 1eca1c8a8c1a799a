import * as z from "zod/mini";

const text = z.string("text");
const number = z.number("a number");

/** What the office answers a citizen, as the commands read it. */
const named = z.object({ id: text, title: text });
const usesLine = {
  time: text,
  log: text,
  leaf: text,
  proof: text,
  isPublic: z.boolean(),
  index: z.exactOptional(number),
  promise: z.exactOptional(text),
  questions: z.array(
    z.object({
      question: text,
      dueTime: text,
      answered: z.exactOptional(number),
    }),
  ),
};
export const usesAnswer = z.object({
  complete: z.object({ says: text }),
  uses: z.array(
    z.discriminatedUnion("kind", [
      z.object({
        ...usesLine,
        kind: z.literal("use"),
        organisation: named,
        system: z.exactOptional(text),
        purpose: named,
        permit: text,
        ground: z.object({ says: text, cites: z.exactOptional(text) }),
        dataset: named,
        from: named,
        form: text,
        fields: z.array(text),
        conditions: z.array(text),
        persons: number,
        answeredAnewOf: z.exactOptional(text),
      }),
      z.object({
        ...usesLine,
        kind: z.literal("look"),
        by: z.enum(["auditor", "subject", "representative", "portal"]),
        organisation: z.exactOptional(named),
        post: z.exactOptional(named),
        of: z.exactOptional(text),
        why: z.exactOptional(text),
      }),
    ]),
  ),
  cursor: z.exactOptional(text),
  look: z.object({ leaf: text }),
});
export const questionAnswer = z.object({
  question: text,
  due: number,
  dueTime: text,
  term: text,
});
/** Codes of the demonstration's residents. */
export const citizens = z.record(z.string(), text);
