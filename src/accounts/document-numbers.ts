import * as z from "zod/mini";
import { slug } from "../acts/shapes.ts";
import type { Sql } from "../store/database.ts";
import {
  documentNumber,
  giveDocumentNumber,
  type DocumentNumber,
} from "../store/document-numbers.ts";

const CODE_CHARACTERS_MAX = 40;

/** Under which code a body numbers its letters, such as 澜数据. */
export const documentCode = z.strictObject({
  body: slug,
  code: z
    .string(`1 to ${CODE_CHARACTERS_MAX} characters`)
    .check(
      z.regex(
        /^[^\p{C}\s〔〕](?:[^\p{C}〔〕]*[^\p{C}\s〔〕])?$/u,
        "a code on one line, without the brackets of the year",
      ),
      z.maxLength(
        CODE_CHARACTERS_MAX,
        `at most ${CODE_CHARACTERS_MAX} characters`,
      ),
    ),
});
export type DocumentCode = z.infer<typeof documentCode>;

export type ToNumber = {
  /** The leaf hash of the entry. */
  readonly leaf: string;
  readonly body: string;
  /** Of the decision, in the office's own time. */
  readonly year: number;
};

/** The numbers of decision letters: by body and year, one after the other, each given once and for ever to one entry. */
export class DocumentNumbers {
  readonly #sql: Sql;
  readonly #now: () => number;
  readonly #codes: ReadonlyMap<string, string>;

  constructor(sql: Sql, now: () => number, codes: readonly DocumentCode[]) {
    this.#sql = sql;
    this.#now = now;
    this.#codes = new Map(codes.map(({ body, code }) => [body, code]));
  }

  /** As it is written in both languages; a body without a code of its own is named by its id. */
  async of({ leaf, body, year }: ToNumber): Promise<string> {
    const code = this.#codes.get(body) ?? body;
    return written(
      (await documentNumber(this.#sql, leaf)) ??
        (await giveDocumentNumber(
          ...([this.#sql, leaf, { body, year, code }] as const),
          this.#now(),
        )),
    );
  }
}

function written({ code, year, number }: DocumentNumber): string {
  return `${code}〔${year}〕${number}号`;
}
