import type { Act, ActKind, ActOf } from "../../acts/act.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { civilAt } from "../../acts/dates.ts";
import { parseEntry } from "../../acts/entry.ts";
import type { Signer } from "../../acts/statement.ts";
import { Unavailable } from "../../gateway/unavailable.ts";
import { leafHash } from "../../log/hash.ts";
import type { ReadRegister } from "../../register/register.ts";
import { actAt } from "../applicant/application-view.ts";
import { textOfPaper } from "../applicant/reasons.ts";
import type { AppOptions } from "../app.tsx";

/** Acts by which the office decides on what somebody asked of it, or on what somebody has. What another body decided is that body's letter. */
const KINDS = [
  "permit",
  "permitRevoked",
  "renewalGranted",
  "renewalRefused",
  "applicationRefused",
  "completionAsked",
  "applicationExtended",
  "applicationWithdrawn",
  "authorisation",
  "authorisationEnded",
  "feeStandard",
  "feeEnded",
  "questionAnswered",
  "objectionAnswered",
] as const satisfies readonly ActKind[];
export type LetterAct = ActOf<(typeof KINDS)[number]>;

/** Acts whose paper is what the addressee is told; the papers of others are for the office. */
const TOLD: ReadonlySet<ActKind> = new Set<LetterAct["kind"]>([
  "permitRevoked",
  "renewalRefused",
  "applicationRefused",
  "completionAsked",
  "applicationExtended",
  "applicationWithdrawn",
  "questionAnswered",
  "objectionAnswered",
]);

/** To whom: an organisation or a body by its id. Who asked a question or objected is in no public entry, so nobody is named. */
export type Addressee =
  | { readonly organisation: string }
  | { readonly body: string }
  | "whoever asked"
  | undefined;

/** A decision as it is printed: its entry, in other words, and nothing more. */
export type Letter = {
  readonly entry: number;
  /** In base64url. */
  readonly leaf: string;
  readonly at: number;
  readonly act: LetterAct;
  readonly signers: readonly Signer[];
  /** Of the post that signed last. */
  readonly body: string;
  readonly number: string;
  readonly addressee: Addressee;
  /** What the paper says to which the entry commits; undefined where the office has it not, or not as text. */
  readonly told: { readonly words: string | undefined } | undefined;
};

/** Why an entry has no letter. */
export type NoLetter = "noEntry" | "noDecision" | "refused";

export function isLetterAct(act: Act): act is LetterAct {
  return KINDS.some((kind) => kind === act.kind);
}

/** Of these entries those that are public and have a letter. */
export async function withLetters(
  office: AppOptions["office"],
  entries: readonly (number | undefined)[],
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const entry of entries) {
    const act = await actAt(office, entry);
    if (entry !== undefined && act !== undefined && isLetterAct(act))
      found.push(entry);
  }
  return found;
}

/** What is addressed to an organisation is its alone; the rest is the desk's. */
export function isFor(
  { addressee }: Pick<Letter, "addressee">,
  organisation: string,
): boolean {
  return (
    typeof addressee === "object" &&
    "organisation" in addressee &&
    addressee.organisation === organisation
  );
}

type Options = Pick<
  AppOptions,
  "office" | "papers" | "primitives" | "documentNumbers"
>;

/** The decision of a public entry; whom it concerns is asked before a number is given to it. */
export async function letterAt(
  options: Options,
  index: string,
  may: (addressee: Addressee) => boolean = () => true,
): Promise<Letter | NoLetter> {
  const { office, primitives, documentNumbers } = options;
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(index)) return "noEntry";
  const entry = Number(index);
  if (entry >= office.published.size) return "noEntry";
  const [raw] = await office.entries(entry, entry + 1);
  if (raw === undefined) return "noEntry";
  const read = parseEntry(raw);
  if (read.type !== "act" || !isLetterAct(read.statement.act))
    return "noDecision";
  // A refused act is a rule's word to the office, and decides on nobody's application.
  if (read.ruling.outcome === "refused") return "refused";
  const { act, signers } = read.statement;
  const { register } = office;
  const addressee = addresseeOf(register, act);
  if (!may(addressee)) return "noEntry";
  if (documentNumbers === undefined)
    throw new Unavailable(
      "Cannot write a letter: this office keeps no numbers of documents",
    );
  const leaf = toBase64url(leafHash(primitives, raw));
  const { at } = read;
  const post = signers.findLast((one) => one.post !== undefined)?.post ?? "";
  const body = register.posts.get(post)?.act.body ?? post;
  const { year } = civilAt(at, register.offsetMinutes);
  return {
    ...{ entry, leaf, at, act, signers, body, addressee },
    number: await documentNumbers.of({ leaf, body, year }),
    told:
      TOLD.has(act.kind) && "paper" in act
        ? { words: await textOfPaper(options, act.paper?.commitment) }
        : undefined,
  };
}

function addresseeOf(register: ReadRegister, act: LetterAct): Addressee {
  switch (act.kind) {
    case "permit":
      return { organisation: act.organisation };
    case "permitRevoked":
    case "renewalGranted":
    case "renewalRefused":
      return asOrganisation(register.permits.get(act.permit)?.act.organisation);
    case "applicationRefused":
    case "completionAsked":
    case "applicationExtended":
    case "applicationWithdrawn":
      return asOrganisation(
        register.applications.get(act.application)?.act.organisation,
      );
    case "authorisation":
      return { organisation: act.operator };
    case "authorisationEnded":
      return asOrganisation(
        register.authorisations.get(act.authorisation)?.act.operator,
      );
    case "feeStandard":
      return act.payee;
    case "feeEnded":
      return register.fees.get(act.fee)?.act.payee;
    case "questionAnswered":
    case "objectionAnswered":
      return "whoever asked";
  }
}

function asOrganisation(organisation: string | undefined): Addressee {
  return organisation === undefined ? undefined : { organisation };
}
