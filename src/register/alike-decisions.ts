import { type AlikeCase, alikeCases, alikePermits, isAlike } from "./alike.ts";
import type { ReadRegister } from "./register.ts";

export const ALIKE_OUTCOMES = [
  "granted",
  "refused",
  "extended",
  "renewed",
  "renewalRefused",
] as const;

/** What was decided for another in a case like this one: the case itself, that it takes longer, or another term of a permit. */
export type AlikeDecision = Omit<AlikeCase, "outcome"> & {
  readonly outcome: (typeof ALIKE_OUTCOMES)[number];
};

type Asked = {
  readonly organisation: string;
  readonly product: string;
  readonly purpose: string;
};

/** Which decisions on such cases help with what is decided now. */
export type AlikeStep = "case" | "term" | "renewal";

/** How others fared in cases like this one, in the order of the entries: how each was decided, and beside it the step that is taken now. */
export function alikeDecisions(
  register: ReadRegister,
  asked: Asked,
  step: AlikeStep,
  at: number,
): readonly AlikeDecision[] {
  const decided = alikeCases(register, asked, at);
  const more = {
    case: () => [],
    term: () => longerTerms(register, asked),
    renewal: () => renewals(register, asked, at),
  };
  return [...decided, ...more[step]()].toSorted((a, b) => a.entry - b.entry);
}

/** Applications of others whose term was made longer. */
function longerTerms(
  register: ReadRegister,
  asked: Asked,
): readonly AlikeDecision[] {
  return [...register.applications.values()].flatMap(
    ({ act, extended }): AlikeDecision[] =>
      extended !== undefined &&
      act.product === asked.product &&
      act.purpose === asked.purpose &&
      isAlike(register, asked, act.organisation)
        ? [
            {
              ...{ outcome: "extended", id: act.application },
              ...{ organisation: act.organisation },
              ...{ entry: extended.entry, at: extended.at },
            },
          ]
        : [],
  );
}

/** The last renewal of each permit of others that was asked for and decided: one that is renewed ends later than it did before. */
function renewals(
  register: ReadRegister,
  asked: Asked,
  at: number,
): readonly AlikeDecision[] {
  return alikePermits(register, asked, at).flatMap(
    ({ id, organisation }): AlikeDecision[] => {
      const { renewal, to = 0 } = register.permits.get(id) ?? {};
      return renewal?.decided === undefined
        ? []
        : [
            {
              ...{ id, organisation },
              outcome: to > renewal.end ? "renewed" : "renewalRefused",
              ...{ entry: renewal.decided.entry, at: renewal.decided.at },
            },
          ];
    },
  );
}
