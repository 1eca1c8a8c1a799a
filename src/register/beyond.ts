import type { Act, ActOf } from "../acts/act.ts";

type Entered = { readonly entry: number; readonly at: number };
type Kept<A> = Entered & { readonly act: A };

export type Appeal = Kept<ActOf<"appealLodged">> & {
  /** When the entry that it goes against was made. */
  readonly decisionAt: number;
  readonly extended?: Entered;
  readonly decided?: Entered & {
    readonly outcome: ActOf<"appealDecided">["outcome"];
  };
};
/** What the office was obliged to decide anew, by when, and the entry that did. */
export type Duty = Entered & {
  readonly what: string;
  readonly id: string;
  readonly by: number;
  readonly done?: Entered & { readonly by: number };
};
export type Override = Kept<ActOf<"override">> & {
  /** Those who decided it. */
  readonly deciders: readonly number[];
  readonly reviewed?: Entered & {
    readonly outcome: ActOf<"overrideReviewed">["outcome"];
  };
};
export type Tie = Kept<ActOf<"tieDeclared">> & { readonly ended?: Entered };
export type Promised = Kept<ActOf<"promised">> & {
  readonly done?: Entered & { readonly isKept: boolean };
};

/** A longer term that was granted, and is not in force between the end that there was and the time of effect. */
export type Longer = {
  readonly entry: number;
  readonly from: number;
  readonly until: number;
};

/** A granted act that takes effect later: until then whoever signed it can disown it. */
export type Delayed = Entered & {
  readonly act: Act;
  /** A whole hour, so that no slot is cut by it. */
  readonly until: number;
  readonly signers: readonly number[];
  /** Of a longer term: the end that there was. */
  readonly before?: number;
  readonly disowned?: Entered;
};

/** What is past the rules: what others decided about the office, what it decided against rules, and what binds its people. */
export type Beyond = {
  readonly appeals: Map<string, Appeal>;
  readonly orders: Map<string, Kept<ActOf<"orderReceived">>>;
  readonly duties: Map<string, Duty>;
  readonly overrides: Map<string, Override>;
  readonly ties: Map<string, Tie>;
  /** Ids by person: of a tie between two persons under both. */
  readonly tiesOf: Map<number, string[]>;
  readonly recusals: Map<number, Kept<ActOf<"recused">>[]>;
  readonly promises: Map<string, Promised>;
  /** Granted acts that did not take effect at once, by entry. */
  readonly delayed: Map<number, Delayed>;
};

export function nothingBeyond(): Beyond {
  return {
    appeals: new Map(),
    orders: new Map(),
    duties: new Map(),
    overrides: new Map(),
    ties: new Map(),
    tiesOf: new Map(),
    recusals: new Map(),
    promises: new Map(),
    delayed: new Map(),
  };
}
