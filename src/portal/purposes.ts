import { showInstant } from "../acts/dates.ts";
import type { ReadRegister } from "../register/register.ts";
import { lawOf } from "../rules/law.ts";
import { type AtDay, placed, type Text } from "./law-view.ts";
import { isDuring, spansOf } from "./law-spans.ts";
import { say } from "./lang/say.ts";
import { officeTitle, titleIn } from "./lang/title-in.ts";

type Where = Omit<Text, "number">;
export type PurposesView = {
  readonly office: string;
  readonly at: string;
  /** The rulebook whose list this is, and its entry. */
  readonly rulebook?: string;
  readonly entry?: number;
  readonly purposes: readonly {
    readonly purpose: string;
    readonly title: string;
    readonly class: string;
    /** Whoever asks for it names a case. */
    readonly case: boolean;
    readonly ground?: string;
    readonly cites?: string;
    /** Local rulebooks whose list has it no more. */
    readonly notIn: readonly Where[];
  }[];
  /** What was asked for and is on no list, the newest first. */
  readonly refused: readonly {
    readonly purpose: string;
    readonly times: number;
    readonly entry: number;
    readonly on: string;
    readonly because: string;
  }[];
};

/** The closed list: what data may be used for here, and what was refused since it is not on it. */
export function purposesView(register: ReadRegister, at: AtDay): PurposesView {
  const { rulebooks, offsetMinutes } = register;
  const standing = rulebooks.findLast((one) => one.at <= at.end);
  const list = standing?.act.purposes ?? [];
  // A purpose that has left the list never comes back to it.
  const stillListed = new Set(
    register.rulebook?.act.purposes.map(({ purpose }) => purpose),
  );
  const narrower = spansOf(register).filter(
    (span) => span.parent !== undefined && isDuring(span, at.begin, at.end),
  );
  return {
    ...{ office: officeTitle(register), at: at.shown },
    ...(standing === undefined
      ? {}
      : { rulebook: standing.act.rulebook, entry: standing.entry }),
    purposes: list.map((one) => ({
      ...{ purpose: one.purpose, title: titleIn(one), class: one.class },
      case: one.case === true,
      ...(one.ground === undefined
        ? {}
        : { ground: one.ground, cites: lawOf(one.ground).cites }),
      notIn: narrower
        .filter(
          ({ content }) => content.purposes?.includes(one.purpose) === false,
        )
        .map((span) => placed(register, span, at)),
    })),
    refused: [...register.purposesRefused]
      .map(([purpose, { count, entry, at: on }]) => ({
        ...{ purpose, entry, times: count },
        on: showInstant(on, offsetMinutes),
        because: stillListed.has(purpose)
          ? say("a local rulebook left it out")
          : say("no text forbids it by name: it is simply not on the list"),
      }))
      .toSorted((a, b) => b.entry - a.entry),
  };
}
