import type { Act, ActOf } from "../acts/act.ts";
import type { PublicPaper } from "../acts/shapes.ts";

/** The public papers behind an act: whoever has one may hand it in, and everybody may read it. */
export function papersOf(act: Act): readonly PublicPaper[] {
  switch (act.kind) {
    case "genesis":
      return [
        ...(act.witnessPolicy === undefined ? [] : [act.witnessPolicy]),
        ...catalogues(act.rulebook),
      ];
    case "rulebookAdopted":
      return catalogues(act.rulebook);
    case "override":
      return [act.reason, act.opinion, ...papersOf(act.act)];
    case "overrideReviewed":
      return [act.paper];
    case "witnessPolicyAdopted":
      return [act.policy];
    case "authorisation":
      return act.procedure === undefined ? [] : papersIn(act.procedure);
    case "agreementChanged":
      return [
        act.agreement,
        ...(act.filing === undefined ? [] : [act.filing.paper]),
      ];
    case "procedureOpened":
      return act.plan === undefined
        ? [act.record]
        : [act.record, act.plan.paper];
    case "procedureStep":
      return "paper" in act.step
        ? [act.step.paper]
        : "agreement" in act.step
          ? [act.step.agreement.paper]
          : [];
    case "procedureAwarded":
    case "procedureWithdrawn":
      return [act.paper];
    case "attested":
      return act.papers.flatMap((one) => ("paper" in one ? [one] : []));
    case "calendarAdopted":
      return act.source === undefined ? [] : [act.source];
    case "contribution":
      return [act.terms];
    case "permittedRevenue":
      return [
        act.bond.source,
        ...(act.survey === undefined ? [] : [act.survey.paper]),
      ];
    case "feeCeiling":
      return act.hearing === undefined ? [] : [act.hearing.paper];
    case "incomeStated":
      return act.accounts === undefined ? [] : [act.accounts];
    case "reportSent":
      return [act.paper];
    case "reportedTenure":
    case "reportedAuthorisation":
    case "reportedDecision":
      return [act.source];
    default:
      return [];
  }
}

function catalogues({
  grounds,
}: ActOf<"genesis">["rulebook"]): readonly PublicPaper[] {
  return grounds.flatMap(({ catalogue }) =>
    catalogue === undefined ? [] : [catalogue],
  );
}

function papersIn({
  record,
  ...parts
}: NonNullable<ActOf<"authorisation">["procedure"]>): readonly PublicPaper[] {
  const { review, plan, agreement, planFiling, agreementFiling } = parts;
  return [
    record,
    ...[review, plan, planFiling, agreement, agreementFiling].flatMap((one) =>
      one === undefined ? [] : [one.paper],
    ),
  ];
}
