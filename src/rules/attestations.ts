import type { Act, ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import type { PublicPaper } from "../acts/shapes.ts";
import { paperId, stepOf } from "../register/procedures.ts";
import type { Attestation, Procedure } from "../register/procedures.ts";
import type { ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { postsWith } from "./posts.ts";
import { procedureWith } from "./procedure-facts.ts";
import { taken } from "./registration.ts";
import type { Signed } from "./signing.ts";

/** So many posts are named where a fact is missing. */
const POSTS_NAMED = 8;

/** Another post looks into papers, each named once. */
export function decideAttestation(
  register: ReadRegister,
  { attestation, papers }: ActOf<"attested">,
): Verdict {
  const ids = papers.map(paperId);
  return {
    findings: [
      ...taken(register.attestations, "attestation", attestation),
      ...ids
        .filter((id, place) => ids.indexOf(id) !== place)
        .map((id) => breach("V-NEW", ["paper", id])),
    ],
  };
}

/** A fact that an act rests on, the paper that says it, and which finding bears it out. */
type Claim = {
  readonly fact: string;
  readonly paper: string;
  readonly what: Attestation["found"]["what"];
  readonly bears: (found: Attestation["found"]) => boolean;
};

/**
 * Where a rulebook wants it, a fact counts only as another post found it: none of those who signed what rests on it. Who found less in the
 * same paper is not outvoted by another who found more, before or behind: they look again, or the paper is mended.
 */
export function decideAttestedFacts(
  register: ReadRegister,
  { statement }: Signed,
): readonly Finding[] {
  const { act, signers } = statement;
  const claims = claimsOf(register, act);
  if (claims.length === 0 || adoptedRule(register, "V-ATTESTED") === undefined)
    return [];
  const own = new Set([
    ...signers.map(({ person }) => person),
    ...(procedureWith(register, act)?.by ?? []),
  ]);
  return claims.flatMap(({ fact, paper, what, bears }) => {
    const looked = lastOfEach(
      (register.attestedPapers.get(paper) ?? []).filter(
        ({ found }) => found.what === what,
      ),
    );
    const borne = looked.filter(({ found }) => bears(found));
    const against = looked.find(({ found }) => !bears(found));
    if (borne.length > 0 && against !== undefined)
      return [
        breach(
          "V-ATTESTED",
          ["fact", fact],
          ["found-less-in-entry", against.entry],
        ),
      ];
    if (borne.length === 0)
      return [
        missing(
          "V-ATTESTED",
          ["fact", fact],
          ...postsWith(register, "attest")
            .slice(0, POSTS_NAMED)
            .map((post) => ["may-attest", post] as const),
        ),
      ];
    return when(
      borne.every(({ by }) => by.some((person) => own.has(person))),
      () =>
        breach(
          "V-ATTESTED",
          ["fact", fact],
          ["same-person", "prepared-and-attested"],
        ),
    );
  });
}

/** Whoever looks again says what counts of what they found. */
function lastOfEach(all: readonly Attestation[]): readonly Attestation[] {
  return all.filter(
    ({ by }, place) =>
      !all
        .slice(place + 1)
        .some((later) => later.by.some((person) => by.includes(person))),
  );
}

function claimsOf(register: ReadRegister, act: Act): readonly Claim[] {
  if (act.kind === "authorisation" && act.procedureOf === undefined) {
    const { procedure: told } = act;
    return [
      ...plan(told?.plan),
      ...agreement(told?.agreement),
      ...(told?.tender === undefined
        ? []
        : [noTie("procedure.tender.committee", told.record.paper)]),
    ];
  }
  const found = procedureWith(register, act);
  if (found === undefined) return [];
  const name =
    act.kind === "procedureStep" || act.kind === "procedureAwarded"
      ? stepOf(act).name
      : act.kind;
  switch (name) {
    case "documentsIssued":
      return plan(found.act.plan);
    case "evaluated":
      return declarations(found);
    case "agreementFiled":
      return agreement(found.made.signed?.agreement);
    case "authorisation":
      return [
        ...plan(found.act.plan),
        ...declarations(found),
        ...agreement(found.made.signed?.agreement),
      ];
    default:
      return [];
  }
}

function plan(stated: ActOf<"procedureOpened">["plan"]): readonly Claim[] {
  return stated === undefined
    ? []
    : [
        {
          fact: "procedure.plan.items",
          paper: stated.paper.paper,
          what: "plan",
          bears: (found) =>
            found.what === "plan" &&
            stated.items.every((item) => found.items.includes(item)),
        },
      ];
}

function agreement(
  stated: { readonly paper: PublicPaper; readonly items: number } | undefined,
): readonly Claim[] {
  return stated === undefined
    ? []
    : [
        {
          fact: "procedure.agreement.items",
          paper: stated.paper.paper,
          what: "agreement",
          bears: (found) =>
            found.what === "agreement" && found.items >= stated.items,
        },
      ];
}

function declarations({ made }: Procedure): readonly Claim[] {
  return (made.bidsClosed?.committee ?? []).flatMap(
    ({ declaration, interest }, place) =>
      interest
        ? []
        : [noTie(`bidsClosed.committee.${place + 1}`, paperId(declaration))],
  );
}

function noTie(fact: string, paper: string): Claim {
  const what = "noTie";
  return { fact, paper, what, bears: (found) => found.what === what };
}
