import { inForce, type ReadRegister } from "./register.ts";

/** A case like another: the same product and purpose, and an organisation of the same class of payers. */
export type AlikeCase = {
  readonly outcome: "granted" | "refused";
  /** The permit, or the application that was refused. */
  readonly id: string;
  readonly organisation: string;
  readonly entry: number;
  readonly at: number;
  /** Of a permit: whether it is in force now. */
  readonly isInForce?: boolean;
};

type Asked = {
  readonly organisation: string;
  readonly product: string;
  readonly purpose: string;
};

/** Permits of others in cases like this one, in the order of their entries: found by their organisations, however many applications there are. */
export function alikePermits(
  register: ReadRegister,
  asked: Asked,
  now: number,
): readonly AlikeCase[] {
  const { organisations, permits, permitsOf } = register;
  const { product, purpose } = asked;
  return [...organisations.keys()]
    .filter((other) => isAlike(register, asked, other))
    .flatMap((other) => permitsOf.get(`${other} ${product}`) ?? [])
    .flatMap((id): AlikeCase[] => {
      const permit = permits.get(id);
      return permit?.act.purpose === purpose
        ? [
            {
              ...{ outcome: "granted", id, entry: permit.entry },
              ...{ organisation: permit.act.organisation, at: permit.at },
              isInForce: inForce(permit, now),
            },
          ]
        : [];
    })
    .toSorted((a, b) => a.entry - b.entry);
}

/** How cases like this one were decided for others, in the order of their entries. */
export function alikeCases(
  register: ReadRegister,
  asked: Asked,
  now: number,
): readonly AlikeCase[] {
  const refused = [...register.applications.values()].flatMap(
    ({ act, decided }): AlikeCase[] =>
      decided?.outcome === "refused" &&
      act.product === asked.product &&
      act.purpose === asked.purpose &&
      isAlike(register, asked, act.organisation)
        ? [
            {
              ...{ outcome: "refused", id: act.application },
              ...{ organisation: act.organisation },
              ...{ entry: decided.entry, at: decided.at },
            },
          ]
        : [],
  );
  return [...alikePermits(register, asked, now), ...refused].toSorted(
    (a, b) => a.entry - b.entry,
  );
}

/** Another organisation, of the same class of payers. */
export function isAlike(
  { organisations }: ReadRegister,
  { organisation }: Asked,
  other: string,
): boolean {
  const own = organisations.get(organisation)?.act.class;
  return (
    own !== undefined &&
    other !== organisation &&
    organisations.get(other)?.act.class === own
  );
}
