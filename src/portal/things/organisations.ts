import { purposeTitle } from "../lang/title-in.ts";
import { contributionsOfLine } from "./contribution-lines.ts";
import { feeLines } from "./fee-lines.ts";
import { idsIn, lookUp } from "./look-up.ts";
import { permitLines } from "./permit-lines.ts";
import { refsTo, refTo } from "./ref.ts";
import { baseOf, historyOf, pageOf, spanOf, type World } from "./world.ts";

const SHOWN = 50;

export function organisationsView(
  world: World,
  page: number,
  given: Readonly<Record<string, string | undefined>>,
) {
  const { register } = world;
  const payer = given["class"] ?? "";
  const ids = idsIn(register, register.organisations).filter(
    (id) => payer === "" || register.organisations.get(id)?.act.class === payer,
  );
  const list = pageOf(ids, page, (id) => ({
    organisation: refTo(register, "organisation", id),
    class: register.organisations.get(id)?.act.class ?? "enterprise",
    permits: lookUp(register, "permitsOfOrganisation", id).length,
    authorisations: lookUp(register, "authorisationsOfOperator", id).length,
    contributions: lookUp(register, "contributionsOfOrganisation", id).length,
  }));
  return { ...baseOf(world), class: payer, ...list };
}
export type OrganisationsView = ReturnType<typeof organisationsView>;

export async function organisationView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.organisations.get(id);
  if (found === undefined) return undefined;
  const permits = lookUp(register, "permitsOfOrganisation", id);
  const fees = lookUp(register, "feesOfOrganisation", id);
  return {
    ...baseOf(world),
    organisation: found.act,
    entry: found.entry,
    permits: permitLines(register, permits.slice(-SHOWN).toReversed(), now),
    permitsInAll: permits.length,
    authorisations: lookUp(register, "authorisationsOfOperator", id)
      .toReversed()
      .flatMap((one) => {
        const standing = register.authorisations.get(one);
        if (standing === undefined) return [];
        return [
          {
            authorisation: refTo(register, "authorisation", one),
            datasets: refsTo(register, "dataset", standing.act.datasets),
            exclusive: standing.act.exclusive,
            span: spanOf(standing, now),
            entry: standing.entry,
          },
        ];
      }),
    reported: lookUp(register, "reportedOfOperator", id).flatMap((one) => {
      const told = register.reported.get(one);
      if (told?.act.kind !== "reportedAuthorisation") return [];
      const { reported, datasets, from, to } = told.act;
      return [
        {
          ...{ reported, from, entry: told.entry },
          ...(to === undefined ? {} : { to }),
          datasets: refsTo(register, "dataset", datasets),
        },
      ];
    }),
    fees: feeLines(register, fees.slice(-SHOWN).toReversed(), now),
    contributions: contributionsOfLine(
      register,
      lookUp(register, "contributionsOfOrganisation", id),
      now,
    ),
    applications: applicationsOf(world, id),
    ties: tiesOf(world, id),
    proof: await proofs.of([found]),
    history: await historyOf(world, [acts.about("organisation", id)]),
  };
}
export type OrganisationView = NonNullable<
  Awaited<ReturnType<typeof organisationView>>
>;

function applicationsOf({ register }: World, id: string) {
  return lookUp(register, "applicationsOfOrganisation", id)
    .slice(-SHOWN)
    .toReversed()
    .flatMap((one) => {
      const found = register.applications.get(one);
      if (found === undefined) return [];
      const { act, entry, at, due, decided } = found;
      return [
        {
          ...{ application: act.application, purpose: act.purpose },
          purposeTitle: purposeTitle(register, act.purpose),
          ...{ entry, at, due },
          product: refTo(register, "product", act.product),
          ...(decided === undefined
            ? {}
            : {
                decided: {
                  outcome: decided.outcome,
                  ...{ entry: decided.entry, at: decided.at },
                },
              }),
        },
      ];
    });
}

/** Ties of persons who hold posts to it, as they were declared: persons are numbers here, and what more there is stands in a private paper. */
function tiesOf({ register }: World, id: string) {
  return lookUp(register, "tiesOfOrganisation", id).flatMap((one) => {
    const tie = register.ties.get(one);
    if (tie === undefined) return [];
    const { nature, person, from, until } = tie.act;
    return [
      {
        ...{ tie: one, person, nature, from, entry: tie.entry },
        ...(until === undefined ? {} : { until }),
        ...(tie.ended === undefined ? {} : { endedBy: tie.ended.entry }),
      },
    ];
  });
}
