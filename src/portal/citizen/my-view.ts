import { parseEntry } from "../../acts/entry.ts";
import type {
  CitizenDesk,
  UsesPage,
} from "../../gateway/citizen/citizen-desk.ts";
import type { Office } from "../../office/office.ts";
import type { ReadRegister } from "../../register/register.ts";
import { type Titled, titleIn } from "../lang/title-in.ts";

type Line = UsesPage["lines"][number];
export type UseLine = Extract<Line, { readonly kind: "use" }>;
export type LookLine = Extract<Line, { readonly kind: "look" }>;

/** A line with what it names called as the reader's language has it. */
export function inWords(register: ReadRegister, line: Line): Line {
  const { organisations, datasets, products, systems, posts } = register;
  if (line.kind === "look")
    return {
      ...line,
      ...(line.organisation === undefined
        ? {}
        : {
            organisation: called(organisations, line.organisation),
          }),
      ...(line.post === undefined ? {} : { post: called(posts, line.post) }),
    };
  const purpose = register.rulebook?.act.purposes.find(
    (one) => one.purpose === line.purpose.id,
  );
  return {
    ...line,
    organisation: called(organisations, line.organisation),
    dataset: called(datasets, line.dataset),
    product: called(products, line.product),
    from: called(systems, line.from),
    ...(purpose === undefined
      ? {}
      : { purpose: { ...line.purpose, title: titleIn(purpose) } }),
  };
}

/** For what the list is complete, with the same. */
export function completeInWords(
  register: ReadRegister,
  complete: UsesPage["complete"],
): UsesPage["complete"] {
  const { notCovered, seals } = complete;
  const { systems, datasets, rulebook } = register;
  return {
    ...complete,
    notCovered: {
      ...notCovered,
      systems: notCovered.systems.map((one) => called(systems, one)),
      datasets: notCovered.datasets.map((one) => called(datasets, one)),
    },
    seals: {
      ...seals,
      classes: seals.classes.map((one) => {
        const found = rulebook?.act.seals?.find(
          ({ seal }) => seal === one.seal,
        );
        return found === undefined ? one : { ...one, title: titleIn(found) };
      }),
    },
  };
}

function called(
  things: ReadonlyMap<string, { readonly act: Titled }>,
  { id, title }: { readonly id: string; readonly title: string },
) {
  const found = things.get(id);
  return { id, title: found === undefined ? title : titleIn(found.act) };
}

/** Lines as a page groups them: looks that follow one another stand together. */
export type Piece =
  | { readonly use: UseLine }
  | { readonly looks: readonly [LookLine, ...LookLine[]] };

export function piecesOf(lines: readonly Line[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (line.kind === "use") pieces.push({ use: line });
    else if (last !== undefined && "looks" in last)
      pieces[pieces.length - 1] = { looks: [...last.looks, line] };
    else pieces.push({ looks: [line] });
  }
  return pieces;
}

/** What the register says of the permit of a use: at that moment, and now. */
export function permitThen(
  register: ReadRegister,
  { permit, at }: Pick<UseLine, "permit" | "at">,
  now: number,
): "inForce" | "endedSince" | "notInForce" {
  const standing = register.permits.get(permit);
  if (standing === undefined) return "notInForce";
  const end = Math.min(standing.to, standing.ended?.at ?? standing.to);
  if (at < standing.from || at >= end) return "notInForce";
  return end <= now ? "endedSince" : "inForce";
}

/**
 * Answers by the number of their question. Several may have been drafted: the one that counts is the one to which the entered act
 * commits, and it is shown once that entry is public.
 */
export async function enteredAnswers(
  office: Pick<Office, "entries" | "register">,
  citizens: Pick<CitizenDesk, "answers">,
  lines: readonly Line[],
): Promise<ReadonlyMap<string, string>> {
  const answered = lines
    .flatMap(({ questions }) => questions)
    .filter((one) => one.answered !== undefined)
    .map(({ question }) => question);
  const drafts = await citizens.answers(answered);
  const found = new Map<string, string>();
  for (const question of answered) {
    const entry = office.register.questions.get(question)?.answered?.entry;
    if (entry === undefined) continue;
    const [raw] = await office.entries(entry, entry + 1);
    const commitment = raw === undefined ? undefined : commitmentIn(raw);
    const draft = drafts.find((one) => one.commitment === commitment);
    if (draft !== undefined) found.set(question, draft.text);
  }
  return found;
}

function commitmentIn(raw: Uint8Array): string | undefined {
  const entry = parseEntry(raw);
  if (entry.type !== "act") return undefined;
  const { act } = entry.statement;
  return act.kind === "questionAnswered" ? act.paper.commitment : undefined;
}
