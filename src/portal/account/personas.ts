import type { Who } from "../../accounts/sessions.ts";
import type { Signature } from "../../acts/statement.ts";

/** Somebody as whom a visitor of a demonstration may come in. */
export type Persona = {
  /** Such as `pricing-officer`, `sanhe-textiles`, `resident-0042`: the names that `--as` takes. */
  readonly name: string;
  readonly who: Who;
};

/** What a demonstration offers in place of real sign-in and of keys in their holders' hands. */
export type Personas = {
  readonly list: () => Promise<readonly Persona[]>;
  /** Signs with the demonstration's key of that person; undefined where it holds none. */
  readonly sign: (
    person: number,
    message: Uint8Array,
  ) => Promise<Signature | undefined>;
};
