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

/** How cases like this one were decided for others, in the order of their entries. */
export function alikeCases(
  register: ReadRegister,
  {
    organisation,
    product,
    purpose,
  }: {
    readonly organisation: string;
    readonly product: string;
    readonly purpose: string;
  },
  now: number,
): readonly AlikeCase[] {
  const { organisations, permits, permitsOf, applications } = register;
  const own = organisations.get(organisation)?.act.class;
  if (own === undefined) return [];
  const isAlike = (other: string) =>
    other !== organisation && organisations.get(other)?.act.class === own;
  const granted = [...organisations.keys()]
    .filter(isAlike)
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
    });
  const refused = [...applications.values()].flatMap(
    ({ act, decided }): AlikeCase[] =>
      decided?.outcome === "refused" &&
      act.product === product &&
      act.purpose === purpose &&
      isAlike(act.organisation)
        ? [
            {
              ...{ outcome: "refused", id: act.application },
              ...{ organisation: act.organisation },
              ...{ entry: decided.entry, at: decided.at },
            },
          ]
        : [],
  );
  return [...granted, ...refused].toSorted((a, b) => a.entry - b.entry);
}
